"""The way to a signature: submit, take back, send back, sign.

Each step looks the assessment up for itself and holds it until the transaction ends, so that of two people who take a
step at the same time the second is told that the first was there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update

from webapp.clock import now
from webapp.db.tables import Assessment, ReviewEvent
from webapp.db.work import session
from webapp.store.assessments import get_assessment
from webapp.store.audit import record_event
from webapp.store.errors import ChangedMeanwhileError, NotAllowedError
from webapp.store.people import get_person
from webapp.store.records import AssessmentRecord, Status
from webapp.store.reports import freeze_reports
from webapp.store.scope import Scope

__all__ = [
    "Step",
    "StepKind",
    "find_last_event",
    "hold_assessment",
    "list_events",
    "send_back",
    "sign_assessment",
    "submit_assessment",
    "take_back",
]


class StepKind(StrEnum):
    """A step on the way to a signature."""

    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Step:
    """A step that somebody took.

    Attributes:
        id: Counts up; whoever signs says by it which submission they read.
        reason: Why it was sent back; empty where an owner took it back.
        user_name: What they were called then.
    """

    id: int
    kind: StepKind
    reason: str
    user_id: str | None
    user_name: str
    happened_at: datetime

    @property
    def is_taken_back(self) -> bool:
        """Whether an owner took back what had been submitted."""
        return self.kind is StepKind.SENT_BACK and not self.reason


def list_events(record: AssessmentRecord) -> tuple[Step, ...]:
    """Every step of an assessment, the latest first."""
    query = select(ReviewEvent).where(ReviewEvent.assessment_id == record.id).order_by(ReviewEvent.id.desc())
    return tuple(
        Step(row.id, StepKind(row.kind), row.reason, row.user_id, row.user_name, row.happened_at)
        for row in session().scalars(query)
    )


def find_last_event(record: AssessmentRecord) -> Step | None:
    """The last step of an assessment; None before it is first submitted."""
    return next(iter(list_events(record)), None)


def submit_assessment(scope: Scope, assessment_id: str) -> None:
    """Give an assessment to the approver; from now on its answers are locked.

    Raises:
        NotFoundError: The organisation has no such assessment.
        NotAllowedError: It was submitted or signed before.
    """
    record = _hold(scope, assessment_id, Status.OPEN, "This assessment has been submitted already.")
    _step(scope, record, StepKind.SUBMITTED, Status.SUBMITTED)
    _log(scope, record, "assessment_submitted")


def take_back(scope: Scope, assessment_id: str) -> None:
    """Open a submitted assessment again; an owner does so, before it is signed.

    Raises:
        NotFoundError: The organisation has no such assessment.
        NotAllowedError: It is open, or was signed.
    """
    record = _hold(scope, assessment_id, Status.SUBMITTED, _NOT_WAITING)
    _step(scope, record, StepKind.SENT_BACK, Status.OPEN)
    _log(scope, record, "assessment_sent_back", {"taken_back": True})


def send_back(scope: Scope, assessment_id: str, *, reason: str, submission: int) -> None:
    """Open a submitted assessment again and tell the team why.

    Args:
        scope: Who sends it back.
        assessment_id: What.
        reason: Why, for the team.
        submission: The submission that was read.

    Raises:
        NotFoundError: The organisation has no such assessment.
        NotAllowedError: It is open, or was signed.
        ChangedMeanwhileError: It was taken back and submitted again since.
    """
    record = _hold_submission(scope, assessment_id, submission)
    _step(scope, record, StepKind.SENT_BACK, Status.OPEN, reason)
    _log(scope, record, "assessment_sent_back")


def sign_assessment(scope: Scope, assessment_id: str, *, submission: int) -> None:
    """Sign an assessment: its answers and reports are kept as they are, for good.

    Args:
        scope: Who signs.
        assessment_id: What.
        submission: The submission that was read.

    Raises:
        NotFoundError: The organisation has no such assessment.
        NotAllowedError: It is open, or was signed.
        ChangedMeanwhileError: It was taken back and submitted again since.
    """
    record = _hold_submission(scope, assessment_id, submission)
    checksums = freeze_reports(scope, record, signer=get_person(scope.user_id).name, moment=now())
    _step(scope, record, StepKind.SIGNED, Status.SIGNED)
    _log(scope, record, "assessment_signed", {"checksums": checksums})


def hold_assessment(scope: Scope, assessment_id: str) -> AssessmentRecord:
    """An assessment that nobody else can take a step with before this transaction ends.

    Raises:
        NotFoundError: The organisation has none of that id.
    """
    query = select(Assessment.id).where(
        Assessment.id == assessment_id, Assessment.organisation_id == scope.organisation_id
    )
    session().execute(query.with_for_update()).one_or_none()
    return get_assessment(scope, assessment_id)


_NOT_WAITING = "This assessment is not waiting for a signature: somebody has signed it, sent it back or taken it back."


def _hold(scope: Scope, assessment_id: str, status: Status, refusal: str) -> AssessmentRecord:
    record = hold_assessment(scope, assessment_id)
    if record.status is not status:
        raise NotAllowedError(refusal)
    return record


def _hold_submission(scope: Scope, assessment_id: str, submission: int) -> AssessmentRecord:
    record = _hold(scope, assessment_id, Status.SUBMITTED, _NOT_WAITING)
    last = find_last_event(record)
    if last is None or last.id != submission:
        raise ChangedMeanwhileError(
            "This assessment was opened and submitted again after you opened this page. Read the results again first."
        )
    return record


def _step(scope: Scope, record: AssessmentRecord, kind: StepKind, status: Status, reason: str = "") -> None:
    session().execute(update(Assessment).where(Assessment.id == record.id).values(status=status.value))
    event = ReviewEvent(
        assessment_id=record.id,
        kind=kind.value,
        reason=reason,
        user_id=scope.user_id,
        user_name=get_person(scope.user_id).name,
        happened_at=now(),
    )
    session().add(event)
    session().flush()


def _log(scope: Scope, record: AssessmentRecord, event: str, details: dict[str, object] | None = None) -> None:
    record_event(
        event, user_id=scope.user_id, organisation_id=scope.organisation_id, subject=record.id, details=details
    )
