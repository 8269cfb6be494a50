"""What is kept for a time only, and deleted when that is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, or_

from webapp.clock import now
from webapp.db.tables import HeldForm, Invitation, LoginSession, QuickCheck, Try
from webapp.db.work import session
from webapp.store.sessions import LONGEST
from webapp.store.tries import counts_no_longer

__all__ = ["Purged", "purge_expired"]


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each were deleted."""

    quick_checks: int
    invitations: int
    held_forms: int
    sessions: int
    tries: int


def purge_expired(*, idle: timedelta) -> Purged:
    """Delete whatever has expired.

    Args:
        idle: After how long without use somebody is signed out.
    """
    moment = now()
    return Purged(
        quick_checks=_delete(QuickCheck, QuickCheck.expires_at <= moment),
        invitations=_delete(Invitation, Invitation.expires_at <= moment),
        held_forms=_delete(HeldForm, HeldForm.expires_at <= moment),
        sessions=_delete(
            LoginSession, or_(LoginSession.seen_at <= moment - idle, LoginSession.created_at <= moment - LONGEST)
        ),
        tries=_delete(Try, counts_no_longer()),
    )


def _delete(
    table: type[QuickCheck | Invitation | HeldForm | LoginSession | Try], condition: ColumnElement[bool]
) -> int:
    count: int = session().execute(delete(table).where(condition)).rowcount  # type: ignore[attr-defined]
    return count
