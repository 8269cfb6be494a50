"""The token that a form carries, so that no other site can have a browser send it."""

from __future__ import annotations

from functools import lru_cache

from flask import session
from flask_wtf.csrf import generate_csrf

__all__ = ["csrf_token"]

_KEY = "csrf_token"
"""Where Flask-WTF keeps in the session what every token of a browser is made of."""


def csrf_token() -> str:
    """The token for the browser at hand; signed once for each browser, since ours do not grow old."""
    secret = session.get(_KEY)
    return _sign(secret) if secret else _make()


@lru_cache(maxsize=4096)
def _sign(_: str) -> str:
    """By Flask-WTF, which finds the secret in the session itself."""
    return _make()


def _make() -> str:
    token: str = generate_csrf()
    return token
