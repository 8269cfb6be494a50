"""Which quick check is the visitor's: a secret in their signed cookie says so, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import render_template, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from webapp.routes.quickcheck.blueprint import blueprint
from webapp.store.quickchecks import (
    HOURS,
    QuickCheckRecord,
    change_quick_check,
    delete_quick_check,
    find_quick_check,
    start_quick_check,
)

__all__ = ["begin_or_change", "find_held", "forget", "held_token", "with_held"]

TOKEN = "quick_check"  # noqa: S105 - the name of a secret, not the secret
"""Where the cookie keeps the secret."""

_Rest = ParamSpec("_Rest")
_View = Callable[Concatenate[QuickCheckRecord, _Rest], ResponseReturnValue]


def held_token() -> str:
    """The secret of a quick check that was found."""
    token: str = session[TOKEN]
    return token


def find_held() -> QuickCheckRecord | None:
    """The visitor's quick check; None where they have none, or its time is over."""
    token = session.get(TOKEN)
    return find_quick_check(token) if token else None


def with_held(view: _View[_Rest]) -> Callable[_Rest, ResponseReturnValue]:
    """Give a view the visitor's quick check; without one, say where it may have gone instead."""

    @wraps(view)
    def look(*args: _Rest.args, **kwargs: _Rest.kwargs) -> ResponseReturnValue:
        held = find_held()
        if held is None:
            return _render_gone(), 404
        return view(held, *args, **kwargs)

    return look


@blueprint.errorhandler(CSRFError)
def show_not_saved(_: CSRFError) -> ResponseReturnValue:
    """Explain to visitors, who never signed in, why a form was not taken: most often their cookie is gone."""
    return render_template("quickcheck/not_saved.html") if find_held() else _render_gone(), 400


def begin_or_change(held: QuickCheckRecord | None, *, kind: str, organisation: str) -> None:
    """Begin a quick check, or change what the one at hand is about."""
    if held:
        change_quick_check(token=held_token(), kind=kind, organisation=organisation)
    else:
        session[TOKEN] = start_quick_check(kind=kind, organisation=organisation)


def forget() -> None:
    """Delete the visitor's quick check, if they have one."""
    if token := session.pop(TOKEN, None):
        delete_quick_check(token)


def _render_gone() -> str:
    return render_template("quickcheck/gone.html", hours=HOURS)
