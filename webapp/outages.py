"""What people see when the database cannot do its work: its disk is full, it may only be read, or it does not answer.

Nothing that was saved is lost then, and nothing that was sent is kept by halves: the transaction is undone as a whole.
What somebody typed comes back to them, to be sent again.
"""

from __future__ import annotations

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin, current_user
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError

from webapp.db.work import abandon
from webapp.unsent import show_unsaved

__all__ = ["add_outage_pages"]

_UNAVAILABLE = 503
_RETRY = {"Retry-After": "60"}


def add_outage_pages(app: Flask) -> None:
    """Answer with a page of its own where the database refuses; PostgreSQL calls a refused write an internal error."""
    app.register_error_handler(OperationalError, _show_outage)
    app.register_error_handler(InternalError, _show_outage)


def _show_outage(error: DBAPIError) -> ResponseReturnValue:
    current_app.logger.error("the database could not do its work", extra={"facts": {"cause": _name_cause(error)}})
    abandon()
    if not _knows_visitor():
        abandon()
        g._login_user = AnonymousUserMixin()  # noqa: SLF001 - where Flask-Login keeps who asks
    if request.accept_mimetypes.best == "application/json":
        return {"message": "Not saved yet: the site cannot save anything just now."}, _UNAVAILABLE, _RETRY
    page = show_unsaved() or current_app.make_response((render_template("errors/503.html"), _UNAVAILABLE))
    page.headers.update(_RETRY)
    return page


def _name_cause(error: DBAPIError) -> str:
    """What the database calls it, as SQLITE_FULL: a name, which says nothing of what people wrote."""
    cause: object = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    return str(cause or type(error.orig).__name__)


def _knows_visitor() -> bool:
    """Whether even who asks can be looked up; where not, the page is for nobody rather than failing as well."""
    try:
        return current_user.is_authenticated in (True, False)
    except DBAPIError:
        return False
