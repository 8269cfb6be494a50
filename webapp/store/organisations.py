"""Organisations."""

from __future__ import annotations

from webapp.clock import now
from webapp.db.tables import Membership, Organisation
from webapp.db.work import session
from webapp.store.audit import record_event
from webapp.store.scope import Role

__all__ = ["create_organisation"]


def create_organisation(*, user_id: str, name: str, kind: str, reference: str | None = None) -> str:
    """Create an organisation; who creates it owns it.

    Returns:
        Its id.
    """
    organisation = Organisation(name=name, kind=kind, reference=reference, created_at=now())
    session().add(organisation)
    session().flush()
    session().add(Membership(organisation_id=organisation.id, user_id=user_id, role=Role.OWNER.value, created_at=now()))
    record_event("organisation_created", user_id=user_id, organisation_id=organisation.id)
    return organisation.id
