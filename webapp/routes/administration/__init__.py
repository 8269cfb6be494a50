"""The administration: people, organisations, groups, the audit log and the standards; never an answer."""

from __future__ import annotations

from webapp.routes.administration import groups, overview, places, users
from webapp.routes.administration.blueprint import blueprint

__all__ = ["blueprint", "groups", "overview", "places", "users"]
