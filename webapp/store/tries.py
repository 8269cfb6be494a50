"""Counting what may not be tried without end: passwords, codes, and asking for mails."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select

from webapp.clock import now
from webapp.db.tables import Try
from webapp.db.work import session

__all__ = ["WINDOW", "count_try", "forget_tries", "is_tried_out"]

WINDOW = timedelta(minutes=15)
"""How long a try counts."""

_MOST_FROM_ONE_PLACE = 8
"""Times more that may come from one network for all accounts together: a whole office may share its address."""


def is_tried_out(kind: str, *, whom: str, whence: str, most: int) -> bool:
    """Whether something was tried too often in the last quarter of an hour.

    Args:
        kind: What is tried, as ``password``.
        whom: For which account, existing or not.
        whence: From which address of the network.
        most: How often it may be tried for one account.
    """
    for_one = _count(kind, Try.whom == _hash(whom))
    return for_one >= most or _count(kind, Try.whence == _hash(whence)) >= most * _MOST_FROM_ONE_PLACE


def count_try(kind: str, *, whom: str, whence: str) -> None:
    """Count one try, and forget those that count no longer."""
    session().execute(delete(Try).where(Try.happened_at <= now() - WINDOW))
    session().add(Try(kind=kind, whom=_hash(whom), whence=_hash(whence), happened_at=now()))
    session().flush()


def forget_tries(kind: str, *, whom: str) -> None:
    """Begin again for an account, as after the right password."""
    session().execute(delete(Try).where(Try.kind == kind, Try.whom == _hash(whom)))


def _count(kind: str, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).where(Try.kind == kind, condition, Try.happened_at > now() - WINDOW)
    return session().scalar(query) or 0


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
