"""The views, one module or package for each journey."""

from __future__ import annotations

from flask import Flask

from webapp.routes import health

__all__ = ["add_routes"]

_JOURNEYS = (health,)


def add_routes(app: Flask) -> None:
    """Register every journey."""
    for journey in _JOURNEYS:
        app.register_blueprint(journey.blueprint)
