"""The site's own fixtures, and the real server on the same database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.webapp.browser.server import Server
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


@pytest.fixture
def server(database: str, tmp_path: Path) -> Iterator[Server]:
    """The real server, on the database that `app` reads in this process; not started yet."""
    made = Server(tmp_path, database=database)
    yield made
    made.stop()
