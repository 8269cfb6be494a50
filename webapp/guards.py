"""Who may see which page: every view says so, and one that does not keeps the site from starting.

@blueprint.get("/organisations/<organisation_id>/team")
@guard(Role.READER)
def show_team(organisation_id: str) -> str: ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.store.errors import NotFoundError
from webapp.store.groups import is_group_reader
from webapp.store.people import has_second_factor, is_administrator
from webapp.store.scope import Role, Scope, get_scope
from webapp.unsent import show_signed_out

__all__ = ["guard", "guard_of", "require_guards", "scope", "signed_in_id", "view_guards", "when_signed_out"]

_View = TypeVar("_View", bound=Callable[..., Any])
_Check = Callable[[], Response | None]


class Guard:
    """A rule about who may pass, with the name it has in the list of routes."""

    def __init__(self, name: str, check: _Check) -> None:
        self.name = name
        self.check = check

    def __call__(self, view: _View) -> _View:
        """Set this guard before a view."""
        view.guard = self  # type: ignore[attr-defined]
        return view


def _pass() -> None:
    return None


def when_signed_out(answer: Callable[[], ResponseReturnValue]) -> Callable[[_View], _View]:
    """Let a view answer those who are signed out itself, as one that must not lose what was sent."""

    def mark(view: _View) -> _View:
        view.when_signed_out = answer  # type: ignore[attr-defined]
        return view

    return mark


def _ask_to_sign_in() -> Response | None:
    if current_user.is_authenticated:
        return None
    own = getattr(current_app.view_functions[request.endpoint or ""], "when_signed_out", None)
    if own is not None:
        return current_app.make_response(own())
    if (unsent := show_signed_out()) is not None:
        return unsent  # type: ignore[return-value] # Flask's own kind of answer
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("security.login", next=target), 303)  # type: ignore[return-value]


def signed_in_id() -> str:
    """The id of the person who is signed in; only behind a guard that asks for one."""
    user_id: str = current_user.id
    return user_id


def scope() -> Scope:
    """The scope that the guard of this view opened."""
    opened: Scope = g.scope
    return opened


def _is_administrator() -> Response | None:
    refusal = _ask_to_sign_in()
    if refusal is not None:
        return refusal
    if not is_administrator(signed_in_id()):
        abort(404)  # nobody needs to know where the administration is
    return None if has_second_factor(signed_in_id()) else _ask_for_second_factor()


def _ask_for_second_factor() -> Response | None:
    """Who can reach everybody needs more than a password, where the site is not only tried out."""
    if current_app.extensions["settings"].environment != "production":
        return None
    flash("Set up a second factor first: the administration needs more than a password.")
    return redirect(url_for("security.show_second_factor"), 303)  # type: ignore[return-value]


def _reads_group() -> Response | None:
    refusal = _ask_to_sign_in()
    if refusal is None and not is_group_reader(user_id=signed_in_id(), group_id=(request.view_args or {})["group_id"]):
        abort(404)
    return refusal


def _has(role: Role) -> _Check:
    def check() -> Response | None:
        refusal = _ask_to_sign_in()
        if refusal is not None:
            return refusal
        try:
            opened = get_scope(user_id=signed_in_id(), organisation_id=(request.view_args or {})["organisation_id"])
        except NotFoundError:
            abort(404)
        if not opened.may_act_as(role):
            abort(403)
        g.scope = opened
        return None

    return check


class _Guards:
    """The guards there are: ``guard.public``, ``guard.signed_in``, …, and ``guard(Role.OWNER)`` for an organisation."""

    public = Guard("public", _pass)
    signed_in = Guard("signed in", _ask_to_sign_in)
    administrator = Guard("administrator", _is_administrator)
    group_reader = Guard("group reader", _reads_group)

    def __init__(self) -> None:
        self._roles = {role: Guard(role.value, _has(role)) for role in Role}

    def __call__(self, role: Role) -> Guard:
        """The guard that asks for a role in the organisation of the address, ``<organisation_id>``."""
        return self._roles[role]


guard = _Guards()

FOREIGN: dict[str, Guard] = {"static": guard.public}
"""The guards of views that are not ours, by endpoint."""


def guard_of(app: Flask, endpoint: str) -> Guard | None:
    """The guard of an endpoint; None where nobody set one."""
    found: Guard | None = getattr(app.view_functions[endpoint], "guard", None) or FOREIGN.get(endpoint)
    return found


def view_guards(app: Flask) -> dict[str, str]:
    """The name of every endpoint's guard."""
    found = {endpoint: guard_of(app, endpoint) for endpoint in app.view_functions}
    return {endpoint: held.name for endpoint, held in found.items() if held}


def require_guards(app: Flask) -> None:
    """Set every view's guard before it, and refuse to start with a view that has none.

    Raises:
        RuntimeError: Views without a guard; all are named.
    """
    open_doors = sorted(endpoint for endpoint in app.view_functions if guard_of(app, endpoint) is None)
    if open_doors:
        raise RuntimeError(f"views without a guard: {', '.join(open_doors)}")
    app.before_request(_check_guard)
    app.extensions["guards"] = {endpoint: guard_of(app, endpoint) for endpoint in app.view_functions}


def _check_guard() -> Response | None:
    if request.endpoint is None:
        return None  # no such address; the error page says so
    held: Guard = current_app.extensions["guards"][request.endpoint]
    return held.check()
