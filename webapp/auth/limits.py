"""How often passwords and codes may be tried, and mails asked for."""

from __future__ import annotations

from flask import abort, request

from webapp.store.tries import count_try, forget_tries, is_tried_out

__all__ = ["CODE", "MAIL", "PASSWORD", "count", "forget", "stop_if_tried_out"]

PASSWORD = "password"  # noqa: S105 - the name of what is tried
CODE = "code"
MAIL = "mail"

_MOST = {PASSWORD: 10, CODE: 10, MAIL: 5}


def stop_if_tried_out(kind: str, whom: str) -> None:
    """Answer “too many tries”, whether or not there is such an account."""
    if is_tried_out(kind, whom=whom.lower(), whence=_whence(), most=_MOST[kind]):
        abort(429)


def count(kind: str, whom: str) -> None:
    """Count a try; it counts for a quarter of an hour."""
    count_try(kind, whom=whom.lower(), whence=_whence())


def forget(kind: str, whom: str) -> None:
    """Begin again, as after the right password."""
    forget_tries(kind, whom=whom.lower())


def _whence() -> str:
    return request.remote_addr or "unknown"
