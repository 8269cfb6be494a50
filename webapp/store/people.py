"""Accounts, as the rest of the site sees them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from webapp.clock import now
from webapp.db.tables import Role, User
from webapp.db.work import session
from webapp.store.errors import NotFoundError

__all__ = ["ADMINISTRATOR", "Person", "get_person", "is_administrator", "make_administrator"]

ADMINISTRATOR = "administrator"
"""The one role in the site as a whole."""


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
    return Person(row.id, row.name, row.email)


def is_administrator(user_id: str) -> bool:
    """Whether somebody administers the site."""
    query = select(Role.id).join(User.roles.of_type(Role)).where(User.id == user_id, Role.name == ADMINISTRATOR)
    return session().execute(query).first() is not None


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
