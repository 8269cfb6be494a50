"""A unit of work: one connection and one transaction for one request, command or test step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, TypeVarTuple, cast

from sqlalchemy import Connection, CursorResult, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TypedReturnsRows
from werkzeug.local import LocalProxy

from webapp.db.mode import writing
from webapp.db.prepared import Prepared, PreparedChange

__all__ = ["abandon", "ask", "commit", "fetch", "savepoint", "session", "work_on", "write"]

_Columns = TypeVarTuple("_Columns")


class _Session(Session):
    """A session on the work's connection, whose commit is the commit of everything."""

    def commit(self) -> None:
        """Commit what went through the session and what went past it."""
        super().commit()
        connection = cast("Connection", self.bind)
        if connection.in_transaction():
            connection.commit()


class _Work:
    """What is open: nothing at first, then a connection, and a session on it once rows are to be written."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._session: Session | None = None

    @property
    def connection(self) -> Connection:
        """The connection, in a transaction, with all that the session holds already written to it."""
        if self._connection is None:
            self._connection = self._engine.connect()
        if not self._connection.in_transaction():
            self._connection.begin()
        if self._session is not None:
            self._session.flush()
        return self._connection

    @property
    def session(self) -> Session:
        """The session, in the transaction of the connection."""
        if self._session is None:
            self._session = _Session(self.connection, expire_on_commit=False, join_transaction_mode="control_fully")
        return self._session

    def commit(self) -> None:
        """Make everything durable; after a commit that failed, the connection is not used again, whatever its state."""
        try:
            if self._session is not None:
                self._session.commit()
            elif self._connection is not None:
                self._connection.commit()
        except DBAPIError:
            if self._connection is not None:
                self._connection.invalidate()
            raise

    def abandon(self) -> None:
        """Roll back what was not committed, and begin again with nothing."""
        self.close()
        self._session = self._connection = None

    def close(self) -> None:
        """Roll back what was not committed, and let go of the connection; one that is lost has nothing to roll back."""
        for part in (self._session, self._connection):
            if part is not None:
                with suppress(DBAPIError):
                    part.close()


_current: ContextVar[_Work | None] = ContextVar("work", default=None)


def _work() -> _Work:
    found = _current.get()
    if found is None:
        raise RuntimeError("no work with the database has begun: use work_on")
    return found


def session() -> Session:
    """The session of the work at hand.

    Raises:
        RuntimeError: Nothing has begun; see `work_on`.
    """
    return _work().session


def fetch(query: TypedReturnsRows[*_Columns], values: Mapping[str, object] | None = None) -> CursorResult[*_Columns]:
    """Ask for columns in the transaction of the work at hand, past the session: a third of the time.

    Args:
        query: Columns, no mapped objects; made once where a page asks it often.
        values: The values of its bound parameters.

    Raises:
        RuntimeError: Nothing has begun; see `work_on`.
    """
    return cast("CursorResult[*_Columns]", _work().connection.execute(query, cast("Any", values)))


def ask(query: Prepared[*_Columns], values: Mapping[str, object]) -> list[tuple[*_Columns]]:
    """Ask a prepared query in the transaction of the work at hand, past the session and most of SQLAlchemy.

    Args:
        query: Columns of it come as plain tuples.
        values: The values of its parameters.

    Raises:
        RuntimeError: Nothing has begun; see `work_on`.
    """
    return query.ask(_work().connection, values)


def write(change: PreparedChange, common: Mapping[str, object], rows: Sequence[Mapping[str, object]]) -> int:
    """Insert or change rows in the transaction of the work at hand, past the session and most of SQLAlchemy.

    Args:
        change: What is done with each row.
        common: The values of columns and parameters that are the same in every row.
        rows: The values of the others.

    Returns:
        How many rows there were to change.

    Raises:
        RuntimeError: Nothing has begun; see `work_on`.
    """
    return change.run(_work().connection, common, rows)


def commit() -> None:
    """Make what was written durable, if anything was read or written at all."""
    _work().commit()


def abandon() -> None:
    """Undo what was not committed, after the database refused something; from here on the work at hand only reads."""
    _work().abandon()
    writing.set(False)


@contextmanager
def savepoint() -> Iterator[None]:
    """Undo only this part where a constraint refuses it."""
    with session().begin_nested():
        yield


@contextmanager
def work_on(engine: Engine, *, write: bool) -> Iterator[Session]:
    """Do one piece of work; what was not committed is rolled back at the end.

    No connection is opened before something is asked of it.

    Args:
        engine: The database.
        write: Whether it will write; a work that will not must not.
    """
    work = _Work(engine)
    mode = writing.set(write)
    token = _current.set(work)
    try:
        yield cast("Session", LocalProxy(lambda: work.session))
    finally:
        _current.reset(token)
        work.close()
        writing.reset(mode)
