"""Accounts, and who administers the site."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from webapp.guards import guard, signed_in_id
from webapp.pages.roles import ROLE_TITLES
from webapp.routes.administration.blueprint import blueprint
from webapp.routes.shown import go_to, page_number, show_refusal
from webapp.store.administration import (
    appoint_administrator,
    deactivate_account,
    dismiss_administrator,
    get_account,
    reactivate_account,
    search_accounts,
)
from webapp.store.errors import NotAllowedError
from webapp.store.organisations import list_own_organisations

__all__ = ["appoint", "deactivate", "dismiss", "list_users", "reactivate", "show_user"]


@blueprint.get("/users")
@guard.administrator
def list_users() -> ResponseReturnValue:
    """The accounts, to search through."""
    words = request.args.get("q", "").strip()
    found = search_accounts(words, number=page_number())
    return render_template("administration/users.html", found=found, words=words)


@blueprint.get("/users/<user_id>")
@guard.administrator
def show_user(user_id: str) -> ResponseReturnValue:
    """One account."""
    return render_template("administration/user.html", **_view(user_id))


@blueprint.post("/users/<user_id>/deactivate")
@guard.administrator
def deactivate(user_id: str) -> ResponseReturnValue:
    """Keep somebody from signing in."""
    return _change(user_id, deactivate_account, "{name} can no longer sign in, and has been signed out everywhere.")


@blueprint.post("/users/<user_id>/reactivate")
@guard.administrator
def reactivate(user_id: str) -> ResponseReturnValue:
    """Let somebody sign in again."""
    return _change(user_id, reactivate_account, "{name} can sign in again.")


@blueprint.post("/users/<user_id>/appoint")
@guard.administrator
def appoint(user_id: str) -> ResponseReturnValue:
    """Make somebody an administrator."""
    return _change(user_id, appoint_administrator, "{name} is now an administrator.")


@blueprint.post("/users/<user_id>/dismiss")
@guard.administrator
def dismiss(user_id: str) -> ResponseReturnValue:
    """Let somebody no longer be an administrator."""
    return _change(user_id, dismiss_administrator, "{name} is no longer an administrator.")


def _change(user_id: str, change: Callable[..., None], words: str) -> ResponseReturnValue:
    name = get_account(user_id).name
    try:
        change(administrator_id=signed_in_id(), user_id=user_id)
    except NotAllowedError as error:
        return show_refusal("administration/user.html", error, **_view(user_id))
    flash(words.format(name=name), "success")
    return go_to(".show_user", user_id=user_id)


def _view(user_id: str) -> dict[str, object]:
    return {
        "account": get_account(user_id),
        "memberships": list_own_organisations(user_id),
        "roles": ROLE_TITLES,
        "is_self": user_id == signed_in_id(),
    }
