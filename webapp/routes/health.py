"""For machines: whether the process lives, and whether it can do its work."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from webapp.guards import guard
from webapp.site import Site
from webapp.store.health import check_database, check_writing

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
    """The database answers, has the tables of this release, and can be written to."""
    try:
        problem = _find_problem()
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        problem = "the database does not answer"
    return (f"{problem}\n", 503, _PLAIN) if problem else ("ready\n", 200, _PLAIN)


def _find_problem() -> str | None:
    if not check_database():
        return "the database is to be migrated"
    try:
        with cast("Site", current_app).run_work(write=True):
            check_writing()
    except DBAPIError:
        return "the database can be read, and not written to"
    return None
