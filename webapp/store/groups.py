"""Groups of organisations, and who may see their results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update

from webapp.clock import now
from webapp.db.tables import Group, GroupReader, Organisation, User
from webapp.db.work import session
from webapp.store.audit import record_event
from webapp.store.constraints import mapped
from webapp.store.errors import AlreadyThereError, NotFoundError, StoreError

__all__ = [
    "GroupRecord",
    "GroupScope",
    "Reader",
    "add_group_reader",
    "create_group",
    "delete_group",
    "get_group",
    "get_group_scope",
    "is_group_reader",
    "list_group_readers",
    "list_groups",
    "list_own_groups",
    "remove_group_reader",
    "rename_group",
]


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group, with how many organisations and readers it has."""

    id: str
    name: str
    organisations: int
    readers: int


@dataclass(frozen=True, slots=True)
class GroupScope:
    """One reader of one group: made by `get_group_scope` only, and asked for by every function about its results."""

    group_id: str
    group_name: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may see a group's results."""

    user_id: str
    name: str
    email: str
    since: datetime


def is_group_reader(*, user_id: str, group_id: str) -> bool:
    """Whether somebody may see a group's results."""
    query = select(GroupReader.user_id).where(GroupReader.user_id == user_id, GroupReader.group_id == group_id)
    return session().execute(query).first() is not None


def get_group_scope(*, user_id: str, group_id: str) -> GroupScope:
    """The scope of somebody in a group.

    Raises:
        NotFoundError: There is no such group, or the person may not see its results.
    """
    query = (
        select(Group.name)
        .join(GroupReader, GroupReader.group_id == Group.id)
        .where(Group.id == group_id, GroupReader.user_id == user_id)
    )
    name = session().scalar(query)
    if name is None:
        raise NotFoundError
    return GroupScope(group_id, name, user_id)


def list_own_groups(user_id: str) -> tuple[GroupRecord, ...]:
    """The groups whose results somebody may see, by name."""
    return _list(select(GroupReader.group_id).where(GroupReader.user_id == user_id))


def list_groups() -> tuple[GroupRecord, ...]:
    """Every group, by name; for administrators."""
    return _list(select(Group.id))


def get_group(group_id: str) -> GroupRecord:
    """A group by id; for administrators.

    Raises:
        NotFoundError: There is none.
    """
    found = _list(select(Group.id).where(Group.id == group_id))
    if not found:
        raise NotFoundError
    return found[0]


def create_group(*, administrator_id: str, name: str) -> str:
    """Create a group.

    Returns:
        Its id.

    Raises:
        AlreadyThereError: Another has this name.
    """
    group = Group(name=name, created_at=now())
    with mapped(_taken()):
        session().add(group)
    record_event("group_created", user_id=administrator_id, subject=group.id, details={"name": name})
    return group.id


def rename_group(*, administrator_id: str, group_id: str, name: str) -> None:
    """Call a group something else.

    Raises:
        AlreadyThereError: Another has this name.
    """
    get_group(group_id)
    with mapped(_taken()):
        session().execute(update(Group).where(Group.id == group_id).values(name=name))
    record_event("group_renamed", user_id=administrator_id, subject=group_id, details={"name": name})


def delete_group(*, administrator_id: str, group_id: str) -> None:
    """Delete a group; its organisations stay, and belong to none.

    Raises:
        NotFoundError: There is none.
    """
    name = get_group(group_id).name
    session().execute(delete(Group).where(Group.id == group_id))
    record_event("group_deleted", user_id=administrator_id, subject=group_id, details={"name": name})


def list_group_readers(group_id: str) -> tuple[Reader, ...]:
    """Who may see a group's results, by name."""
    query = (
        select(User.id, User.name, User.email, GroupReader.created_at)
        .join(GroupReader, GroupReader.user_id == User.id)
        .where(GroupReader.group_id == group_id)
        .order_by(func.lower(User.name), User.email)
    )
    return tuple(Reader(row.id, row.name, row.email, row.created_at) for row in session().execute(query))


def add_group_reader(*, administrator_id: str, group_id: str, user_id: str) -> None:
    """Let somebody see a group's results.

    Raises:
        AlreadyThereError: They may already.
    """
    there = AlreadyThereError("This person can see the group’s results already")
    with mapped({"pk_group_reader": there, "group_reader.group_id, group_reader.user_id": there}):
        session().add(GroupReader(group_id=group_id, user_id=user_id, created_at=now()))
    record_event("group_reader_added", user_id=administrator_id, subject=user_id, details=_name(group_id))


def remove_group_reader(*, administrator_id: str, group_id: str, user_id: str) -> None:
    """Let somebody no longer see a group's results.

    Raises:
        NotFoundError: They could not.
    """
    found = session().get(GroupReader, (group_id, user_id))
    if found is None:
        raise NotFoundError
    session().delete(found)
    session().flush()
    record_event("group_reader_removed", user_id=administrator_id, subject=user_id, details=_name(group_id))


def _taken() -> dict[str, StoreError]:
    error = AlreadyThereError("Another group has this name")
    return {"uq_organisation_group_name": error, "organisation_group.name": error}


def _name(group_id: str) -> dict[str, object]:
    return {"name": get_group(group_id).name}


def _list(ids: Select[str]) -> tuple[GroupRecord, ...]:
    organisations = select(func.count()).where(Organisation.group_id == Group.id).correlate(Group).scalar_subquery()
    readers = select(func.count()).where(GroupReader.group_id == Group.id).correlate(Group).scalar_subquery()
    query = (
        select(Group.id, Group.name, organisations.label("organisations"), readers.label("readers"))
        .where(Group.id.in_(ids))
        .order_by(func.lower(Group.name), Group.id)
    )
    return tuple(GroupRecord(row.id, row.name, row.organisations, row.readers) for row in session().execute(query))
