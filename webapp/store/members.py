"""Who belongs to an organisation, and in which role; it always has an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select

from webapp.clock import now
from webapp.db.tables import Membership, User
from webapp.db.work import session
from webapp.store.audit import record_event
from webapp.store.constraints import mapped
from webapp.store.errors import AlreadyThereError, NotAllowedError, NotFoundError
from webapp.store.holding import hold_organisation
from webapp.store.scope import Role, Scope

__all__ = [
    "LastOwnerError",
    "Member",
    "add_member",
    "change_role",
    "get_member",
    "hand_over",
    "insert_member",
    "leave_organisation",
    "list_members",
    "list_reachable",
    "list_team",
    "remove_member",
]


class LastOwnerError(NotAllowedError):
    """An organisation without an owner could never be changed again."""

    def __init__(self) -> None:
        super().__init__("An organisation needs an owner. Make somebody else an owner first")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in an organisation."""

    user_id: str
    name: str
    email: str
    role: Role
    since: datetime


def list_members(scope: Scope) -> tuple[Member, ...]:
    """Everybody in the organisation, by name."""
    return list_team(scope.organisation_id)


def list_reachable(scope: Scope) -> tuple[Member, ...]:
    """Everybody in the organisation whose account is not deactivated, by name."""
    return _list(_members(scope.organisation_id).where(User.active))


def list_team(organisation_id: str) -> tuple[Member, ...]:
    """Everybody in an organisation, by name; for administrators."""
    return _list(_members(organisation_id))


def get_member(scope: Scope, user_id: str) -> Member:
    """Somebody in the organisation.

    Raises:
        NotFoundError: They are not in it.
    """
    row = session().execute(_members(scope.organisation_id).where(User.id == user_id)).one_or_none()
    if row is None:
        raise NotFoundError
    return _make_member(row)


def add_member(scope: Scope, *, user_id: str, role: Role) -> None:
    """Make somebody a member.

    Raises:
        AlreadyThereError: They are one.
    """
    insert_member(organisation_id=scope.organisation_id, user_id=user_id, role=role)
    _record(scope, "member_added", user_id, role=role.value)


def insert_member(*, organisation_id: str, user_id: str, role: Role) -> None:
    """Write a membership; whoever calls this knows why the person may belong, and records it.

    Raises:
        AlreadyThereError: They are a member.
    """
    there = AlreadyThereError("is a member already")
    with mapped({"pk_membership": there, "membership.organisation_id, membership.user_id": there}):
        session().add(Membership(organisation_id=organisation_id, user_id=user_id, role=role.value, created_at=now()))


def change_role(scope: Scope, *, user_id: str, role: Role) -> None:
    """Give a member another role.

    Raises:
        NotFoundError: They are no member.
        LastOwnerError: They are the only owner.
    """
    membership = _hold(scope, user_id)
    if membership.role == role.value:
        return
    _keep_an_owner(scope, membership)
    _record(scope, "role_changed", user_id, was=membership.role, role=role.value)
    membership.role = role.value
    session().flush()


def remove_member(scope: Scope, *, user_id: str) -> None:
    """Take somebody out of the organisation; what they wrote stays.

    Raises:
        NotFoundError: They are no member.
        LastOwnerError: They are the only owner.
    """
    _take_out(scope, user_id, "member_removed")


def leave_organisation(scope: Scope) -> None:
    """Take oneself out of the organisation.

    Raises:
        LastOwnerError: One is the only owner.
    """
    _take_out(scope, scope.user_id, "member_left")


def hand_over(scope: Scope, *, user_id: str, own_role: Role) -> None:
    """Make another member an owner, and take another role oneself.

    Raises:
        NotFoundError: They are no member.
    """
    change_role(scope, user_id=user_id, role=Role.OWNER)
    change_role(scope, user_id=scope.user_id, role=own_role)


def _members(organisation_id: str) -> Select[str, str, str, str, datetime]:
    return (
        select(User.id, User.name, User.email, Membership.role, Membership.created_at)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation_id)
    )


def _list(query: Select[str, str, str, str, datetime]) -> tuple[Member, ...]:
    ordered = query.order_by(func.lower(User.name), User.email)
    return tuple(_make_member(row) for row in session().execute(ordered))


def _make_member(row: Row[str, str, str, str, datetime]) -> Member:
    return Member(row.id, row.name, row.email, Role(row.role), row.created_at)


def _hold(scope: Scope, user_id: str) -> Membership:
    """A membership that is about to change; nobody else can change one of this organisation meanwhile."""
    hold_organisation(scope.organisation_id)
    found = session().get(Membership, (scope.organisation_id, user_id), populate_existing=True)
    if found is None:
        raise NotFoundError
    return found


def _keep_an_owner(scope: Scope, membership: Membership) -> None:
    if membership.role != Role.OWNER.value:
        return
    owners = select(func.count()).where(
        Membership.organisation_id == scope.organisation_id, Membership.role == Role.OWNER.value
    )
    if session().scalar(owners) == 1:
        raise LastOwnerError


def _take_out(scope: Scope, user_id: str, event: str) -> None:
    membership = _hold(scope, user_id)
    _keep_an_owner(scope, membership)
    session().delete(membership)
    session().flush()
    _record(scope, event, user_id, was=membership.role)


def _record(scope: Scope, event: str, subject: str, **details: object) -> None:
    record_event(event, user_id=scope.user_id, organisation_id=scope.organisation_id, subject=subject, details=details)
