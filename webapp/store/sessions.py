"""Where people are signed in: one row for each browser, so that it can be listed and ended from elsewhere."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update

from webapp.clock import now
from webapp.db.prepared import Prepared
from webapp.db.tables import LoginSession, User
from webapp.db.work import ask, session
from webapp.store.errors import NotFoundError

__all__ = [
    "LONGEST",
    "SignedIn",
    "Visitor",
    "begin_session",
    "end_all_sessions",
    "end_other_sessions",
    "end_session",
    "end_session_by_handle",
    "find_session",
    "find_visitor",
    "list_sessions",
    "touch_session",
]


LONGEST = timedelta(hours=12)
"""How long somebody stays signed in at most, however busy: a stolen cookie is worth nothing the day after."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser in which somebody is signed in."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime

    @property
    def handle(self) -> str:
        """A name that a page may hold: the id itself belongs into that browser's cookie, and nowhere else."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is behind a browser's cookie, and when the browser was last noted to be in use."""

    id: str
    email: str
    name: str
    uniquifier: str
    seen_at: datetime


def begin_session(*, user_id: str, device: str) -> str:
    """Sign a browser in.

    Returns:
        The secret that its cookie has to hold.
    """
    token = secrets.token_hex(32)
    moment = now()
    session().add(LoginSession(id=token, user_id=user_id, device=device[:40], created_at=moment, seen_at=moment))
    session().flush()
    return token


def end_session(*, user_id: str, session_id: str) -> None:
    """Sign a browser out.

    Raises:
        NotFoundError: This person is not signed in there.
    """
    query = delete(LoginSession).where(LoginSession.id == session_id, LoginSession.user_id == user_id)
    if session().execute(query).rowcount == 0:  # type: ignore[attr-defined]
        raise NotFoundError


def end_session_by_handle(*, user_id: str, handle: str) -> None:
    """Sign out the browser that a list showed.

    Raises:
        NotFoundError: This person is not signed in there.
    """
    found = next((held for held in list_sessions(user_id) if held.handle == handle), None)
    if found is None:
        raise NotFoundError
    end_session(user_id=user_id, session_id=found.id)


def end_other_sessions(*, user_id: str, session_id: str | None) -> None:
    """Sign out every browser of a person but one."""
    query = delete(LoginSession).where(LoginSession.user_id == user_id)
    session().execute(query.where(LoginSession.id != session_id) if session_id else query)


def end_all_sessions() -> None:
    """Sign everybody out."""
    session().execute(delete(LoginSession))


def list_sessions(user_id: str) -> tuple[SignedIn, ...]:
    """Where a person is signed in, the latest first."""
    query = select(LoginSession).where(LoginSession.user_id == user_id).order_by(LoginSession.seen_at.desc())
    return tuple(_make(row) for row in session().scalars(query))


def touch_session(session_id: str) -> None:
    """Note that a browser is still in use."""
    session().execute(update(LoginSession).where(LoginSession.id == session_id).values(seen_at=now()))


def find_session(session_id: str) -> SignedIn | None:
    """A browser that was not signed out, even if its time is over."""
    row = session().get(LoginSession, session_id)
    return _make(row) if row else None


def find_visitor(*, uniquifier: str, session_id: str, idle: timedelta) -> Visitor | None:
    """Who is behind a browser's cookie; None where the account is closed, or the session ended or its time is over."""
    moment = now()
    values = {
        "session": session_id,
        "uniquifier": uniquifier,
        "used_after": moment - idle,
        "begun_after": moment - LONGEST,
        "not_after": moment + idle,
    }
    rows = ask(_VISITOR, values)
    return Visitor(*rows[0]) if rows else None


_VISITOR = Prepared(
    select(User.id, User.email, User.name, User.fs_uniquifier, LoginSession.seen_at)
    .join(LoginSession, LoginSession.user_id == User.id)
    .where(
        LoginSession.id == bindparam("session"),
        LoginSession.seen_at > bindparam("used_after"),
        LoginSession.created_at > bindparam("begun_after"),
        # Else one that began while the clock was wrong would last until the clock is there again.
        LoginSession.seen_at <= bindparam("not_after"),
        LoginSession.created_at <= bindparam("not_after"),
        User.fs_uniquifier == bindparam("uniquifier"),
        User.active.is_(True),
    )
)


def _make(row: LoginSession) -> SignedIn:
    return SignedIn(row.id, row.device, row.created_at, row.seen_at)
