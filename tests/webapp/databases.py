"""The databases that tests work in: each test has its own, made in a moment from one that was filled once.

``--database=postgresql`` runs the same tests on PostgreSQL, in the server that ``script/postgresql`` starts for them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

__all__ = ["SERVER_VARIABLE", "Databases", "PostgresqlDatabases", "SqliteDatabases", "choose_databases"]

SERVER_VARIABLE = "SELFASSESS_TEST_POSTGRESQL"


class Databases(Protocol):
    """Makes databases, by their addresses."""

    def make(self, folder: Path) -> str:
        """A database without tables."""

    def copy(self, address: str, folder: Path) -> str:
        """A database with what another holds, to which nobody is connected."""

    def drop(self, address: str) -> None:
        """Remove a database."""

    def close(self) -> None:
        """Let go of what makes them."""


class SqliteDatabases:
    """Files, in the folder that the test gives."""

    def make(self, folder: Path) -> str:
        """A file that is not there yet."""
        return f"sqlite:///{folder}/site.db"

    def copy(self, address: str, folder: Path) -> str:
        """A copy of a file."""
        shutil.copy(make_url(address).database or "", folder / "site.db")
        return self.make(folder)

    def drop(self, address: str) -> None:
        """Nothing: the folder is the test's own."""

    def close(self) -> None:
        """Nothing is open."""


class PostgresqlDatabases:
    """Databases of one server, with names that no other process of the tests uses."""

    def __init__(self, server: str) -> None:
        self._url = make_url(server).set(drivername="postgresql+psycopg")
        self._server: Engine = create_engine(self._url, isolation_level="AUTOCOMMIT")

    def make(self, folder: Path) -> str:
        """A new database."""
        del folder
        return self._make("template0")

    def copy(self, address: str, folder: Path) -> str:
        """A new database of which another is the template."""
        del folder
        return self._make(make_url(address).database or "")

    def drop(self, address: str) -> None:
        """Remove a database, even where a killed process seems still to be connected."""
        self._run(f'DROP DATABASE "{make_url(address).database}" WITH (FORCE)')

    def close(self) -> None:
        """Leave the server."""
        self._server.dispose()

    def _make(self, template: str) -> str:
        name = f"test_{uuid4().hex[:16]}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, command: str) -> None:
        with self._server.connect() as connection:
            connection.execute(text(command))


def choose_databases(config: pytest.Config) -> Databases:
    """The databases that the option names.

    Raises:
        UsageError: PostgreSQL is wanted, and nobody started it.
    """
    if config.getoption("--database") == "sqlite":
        return SqliteDatabases()
    server = os.environ.get(SERVER_VARIABLE)
    if not server:
        raise pytest.UsageError(f"{SERVER_VARIABLE} is not set: run the tests by  script/postgresql pytest ...")
    return PostgresqlDatabases(server)
