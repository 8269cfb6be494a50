"""Counting what may not be tried without end: passwords, codes, mails, PDFs, quick checks.

The counts are in the database, so that they hold for every web process and outlive a restart. They do not grow without
end: nothing is counted for a network that has used up its share, and what counts no longer is deleted with every count.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select

from webapp.clock import now
from webapp.db.locks import hold
from webapp.db.mode import is_writing
from webapp.db.tables import Try
from webapp.db.work import session

__all__ = ["WINDOW", "Allowance", "count_try", "counts_no_longer", "find_wait", "forget_tries"]

WINDOW = timedelta(minutes=15)
"""How long a try counts."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often something may be tried within `WINDOW`.

    Attributes:
        for_one: For one account, existing or not, or for whatever else is meant by “whom”.
        from_one_place: From one network, for all accounts together.
    """

    for_one: int
    from_one_place: int


def find_wait(kind: str, allowance: Allowance, *, whom: str, whence: str) -> timedelta | None:
    """How long to wait until something may be tried again; None where it may be tried now.

    Args:
        kind: What is tried, as ``password``.
        allowance: How often it may be.
        whom: For which account, existing or not.
        whence: From which network.
    """
    if is_writing():
        hold(f"tries of {kind}: {_hash(whom)}")  # or many at once would all find that one more is allowed
    held = (
        _find_nth(kind, Try.whom == _hash(whom), allowance.for_one),
        _find_nth(kind, Try.whence == _hash(whence), allowance.from_one_place),
    )
    latest = max((moment for moment in held if moment), default=None)
    return latest + WINDOW - now() if latest else None


def count_try(kind: str, *, whom: str, whence: str) -> None:
    """Count one try, and forget those that count no longer."""
    session().execute(delete(Try).where(counts_no_longer()))
    session().add(Try(kind=kind, whom=_hash(whom), whence=_hash(whence), happened_at=now()))
    session().flush()


def counts_no_longer() -> ColumnElement[bool]:
    """Whether a try is over; or was counted while the clock was wrong, and would lock somebody out for as long."""
    moment = now()
    return or_(Try.happened_at <= moment - WINDOW, Try.happened_at > moment + WINDOW)


def forget_tries(kind: str, *, whom: str) -> None:
    """Begin again for an account, as after the right password."""
    session().execute(delete(Try).where(Try.kind == kind, Try.whom == _hash(whom)))


def _find_nth(kind: str, condition: ColumnElement[bool], number: int) -> datetime | None:
    """When the try was after which so many are counted; the next one is free once it counts no longer."""
    query = (
        select(Try.happened_at)
        .where(Try.kind == kind, condition, ~counts_no_longer())
        .order_by(Try.happened_at.desc())
        .offset(number - 1)
        .limit(1)
    )
    return session().scalar(query)


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
