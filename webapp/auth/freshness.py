"""Asking for the password again before somebody changes what guards the account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security.utils import check_and_update_authn_fresh

from webapp.auth.config import FRESH

__all__ = ["fresh"]

_P = ParamSpec("_P")


def fresh(view: Callable[_P, ResponseReturnValue]) -> Callable[_P, ResponseReturnValue]:
    """Let only those pass who gave their password a short while ago: not who finds a browser left open."""

    @wraps(view)
    def checked(*args: _P.args, **kwargs: _P.kwargs) -> ResponseReturnValue:
        if check_and_update_authn_fresh(FRESH, timedelta(0)):
            return view(*args, **kwargs)
        return redirect(url_for("security.verify", next=request.path), 303)

    return checked
