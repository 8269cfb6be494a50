"""The audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import aliased

from webapp.clock import now
from webapp.db.tables import AuditEvent, Organisation, User
from webapp.db.work import session
from webapp.store.paging import Paged, fetch_page

__all__ = ["EventRecord", "list_event_names", "list_events", "record_event"]


def record_event(
    event: str,
    *,
    user_id: str | None,
    organisation_id: str | None = None,
    subject: str | None = None,
    details: dict[str, object] | None = None,
) -> None:
    """Add an event to the log, in the transaction of what it tells of.

    Args:
        event: What happened, as ``member_invited``.
        user_id: Who did it; None for the site itself.
        organisation_id: Whose it is.
        subject: The id of what it happened to.
        details: What else to know; never an answer, a note or a password.
    """
    session().add(
        AuditEvent(
            happened_at=now(),
            event=event,
            user_id=user_id,
            organisation_id=organisation_id,
            subject=subject,
            details=details or {},
        )
    )


@dataclass(frozen=True, slots=True)
class EventRecord:
    """Something that happened, with the names that things and people have now.

    Attributes:
        user_name: Who did it; None for the site itself, empty for an account that was closed.
        subject_name: Whom it happened to, where it happened to a person.
        organisation_name: None for no organisation, or for one that was deleted.
    """

    happened_at: datetime
    event: str
    user_id: str | None
    user_name: str | None
    subject_id: str | None
    subject_name: str | None
    organisation_id: str | None
    organisation_name: str | None
    details: dict[str, object]


_Subject = aliased(User, name="subject")


def list_events(*, number: int, event: str = "", organisation: str = "") -> Paged[EventRecord]:
    """A page of the log, the latest first; for administrators.

    Args:
        number: Which page, from 1.
        event: Only this event.
        organisation: Only of organisations with this in their names, or of the one with this id.
    """
    query = _select()
    if event:
        query = query.where(AuditEvent.event == event)
    if organisation:
        is_named = Organisation.name.icontains(organisation, autoescape=True)
        query = query.where(or_(AuditEvent.organisation_id == organisation, is_named))
    return fetch_page(query, _make_record, number=number)


def list_event_names() -> tuple[str, ...]:
    """Every event that ever happened."""
    return tuple(session().scalars(select(AuditEvent.event).distinct().order_by(AuditEvent.event)))


def _select() -> Select[*tuple[Any, ...]]:
    return (
        select(
            AuditEvent.id,
            AuditEvent.happened_at,
            AuditEvent.event,
            AuditEvent.user_id,
            User.name.label("user_name"),
            AuditEvent.subject,
            _Subject.name.label("subject_name"),
            AuditEvent.organisation_id,
            Organisation.name.label("organisation_name"),
            AuditEvent.details,
        )
        .outerjoin(User, User.id == AuditEvent.user_id)
        .outerjoin(_Subject, _Subject.id == AuditEvent.subject)
        .outerjoin(Organisation, Organisation.id == AuditEvent.organisation_id)
        .order_by(AuditEvent.id.desc())  # the order in which it happened, whatever the clock said
    )


def _make_record(row: Row[*tuple[Any, ...]]) -> EventRecord:
    return EventRecord(
        happened_at=row.happened_at,
        event=row.event,
        user_id=row.user_id,
        user_name=row.user_name,
        subject_id=row.subject,
        subject_name=row.subject_name,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        details=row.details,
    )
