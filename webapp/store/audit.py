"""The audit log."""

from __future__ import annotations

from webapp.clock import now
from webapp.db.tables import AuditEvent
from webapp.db.work import session

__all__ = ["record_event"]


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
