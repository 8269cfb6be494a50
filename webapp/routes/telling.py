"""Telling colleagues by email that something waits for them; what it is stands on the site only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, url_for

from webapp.auth import limits
from webapp.mail import send_mail
from webapp.store.members import Member, list_reachable
from webapp.store.people import get_person
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Role, Scope
from webapp.store.signoff import StepKind, list_events

__all__ = ["tell_assigned", "tell_commented", "tell_sent_back", "tell_signed", "tell_submitted"]

_NOT_TOLD = (
    "What you did was saved, but the email that tells your colleagues could not be sent. Please tell them yourself"
)
_SIGNERS = (Role.OWNER, Role.APPROVER)


def tell_submitted(held: Scope, record: AssessmentRecord) -> None:
    """Those who can sign: that there is something to sign."""
    _tell(held, record, "submitted", f"{record.title} waits for a signature", lambda member: member.role in _SIGNERS)


def tell_sent_back(held: Scope, record: AssessmentRecord) -> None:
    """Whoever submitted it: that it needs more work."""
    whom = _submitted_by(record)
    _tell(held, record, "sent_back", f"{record.title} was sent back", lambda member: member.user_id == whom)


def tell_signed(held: Scope, record: AssessmentRecord) -> None:
    """Whoever submitted it, and the owners: that it is done."""
    whom = _submitted_by(record)
    _tell(
        held,
        record,
        "signed",
        f"{record.title} was signed off",
        lambda member: member.user_id == whom or member.role is Role.OWNER,
    )


def tell_commented(held: Scope, record: AssessmentRecord, *, practice: str, whom: str | None) -> None:
    """The colleague to whom a comment is addressed."""
    path = url_for("answering.show_comments", practice=practice, **_ids(held, record))
    _tell(held, record, "commented", "A comment for you", lambda member: member.user_id == whom, path)


def tell_assigned(held: Scope, record: AssessmentRecord, *, theme: str, title: str, whom: str | None) -> None:
    """The colleague to whom a theme was given."""
    path = url_for("answering.show_theme", theme=theme, **_ids(held, record))
    _tell(held, record, "assigned", f"“{title}” was given to you", lambda member: member.user_id == whom, path)


def _submitted_by(record: AssessmentRecord) -> str | None:
    """Whoever submitted it last."""
    return next((step.user_id for step in list_events(record) if step.kind is StepKind.SUBMITTED), None)


def _tell(
    held: Scope,
    record: AssessmentRecord,
    template: str,
    subject: str,
    is_meant: Callable[[Member], bool],
    path: str = "",
) -> None:
    """Nobody is told of what they did themselves, and nobody can have colleagues told without end."""
    people = [member for member in list_reachable(held) if is_meant(member) and member.user_id != held.user_id]
    if not people:
        return
    if not limits.spend_if_left(limits.TELLING, held.user_id):
        flash(_NOT_TOLD, "warning")
        return
    who, path = get_person(held.user_id).name, path or url_for("results.show_results", **_ids(held, record))
    for member in people:
        send_mail(
            to=member.email,
            subject=subject,
            template=template,
            if_not_sent=_NOT_TOLD,
            name=member.name,
            who=who,
            organisation=held.organisation_name,
            title=record.title,
            path=path,
        )


def _ids(held: Scope, record: AssessmentRecord) -> dict[str, Any]:
    return {"organisation_id": held.organisation_id, "assessment_id": record.id}
