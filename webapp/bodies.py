"""What a request may bring: a form, and nothing else. Pages and their script send no other kind of body."""

from __future__ import annotations

from flask import Flask, abort, request

__all__ = ["add_body_rule"]

_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def add_body_rule(app: Flask) -> None:
    """Refuse bodies of other kinds before anything looks at them; it has to come before all other rules."""
    app.before_request(_refuse_others)


def _refuse_others() -> None:
    if (request.mimetype or request.content_length) and request.mimetype not in _FORMS:
        abort(415)
