"""A unit of work: one session and one transaction for one request, command or test step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from webapp.db.mode import writing

__all__ = ["commit", "savepoint", "session", "work_on"]

_current: ContextVar[Session | None] = ContextVar("session", default=None)


def session() -> Session:
    """The session of the work at hand.

    Raises:
        RuntimeError: Nothing has begun; see `work_on`.
    """
    found = _current.get()
    if found is None:
        raise RuntimeError("no work with the database has begun: use work_on")
    return found


def commit() -> None:
    """Make what was written durable, if anything was read or written at all."""
    session().commit()


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
    mode = writing.set(write)
    with Session(engine, expire_on_commit=False) as opened:
        token = _current.set(opened)
        try:
            yield opened
        finally:
            _current.reset(token)
            writing.reset(mode)
