"""The site's own fixtures."""

from __future__ import annotations

from tests.webapp.conftest import (
    app,
    bare_database,
    client,
    database,
    databases,
    empty_database,
    filled_database,
    make_person,
    make_team,
    password_hash,
    team,
)

__all__ = [
    "app",
    "bare_database",
    "client",
    "database",
    "databases",
    "empty_database",
    "filled_database",
    "make_person",
    "make_team",
    "password_hash",
    "team",
]
