"""The connection to the database: durable, and never waiting in a deadlock."""

from __future__ import annotations

import time
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import OperationalError as SQLiteError
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from webapp.db.mode import is_writing

__all__ = ["make_engine"]

WAIT = 10
"""Seconds that one who writes waits for another."""

_STEP = 0.0005
"""Seconds between two tries. SQLite itself would wait longer each time, up to a tenth of a second, so that whoever came
late to a busy database would wait many times as long as whoever came in time."""

_PATIENT = f"PRAGMA busy_timeout = {WAIT * 1000}"
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers and one writer do not wait for each other
    "PRAGMA synchronous = FULL",  # what was acknowledged survives a power cut
    "PRAGMA foreign_keys = ON",
    _PATIENT,
)


def make_engine(url: str) -> Engine:
    """The engine for an address of a database.

    SQLite: a transaction that will write takes the write lock when it begins. One that read first and wanted to write
    later could find that somebody else wrote in between, and no waiting helps there. PostgreSQL: see
    `webapp.db.postgresql`.
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
    else:
        from webapp.db.postgresql import prepare_postgresql  # its driver is an extra

        prepare_postgresql(engine)
    return engine


def _prepare(connection: SQLiteConnection, _: object) -> None:
    connection.isolation_level = None  # no hidden BEGIN: the listener below says how a transaction begins
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    driver = cast("SQLiteConnection", connection.connection.dbapi_connection)
    if not is_writing():
        driver.execute("BEGIN").close()  # asks nothing of the database yet, so that nothing can go wrong
        return
    driver.execute("PRAGMA busy_timeout = 0").close()
    try:
        if not _take_lock(driver):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # once more, so that the error is SQLAlchemy's
    finally:
        driver.execute(_PATIENT).close()


def _take_lock(driver: SQLiteConnection) -> bool:
    """Begin a transaction that writes, as soon as nobody else writes; False where that took too long."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        try:
            driver.execute("BEGIN IMMEDIATE").close()
        except SQLiteError as error:
            if error.sqlite_errorcode & 0xFF != SQLITE_BUSY:
                return False
            time.sleep(_STEP)
        else:
            return True
    return False
