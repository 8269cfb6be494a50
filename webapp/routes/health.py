"""For machines: whether the process lives, and whether it can do its work."""

from __future__ import annotations

from flask import Blueprint, abort, current_app
from sqlalchemy.exc import SQLAlchemyError

from webapp.guards import guard
from webapp.store.health import check_database

__all__ = ["blueprint"]

blueprint = Blueprint("health", __name__)

Answer = tuple[str, int, dict[str, str]]
_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/healthz")
@guard.public
def show_liveness() -> Answer:
    """The process answers; nothing else is asked of it."""
    return "alive\n", 200, _PLAIN


@blueprint.get("/readyz")
@guard.public
def show_readiness() -> Answer:
    """The database answers, and has the tables of this release."""
    try:
        is_current = check_database()
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        abort(503)
    return ("ready\n", 200, _PLAIN) if is_current else ("the database is to be migrated\n", 503, _PLAIN)
