"""What a person may reach: every question about an organisation's data goes through a scope."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, select

from webapp.db.prepared import Prepared
from webapp.db.tables import Group, Membership, Organisation
from webapp.db.work import ask
from webapp.store.errors import NotFoundError

__all__ = ["Role", "Scope", "get_scope"]


class Role(StrEnum):
    """What somebody may do in an organisation."""

    OWNER = "owner"
    APPROVER = "approver"
    CONTRIBUTOR = "contributor"
    READER = "reader"


_INCLUDES = {
    Role.OWNER: frozenset(Role),
    Role.APPROVER: frozenset({Role.APPROVER, Role.READER}),
    Role.CONTRIBUTOR: frozenset({Role.CONTRIBUTOR, Role.READER}),
    Role.READER: frozenset({Role.READER}),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """One person in one organisation: made by `get_scope` only, and asked for by every function about its data."""

    organisation_id: str
    organisation_name: str
    kind: str
    reference: str | None
    group_name: str | None
    user_id: str
    role: Role

    def may_act_as(self, role: Role) -> bool:
        """Whether this person's role includes another: an owner may do everything, nobody else may answer and sign."""
        return role in _INCLUDES[self.role]


def get_scope(*, user_id: str, organisation_id: str) -> Scope:
    """The scope of somebody in an organisation.

    Raises:
        NotFoundError: There is no such organisation, or the person is no member.
    """
    rows = ask(_MEMBERSHIP, {"user": user_id, "organisation": organisation_id})
    if not rows:
        raise NotFoundError
    role, name, kind, reference, group_name = rows[0]
    return Scope(
        organisation_id=organisation_id,
        organisation_name=name,
        kind=kind,
        reference=reference,
        group_name=group_name,
        user_id=user_id,
        role=Role(role),
    )


_MEMBERSHIP = Prepared(
    select(Membership.role, Organisation.name, Organisation.kind, Organisation.reference, Group.name)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .outerjoin(Group, Group.id == Organisation.group_id)
    .where(Membership.user_id == bindparam("user"), Membership.organisation_id == bindparam("organisation"))
)
