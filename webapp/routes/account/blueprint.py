"""The blueprint of the account's pages, named as Flask-Security names its own: ``security.login`` is for signing in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.guards import signed_in_id
from webapp.store.accounts import User, get_account

__all__ = ["blueprint", "go", "home", "own_account", "show"]

blueprint = Blueprint("security", __name__)


def own_account() -> User:
    """The account of who is signed in."""
    return get_account(signed_in_id())


def show(template: str, **values: Any) -> ResponseReturnValue:
    """A page; with status 422 where its form was sent and will not do."""
    form = values.get("form")
    return render_template(template, **values), 422 if form is not None and form.errors else 200


def go(endpoint: str, *, token: str | None = None) -> Response:
    """To a page of ours, after something was done."""
    return redirect(url_for(endpoint, token=token), 303)


def home() -> str:
    """Where somebody arrives who was not on the way to anywhere."""
    return url_for("organisations.list_organisations")
