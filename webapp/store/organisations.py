"""Organisations."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from webapp.clock import now
from webapp.db.tables import Assessment, Group, HeldForm, Membership, Organisation, Plan
from webapp.db.work import session
from webapp.store.audit import record_event
from webapp.store.errors import NotAllowedError
from webapp.store.holding import hold_organisation
from webapp.store.scope import Role, Scope

__all__ = [
    "OwnOrganisation",
    "change_organisation",
    "create_organisation",
    "delete_organisation",
    "has_assessments",
    "list_own_organisations",
]


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """An organisation, as one of its members sees it in a list."""

    id: str
    name: str
    kind: str
    reference: str | None
    group_name: str | None
    role: Role


def list_own_organisations(user_id: str) -> tuple[OwnOrganisation, ...]:
    """The organisations of which somebody is a member, by name."""
    query = (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.kind,
            Organisation.reference,
            Group.name.label("group_name"),
            Membership.role,
        )
        .join(Membership, Membership.organisation_id == Organisation.id)
        .outerjoin(Group, Group.id == Organisation.group_id)
        .where(Membership.user_id == user_id)
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return tuple(
        OwnOrganisation(row.id, row.name, row.kind, row.reference, row.group_name, Role(row.role))
        for row in session().execute(query)
    )


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


def has_assessments(scope: Scope) -> bool:
    """Whether the organisation has begun an assessment."""
    query = select(Assessment.id).where(Assessment.organisation_id == scope.organisation_id).limit(1)
    return session().execute(query).first() is not None


def change_organisation(scope: Scope, *, name: str, kind: str, reference: str | None) -> None:
    """Change what an organisation is called, and its kind as long as it has no assessment.

    Raises:
        NotAllowedError: Its kind decides what an assessment asks, and it has one.
    """
    hold_organisation(scope.organisation_id)
    organisation = session().get_one(Organisation, scope.organisation_id, populate_existing=True)
    if kind != organisation.kind and has_assessments(scope):
        raise NotAllowedError(
            "The kind cannot be changed once there is an assessment, because it decides what is asked"
        )
    changed = [
        field
        for field, value in (("name", name), ("kind", kind), ("reference", reference))
        if getattr(organisation, field) != value
    ]
    organisation.name, organisation.kind, organisation.reference = name, kind, reference
    if changed:
        record_event(
            "organisation_changed",
            user_id=scope.user_id,
            organisation_id=scope.organisation_id,
            details={"fields": changed},
        )


def delete_organisation(scope: Scope) -> None:
    """Delete an organisation with everything that it ever wrote; the log keeps its name, and who deleted it."""
    path = f"/organisations/{scope.organisation_id}/"
    session().execute(delete(HeldForm).where(HeldForm.path.startswith(path, autoescape=True)))
    session().execute(delete(Plan).where(Plan.organisation_id == scope.organisation_id))
    session().execute(delete(Organisation).where(Organisation.id == scope.organisation_id))
    record_event(
        "organisation_deleted",
        user_id=scope.user_id,
        organisation_id=scope.organisation_id,
        details={"name": scope.organisation_name},
    )
