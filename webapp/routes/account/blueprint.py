"""The blueprint of the account's pages, named as Flask-Security names its own: ``security.login`` is for signing in."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.store.accounts import User

__all__ = ["blueprint", "go", "home", "own_account", "show"]

blueprint = Blueprint("security", __name__)


def own_account() -> User:
    """The account of who is signed in."""
    return cast("User", current_user._get_current_object())  # noqa: SLF001 - Flask-Login's way to the object itself


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
