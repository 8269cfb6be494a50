"""Who belongs to an organisation, and in which role."""

from __future__ import annotations

from webapp.clock import now
from webapp.db.tables import Membership
from webapp.db.work import session
from webapp.store.constraints import mapped
from webapp.store.errors import AlreadyThereError
from webapp.store.scope import Role, Scope

__all__ = ["add_member"]


def add_member(scope: Scope, *, user_id: str, role: Role) -> None:
    """Make somebody a member.

    Raises:
        AlreadyThereError: They are one.
    """
    there = AlreadyThereError("is a member already")
    with mapped({"pk_membership": there, "membership.organisation_id, membership.user_id": there}):
        session().add(
            Membership(organisation_id=scope.organisation_id, user_id=user_id, role=role.value, created_at=now())
        )
