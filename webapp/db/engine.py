"""The connection to the database: durable, and never waiting in a deadlock."""

from __future__ import annotations

from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from webapp.db.mode import is_writing

__all__ = ["make_engine"]

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers and one writer do not wait for each other
    "PRAGMA synchronous = FULL",  # what was acknowledged survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",  # milliseconds
)


def make_engine(url: str) -> Engine:
    """The engine for an address of a database.

    SQLite: a transaction that will write takes the write lock when it begins. One that read first and wanted to write
    later could find that somebody else wrote in between, and no waiting helps there.
    """
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    # A unit of work ends its transaction itself, so the pool need not do it again.
    # What people wrote must not stand in an error's words, which end in a log.
    options: dict[str, Any] = {
        "hide_parameters": True,
        "pool_pre_ping": not is_sqlite,
        "pool_reset_on_return": None if is_sqlite else "rollback",
    }
    engine = create_engine(url, **options)
    if is_sqlite:
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: SQLiteConnection, _: object) -> None:
    connection.isolation_level = None  # no hidden BEGIN: the listener below says how a transaction begins
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing() else "BEGIN")
