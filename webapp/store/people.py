"""Accounts, as the rest of the site sees them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import aliased

from webapp.clock import now
from webapp.db.tables import GroupReader, HeldForm, LoginSession, Membership, Organisation, Role, UsedCode, User
from webapp.db.work import session
from webapp.store.audit import record_event
from webapp.store.constraints import mapped
from webapp.store.errors import AlreadyThereError, NotAllowedError, NotFoundError
from webapp.store.holding import hold_organisations
from webapp.store.scope import Role as TeamRole

__all__ = [
    "ADMINISTRATOR",
    "CLOSED_FOR",
    "CLOSED_NAME",
    "UNCONFIRMED_FOR",
    "Person",
    "close_account",
    "create_person",
    "delete_closed",
    "delete_unconfirmed",
    "find_person_by_email",
    "get_person",
    "has_second_factor",
    "is_administrator",
    "list_sole_ownerships",
    "make_administrator",
]

ADMINISTRATOR = "administrator"
"""The one role in the site as a whole."""

CLOSED_NAME = "Somebody who closed their account"
"""What stands where the name of somebody was who is no longer here."""

UNCONFIRMED_FOR = timedelta(days=7)
"""How long an account whose address nobody confirmed is kept; the link in the mail works for less."""


CLOSED_FOR = timedelta(days=30)
"""How long the row of a closed account is kept, which holds no name and no address but tells two people apart."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    id: str
    name: str
    email: str


def get_person(person_id: str) -> Person:
    """Somebody by id.

    Raises:
        NotFoundError: There is no such account.
    """
    row = session().execute(select(User.id, User.name, User.email).where(User.id == person_id)).one_or_none()
    if row is None:
        raise NotFoundError
    return _make_person(row)


def find_person_by_email(email: str) -> Person | None:
    """Somebody by address, however it is capitalised; None where nobody has it, or it was never confirmed."""
    query = select(User.id, User.name, User.email).where(
        User.email == email.strip().lower(), User.closed_at.is_(None), User.confirmed_at.is_not(None)
    )
    row = session().execute(query).one_or_none()
    return _make_person(row) if row else None


def create_person(*, name: str, email: str, password_hash: str, is_confirmed: bool = True) -> Person:
    """Make an account.

    Args:
        name: What colleagues see.
        email: Kept in small letters.
        password_hash: As Flask-Security's ``hash_password`` makes it.
        is_confirmed: Whether it is known that the address is theirs.

    Raises:
        AlreadyThereError: Somebody has this address.
    """
    moment = now()
    user = User(
        email=email.strip().lower(),
        name=name,
        password=password_hash,
        fs_uniquifier=secrets.token_hex(16),
        confirmed_at=moment if is_confirmed else None,
        create_datetime=moment,
        update_datetime=moment,
    )
    there = AlreadyThereError("Somebody has an account with this address")
    with mapped({"uq_user_account_email": there, "user_account.email": there}):
        session().add(user)
    record_event("account_created", user_id=user.id, subject=user.id)
    return Person(user.id, user.name, user.email)


def delete_unconfirmed(*, older_than: timedelta) -> int:
    """Delete accounts whose address nobody confirmed; nothing can have been done with them.

    Returns:
        How many there were.
    """
    forgotten = delete(User).where(
        User.confirmed_at.is_(None), User.closed_at.is_(None), User.create_datetime < now() - older_than
    )
    return session().execute(forgotten).rowcount  # type: ignore[attr-defined, no-any-return]


def delete_closed(*, older_than: timedelta) -> int:
    """Delete the rows of accounts that were closed; what these people did then names nobody.

    Returns:
        How many there were.
    """
    forgotten = delete(User).where(User.closed_at.is_not(None), User.closed_at <= now() - older_than)
    return session().execute(forgotten).rowcount  # type: ignore[attr-defined, no-any-return]


def is_administrator(user_id: str) -> bool:
    """Whether somebody administers the site."""
    query = select(Role.id).join(User.roles.of_type(Role)).where(User.id == user_id, Role.name == ADMINISTRATOR)
    return session().execute(query).first() is not None


def has_second_factor(user_id: str) -> bool:
    """Whether somebody signs in with a code as well as a password."""
    return session().scalar(select(User.tf_primary_method).where(User.id == user_id)) is not None


def make_administrator(user_id: str) -> None:
    """Let somebody administer the site.

    Raises:
        NotFoundError: There is no such account.
    """
    user = session().get(User, user_id)
    if user is None:
        raise NotFoundError
    role = session().scalars(select(Role).where(Role.name == ADMINISTRATOR)).one_or_none()
    role = role or Role(name=ADMINISTRATOR, description="May administer the site")
    if role not in user.roles:
        user.roles.append(role)
    user.update_datetime = now()


def list_sole_ownerships(user_id: str) -> tuple[str, ...]:
    """The names of the organisations that would have no owner without this person."""
    other = aliased(Membership)
    others = (
        select(func.count())
        .where(
            other.organisation_id == Membership.organisation_id,
            other.role == TeamRole.OWNER.value,
            other.user_id != user_id,
        )
        .scalar_subquery()
    )
    query = (
        select(Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.user_id == user_id, Membership.role == TeamRole.OWNER.value, others == 0)
        .order_by(func.lower(Organisation.name))
    )
    return tuple(session().scalars(query))


def close_account(user_id: str) -> None:
    """Close an account: its row stays, because answers say who gave them, with nothing personal in it.

    Raises:
        NotFoundError: There is no such account.
        NotAllowedError: An organisation would have no owner.
    """
    user = session().get(User, user_id)
    if user is None or user.closed_at is not None:
        raise NotFoundError
    _hold_organisations(user_id)
    if list_sole_ownerships(user_id):
        raise NotAllowedError("You are the only owner of an organisation. Make somebody else an owner first")
    for table in (Membership, GroupReader, LoginSession, HeldForm, UsedCode):
        session().execute(delete(table).where(table.user_id == user_id))
    _make_nobody(user)
    record_event("account_closed", user_id=user_id, subject=user_id)


def _hold_organisations(user_id: str) -> None:
    """Let nobody else change who owns them meanwhile, or the last two owners could leave at once."""
    own = select(Membership.organisation_id).where(Membership.user_id == user_id)
    hold_organisations(Organisation.id.in_(own))


def _make_nobody(user: User) -> None:
    user.name = CLOSED_NAME
    user.email = f"{user.id}@closed.invalid"
    user.password = user.tf_primary_method = user.tf_totp_secret = user.mf_recovery_codes = None
    user.active = False
    user.fs_uniquifier = secrets.token_hex(16)
    user.confirmed_at = None
    user.closed_at = user.update_datetime = now()
    user.roles.clear()


def _make_person(row: Row[str, str, str]) -> Person:
    return Person(row.id, row.name, row.email)
