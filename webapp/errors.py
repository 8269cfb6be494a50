"""What people see when something goes wrong."""

from __future__ import annotations

from math import ceil

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from selfassess.reports.words import count
from webapp.db.work import abandon
from webapp.outages import add_outage_pages
from webapp.store.errors import NotFoundError
from webapp.unsent import show_expired, show_refused

__all__ = ["add_error_pages"]

_PAGES = (403, 404, 405, 413, 429, 500, 503)
_REFUSALS = (403, 404)


def add_error_pages(app: Flask) -> None:
    """Give every error its page."""
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(CSRFError, _show_expired)
    app.register_error_handler(NotFoundError, _show_missing)
    add_outage_pages(app)


def _show(error: HTTPException) -> ResponseReturnValue:
    code = error.code or InternalServerError.code
    if code in _REFUSALS and (unsent := show_refused(code)) is not None:
        return unsent
    page = code if code in _PAGES else (404 if 400 <= code < 500 else 500)
    if page == InternalServerError.code:
        abandon()  # PostgreSQL answers nothing more in a transaction in which something failed
    return render_template(f"errors/{page}.html", wait=_write_wait(error)), code, _headers_of(error)


def _headers_of(error: HTTPException) -> dict[str, str]:
    """What an error says to programs: which methods there are, and when to come again."""
    return {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}


def _write_wait(error: HTTPException) -> str | None:
    """How long to wait, in words; None where the error does not say."""
    seconds = getattr(error, "retry_after", None)
    return count(ceil(seconds / 60), "minute") if isinstance(seconds, int) else None


def _show_expired(_: CSRFError) -> ResponseReturnValue:
    return show_expired() or (render_template("errors/csrf.html"), 400)


def _show_missing(_: NotFoundError) -> ResponseReturnValue:
    return show_refused(404) or (render_template("errors/404.html"), 404)
