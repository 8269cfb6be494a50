"""The views, one module or package for each journey."""

from __future__ import annotations

from flask import Flask

from webapp.routes import (
    account,
    administration,
    answering,
    assessments,
    downloads,
    groups,
    health,
    help,  # noqa: A004 - a journey; nothing here asks for the builtin
    invitations,
    organisation_data,
    organisations,
    plans,
    quickcheck,
    results,
    review,
    sharing,
    start,
    team,
)

__all__ = ["add_routes"]

_JOURNEYS = (
    account,
    administration,
    answering,
    assessments,
    downloads,
    groups,
    health,
    help,
    invitations,
    organisation_data,
    organisations,
    plans,
    quickcheck,
    results,
    review,
    sharing,
    start,
    team,
)


def add_routes(app: Flask) -> None:
    """Register every journey."""
    for journey in _JOURNEYS:
        app.register_blueprint(journey.blueprint)
