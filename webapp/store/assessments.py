"""Assessments of an organisation."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, select

from selfassess import Answer, Organisation, Scorecard, Standard, score
from selfassess import Assessment as AnswerSheet
from selfassess.model.answer import StandardReference
from webapp.clock import now
from webapp.db.tables import Assessment
from webapp.db.work import session
from webapp.store.answers import SavedAnswer, list_answers, write_first_answers
from webapp.store.audit import record_event
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.records import AssessmentRecord, Status
from webapp.store.scope import Scope
from webapp.store.standards import keep_standard, main_standard

__all__ = [
    "create_assessment",
    "find_latest",
    "get_assessment",
    "get_open_assessment",
    "list_assessments",
    "read_sheet",
    "score_assessment",
]


_FIELDS = (
    Assessment.id,
    Assessment.standard_hash,
    Assessment.questionnaire,
    Assessment.title,
    Assessment.date,
    Assessment.status,
    Assessment.carried_from_id,
    Assessment.corrects_id,
    Assessment.correction_reason,
    Assessment.created_by,
    Assessment.created_at,
)


def get_assessment(scope: Scope, assessment_id: str) -> AssessmentRecord:
    """An assessment of the organisation.

    Raises:
        NotFoundError: It has none of that id.
    """
    query = select(*_FIELDS).where(Assessment.id == assessment_id, Assessment.organisation_id == scope.organisation_id)
    row = session().execute(query).one_or_none()
    if row is None:
        raise NotFoundError
    return _record(row)


def get_open_assessment(scope: Scope, assessment_id: str) -> AssessmentRecord:
    """An assessment whose answers are about to change; nobody can submit or sign it before this transaction ends.

    Raises:
        NotFoundError: The organisation has none of that id.
        NotAllowedError: It was submitted or signed.
    """
    query = select(Assessment.id).where(
        Assessment.id == assessment_id, Assessment.organisation_id == scope.organisation_id
    )
    session().execute(query.with_for_update()).one_or_none()
    record = get_assessment(scope, assessment_id)
    if not record.is_open:
        raise NotAllowedError("This assessment has been submitted, so its answers cannot be changed.")
    return record


def list_assessments(scope: Scope) -> tuple[AssessmentRecord, ...]:
    """Every assessment of the organisation, the latest first."""
    query = (
        select(*_FIELDS)
        .where(Assessment.organisation_id == scope.organisation_id)
        .order_by(Assessment.date.desc(), Assessment.created_at.desc())
    )
    return tuple(_record(row) for row in session().execute(query))


def find_latest(scope: Scope, status: Status) -> AssessmentRecord | None:
    """The latest assessment of a status."""
    return next((record for record in list_assessments(scope) if record.status is status), None)


def create_assessment(
    scope: Scope,
    *,
    title: str,
    day: date,
    carry_from: str | None = None,
    answers: dict[str, Answer] | None = None,
) -> str:
    """Start an assessment with the full questionnaire of the standard installed.

    Args:
        scope: Who starts it, where.
        title: What people call it.
        day: The day the answers describe.
        carry_from: An assessment of the organisation whose answers are carried over, each to be confirmed.
        answers: Answers from elsewhere, as a quick check, to be confirmed too; those of ``carry_from`` go before.

    Returns:
        Its id.

    Raises:
        NotFoundError: The organisation has no such assessment to carry over from.
    """
    carried = dict(answers or {})
    if carry_from is not None:
        earlier = get_assessment(scope, carry_from)
        carried |= {key: saved.answer for key, saved in list_answers(earlier).items()}
    assessment = Assessment(
        organisation_id=scope.organisation_id,
        standard_hash=keep_standard(),
        questionnaire="full",
        title=title,
        date=day,
        carried_from_id=carry_from,
        created_by=scope.user_id,
        created_at=now(),
    )
    session().add(assessment)
    session().flush()
    kept = _still_asked(main_standard(), scope.kind, carried)
    write_first_answers(scope, get_assessment(scope, assessment.id), kept, to_confirm=True)
    record_event(
        "assessment_started", user_id=scope.user_id, organisation_id=scope.organisation_id, subject=assessment.id
    )
    return assessment.id


def read_sheet(scope: Scope, record: AssessmentRecord) -> AnswerSheet:
    """The assessment as the library reads one: what is in an assessment file."""
    return _sheet(scope, record, list_answers(record))


def score_assessment(scope: Scope, record: AssessmentRecord) -> Scorecard:
    """The assessment, scored by the library."""
    return score(record.standard, read_sheet(scope, record))


def _sheet(scope: Scope, record: AssessmentRecord, answers: dict[str, SavedAnswer]) -> AnswerSheet:
    standard = record.standard
    return AnswerSheet(
        standard=StandardReference(id=standard.id, version=standard.version, hash=standard.hash),
        questionnaire=record.questionnaire,
        organisation=Organisation(
            name=scope.organisation_name, kind=scope.kind, reference=scope.reference, group=scope.group_name
        ),
        date=record.date,
        answers={practice: saved.answer for practice, saved in answers.items()},
    )


def _still_asked(standard: Standard, kind: str, answers: dict[str, Answer]) -> dict[str, Answer]:
    """The answers whose practice this version of the standard still asks, and asks in the same way."""
    asked = {practice.id: practice for practice in standard.asked("full", kind)}
    return {
        key: answer for key, answer in answers.items() if key in asked and (answer.applies or asked[key].na_allowed)
    }


def _record(row: Row[*tuple[Any, ...]]) -> AssessmentRecord:
    values = dict(zip((field.key for field in _FIELDS), row, strict=True))
    return AssessmentRecord(**values | {"status": Status(row.status)})
