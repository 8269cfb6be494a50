"""Named constraints, turned into typed errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from webapp.db.work import savepoint, session
from webapp.store.errors import StoreError

__all__ = ["mapped"]


@contextmanager
def mapped(errors: dict[str, StoreError]) -> Iterator[None]:
    """Write within a savepoint; a violated constraint named here raises its own error instead.

    Args:
        errors: The error for a constraint's name as PostgreSQL gives it, as ``uq_group_name``; SQLite names only the
            columns, as ``organisation_group.name``, so both are given.
    """
    try:
        with savepoint():
            yield
            session().flush()
    except IntegrityError as error:
        words = str(error.orig)
        for name, meant in errors.items():
            if name in words:
                raise meant from error
        raise
