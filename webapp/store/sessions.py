"""Where people are signed in: one row for each browser, so that it can be listed and ended from elsewhere."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from webapp.clock import now
from webapp.db.tables import LoginSession, User
from webapp.db.work import session
from webapp.store.errors import NotFoundError

__all__ = [
    "SignedIn",
    "begin_session",
    "end_other_sessions",
    "end_session",
    "find_session_user",
    "list_sessions",
    "touch_session",
]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser in which somebody is signed in."""

    id: str
    device: str
    created_at: datetime
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


def end_other_sessions(*, user_id: str, session_id: str | None) -> None:
    """Sign out every browser of a person but one."""
    query = delete(LoginSession).where(LoginSession.user_id == user_id)
    session().execute(query.where(LoginSession.id != session_id) if session_id else query)


def list_sessions(user_id: str) -> tuple[SignedIn, ...]:
    """Where a person is signed in, the latest first."""
    query = select(LoginSession).where(LoginSession.user_id == user_id).order_by(LoginSession.seen_at.desc())
    return tuple(SignedIn(row.id, row.device, row.created_at, row.seen_at) for row in session().scalars(query))


def touch_session(session_id: str) -> None:
    """Note that a browser is still in use."""
    session().execute(update(LoginSession).where(LoginSession.id == session_id).values(seen_at=now()))


def find_session_user(*, uniquifier: str, session_id: str, idle: timedelta) -> User | None:
    """The account behind a browser's cookie; None where it is closed, or the session ended or was idle too long."""
    query = (
        select(User)
        .join(LoginSession, LoginSession.user_id == User.id)
        .where(
            LoginSession.id == session_id,
            LoginSession.seen_at > now() - idle,
            User.fs_uniquifier == uniquifier,
            User.active.is_(True),
        )
    )
    return session().scalars(query).one_or_none()
