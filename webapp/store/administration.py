"""What administrators see and do: accounts, organisations, standards; never an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, or_, select

from webapp.clock import now
from webapp.db.tables import (
    Assessment,
    Group,
    GroupOffer,
    LoginSession,
    Membership,
    Organisation,
    Role,
    StandardCopy,
    User,
)
from webapp.db.work import session
from webapp.store.audit import record_event
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.paging import Paged, fetch_page
from webapp.store.people import ADMINISTRATOR, make_administrator

__all__ = [
    "Account",
    "Numbers",
    "OrganisationSummary",
    "StandardUse",
    "appoint_administrator",
    "count_everything",
    "deactivate_account",
    "dismiss_administrator",
    "get_account",
    "get_organisation_summary",
    "list_standard_uses",
    "reactivate_account",
    "search_accounts",
    "search_organisations",
]


@dataclass(frozen=True, slots=True)
class Account:
    """An account, as administrators see it."""

    id: str
    name: str
    email: str
    is_active: bool
    is_confirmed: bool
    has_second_factor: bool
    is_administrator: bool
    is_closed: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationSummary:
    """An organisation, as administrators see it: how much it has, nothing of what it says."""

    id: str
    name: str
    kind: str
    reference: str | None
    group_id: str | None
    group_name: str | None
    offered_group_id: str | None
    members: int
    assessments: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StandardUse:
    """A version of a standard, and how many assessments answer it."""

    hash: str
    title: str
    version: str
    added_at: datetime
    open: int
    submitted: int
    signed: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much the site holds."""

    accounts: int
    organisations: int
    groups: int
    assessments: int


def count_everything() -> Numbers:
    """How much the site holds; closed accounts do not count."""

    def count(table: type[Organisation | Group | Assessment]) -> int:
        return session().scalar(select(func.count()).select_from(table)) or 0

    accounts = session().scalar(select(func.count()).where(User.closed_at.is_(None))) or 0
    return Numbers(accounts, count(Organisation), count(Group), count(Assessment))


def search_accounts(words: str, *, number: int) -> Paged[Account]:
    """Accounts with these words in their name or address, by name; closed ones are left out."""
    query = _accounts().where(User.closed_at.is_(None)).order_by(func.lower(User.name), User.email)
    if words:
        query = query.where(
            or_(User.name.icontains(words, autoescape=True), User.email.icontains(words, autoescape=True))
        )
    return fetch_page(query, _make_account, number=number)


def get_account(user_id: str) -> Account:
    """An account by id.

    Raises:
        NotFoundError: There is none.
    """
    row = session().execute(_accounts().where(User.id == user_id)).one_or_none()
    if row is None:
        raise NotFoundError
    return _make_account(row)


def deactivate_account(*, administrator_id: str, user_id: str) -> None:
    """Keep somebody from signing in, and end every session they have.

    Raises:
        NotFoundError: There is no such account.
        NotAllowedError: It is one's own.
    """
    if user_id == administrator_id:
        raise NotAllowedError("You cannot deactivate your own account. Ask another administrator")
    user = _hold(user_id)
    user.active, user.update_datetime = False, now()
    session().execute(delete(LoginSession).where(LoginSession.user_id == user_id))
    session().flush()
    record_event("account_deactivated", user_id=administrator_id, subject=user_id)


def reactivate_account(*, administrator_id: str, user_id: str) -> None:
    """Let somebody sign in again.

    Raises:
        NotFoundError: There is no such account.
    """
    user = _hold(user_id)
    user.active, user.update_datetime = True, now()
    session().flush()
    record_event("account_reactivated", user_id=administrator_id, subject=user_id)


def appoint_administrator(*, administrator_id: str | None, user_id: str) -> None:
    """Let somebody administer the site.

    Args:
        administrator_id: Who appoints them; None for whoever runs the site's commands.
        user_id: Who is appointed.

    Raises:
        NotFoundError: There is no such account.
    """
    make_administrator(user_id)
    session().flush()
    record_event("administrator_appointed", user_id=administrator_id, subject=user_id)


def dismiss_administrator(*, administrator_id: str, user_id: str) -> None:
    """Let somebody no longer administer the site.

    Raises:
        NotFoundError: There is no such account.
        NotAllowedError: It is one's own, so that there is always an administrator.
    """
    if user_id == administrator_id:
        raise NotAllowedError("You cannot stop being an administrator yourself. Ask another administrator")
    user = _hold(user_id)
    user.roles = [role for role in user.roles if role.name != ADMINISTRATOR]
    user.update_datetime = now()
    session().flush()
    record_event("administrator_dismissed", user_id=administrator_id, subject=user_id)


def search_organisations(words: str, *, number: int) -> Paged[OrganisationSummary]:
    """Organisations with these words in their name or reference, by name."""
    query = _organisations().order_by(func.lower(Organisation.name), Organisation.id)
    if words:
        is_found = or_(
            Organisation.name.icontains(words, autoescape=True),
            Organisation.reference.icontains(words, autoescape=True),
        )
        query = query.where(is_found)
    return fetch_page(query, _make_summary, number=number)


def get_organisation_summary(organisation_id: str) -> OrganisationSummary:
    """An organisation by id.

    Raises:
        NotFoundError: There is none.
    """
    row = session().execute(_organisations().where(Organisation.id == organisation_id)).one_or_none()
    if row is None:
        raise NotFoundError
    return _make_summary(row)


def list_standard_uses() -> tuple[StandardUse, ...]:
    """Every version of a standard that is kept, the latest first, and how many assessments answer it."""

    def count(status: str) -> Any:
        return func.count(Assessment.id).filter(Assessment.status == status)

    query = (
        select(
            StandardCopy.hash,
            StandardCopy.title,
            StandardCopy.version,
            StandardCopy.added_at,
            count("open").label("open"),
            count("submitted").label("submitted"),
            count("signed").label("signed"),
        )
        .outerjoin(Assessment, Assessment.standard_hash == StandardCopy.hash)
        .group_by(StandardCopy.hash, StandardCopy.title, StandardCopy.version, StandardCopy.added_at)
        .order_by(StandardCopy.added_at.desc(), StandardCopy.hash)
    )
    return tuple(StandardUse(*row) for row in session().execute(query))


def _accounts() -> Select[*tuple[Any, ...]]:
    is_administrator = User.roles.of_type(Role).any(Role.name == ADMINISTRATOR)
    return select(
        User.id,
        User.name,
        User.email,
        User.active.label("is_active"),
        User.confirmed_at.is_not(None).label("is_confirmed"),
        User.tf_primary_method.is_not(None).label("has_second_factor"),
        is_administrator.label("is_administrator"),
        User.closed_at.is_not(None).label("is_closed"),
        User.create_datetime.label("created_at"),
    )


def _make_account(row: Row[*tuple[Any, ...]]) -> Account:
    return Account(*row)


def _organisations() -> Select[*tuple[Any, ...]]:
    def count(table: type[Membership | Assessment]) -> Any:
        of_it = table.organisation_id == Organisation.id
        return select(func.count()).where(of_it).correlate(Organisation).scalar_subquery()

    return (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.kind,
            Organisation.reference,
            Organisation.group_id,
            Group.name.label("group_name"),
            GroupOffer.group_id.label("offered_group_id"),
            count(Membership).label("members"),
            count(Assessment).label("assessments"),
            Organisation.created_at,
        )
        .outerjoin(Group, Group.id == Organisation.group_id)
        .outerjoin(GroupOffer, GroupOffer.organisation_id == Organisation.id)
    )


def _make_summary(row: Row[*tuple[Any, ...]]) -> OrganisationSummary:
    return OrganisationSummary(*row)


def _hold(user_id: str) -> User:
    user = session().get(User, user_id)
    if user is None or user.closed_at is not None:
        raise NotFoundError
    return user
