"""Pages of answers that somebody sent when already signed out, kept until they sign in again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import delete, select

from webapp.clock import now
from webapp.db.tables import HeldForm, User
from webapp.db.work import session

__all__ = ["HOURS", "LARGEST", "MOST", "drop_held", "find_held", "hold_form"]

HOURS = 24
"""How long a page is kept."""

MOST = 20
"""How many pages are kept for one person; the oldest goes first."""

LARGEST = 500_000
"""Characters of one page."""

_LONGEST_PATH = 300
"""Characters of an address; those of real pages are a third of it."""


def hold_form(*, uniquifier: str, path: str, fields: Mapping[str, str]) -> str | None:
    """Keep what somebody sent.

    Args:
        uniquifier: What their signed cookie says of who they were.
        path: The address of the page.
        fields: What was in it.

    Returns:
        The secret by which it is found again; None where it is too large, or the account is gone.
    """
    user_id = session().scalar(select(User.id).where(User.fs_uniquifier == uniquifier, User.active.is_(True)))
    size = sum(len(name) + len(value) for name, value in fields.items())
    if user_id is None or len(path) > _LONGEST_PATH or size > LARGEST:
        return None
    _make_room(user_id)
    token = secrets.token_urlsafe(24)
    moment = now()
    held = HeldForm(
        token_hash=_hash(token),
        user_id=user_id,
        path=path,
        fields=dict(fields),
        created_at=moment,
        expires_at=moment + timedelta(hours=HOURS),
    )
    session().add(held)
    session().flush()
    return token


def find_held(*, token: str, user_id: str, path: str) -> dict[str, str] | None:
    """What was kept of a page for this person; None where there is nothing, or it has expired."""
    query = select(HeldForm.fields).where(
        HeldForm.token_hash == _hash(token),
        HeldForm.user_id == user_id,
        HeldForm.path == path,
        HeldForm.expires_at > now(),
    )
    fields = session().scalar(query)
    return None if fields is None else {name: str(value) for name, value in fields.items()}


def drop_held(*, token: str, user_id: str) -> None:
    """Forget a page: it was saved, or is not wanted any more."""
    session().execute(delete(HeldForm).where(HeldForm.token_hash == _hash(token), HeldForm.user_id == user_id))


def _make_room(user_id: str) -> None:
    newest = select(HeldForm.id).where(HeldForm.user_id == user_id).order_by(HeldForm.created_at.desc())
    too_many = session().scalars(newest.offset(MOST - 1)).all()
    session().execute(delete(HeldForm).where(HeldForm.id.in_(too_many)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
