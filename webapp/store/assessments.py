"""Assessments of an organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select

from selfassess import Answer, Organisation, Scorecard, Standard, score
from selfassess import Assessment as AnswerSheet
from selfassess.model.answer import NA, StandardReference
from selfassess.model.practice import Practice
from webapp.clock import now
from webapp.db.prepared import Prepared
from webapp.db.tables import Answer as AnswerRow
from webapp.db.tables import Assessment
from webapp.db.work import ask, fetch, session
from webapp.store.answers import SavedAnswer, list_answers, write_first_answers
from webapp.store.audit import record_event
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.holding import hold_organisation
from webapp.store.records import AssessmentRecord, Status
from webapp.store.scope import Scope, get_scope
from webapp.store.standards import keep_standard, main_standard

__all__ = [
    "Carriable",
    "create_assessment",
    "find_title",
    "get_assessment",
    "get_open_assessment",
    "list_assessments",
    "list_carriable",
    "make_sheet",
    "read_sheet",
    "score_answers",
    "score_assessment",
]

QUESTIONNAIRE = "full"
"""What an assessment with an account asks."""


@dataclass(frozen=True, slots=True)
class Carriable:
    """An assessment whose answers can be carried over, and how many of them are still asked."""

    record: AssessmentRecord
    answers: int


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
_NAMES = tuple(field.key for field in _FIELDS)


def get_assessment(scope: Scope, assessment_id: str) -> AssessmentRecord:
    """An assessment of the organisation.

    Raises:
        NotFoundError: It has none of that id.
    """
    rows = ask(_ONE, _names(scope, assessment_id))
    if not rows:
        raise NotFoundError
    return _record(*rows[0])


def get_open_assessment(scope: Scope, assessment_id: str) -> AssessmentRecord:
    """An assessment whose answers are about to change; nobody can submit or sign it before this transaction ends.

    Raises:
        NotFoundError: The organisation has none of that id.
        NotAllowedError: It was submitted or signed.
    """
    rows = ask(_ONE_TO_CHANGE, _names(scope, assessment_id))
    if not rows:
        raise NotFoundError
    record = _record(*rows[0])
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
    return tuple(_record(*row) for row in fetch(query))


def list_carriable(scope: Scope) -> tuple[Carriable, ...]:
    """The assessments from which a new one can take answers, the latest first."""
    asked = {practice.id: practice for practice in main_standard().asked(QUESTIONNAIRE, scope.kind)}
    query = (
        select(AnswerRow.assessment_id, AnswerRow.practice, AnswerRow.level)
        .join(Assessment, Assessment.id == AnswerRow.assessment_id)
        .where(Assessment.organisation_id == scope.organisation_id, AnswerRow.level.is_not(None))
    )
    counts = Counter(row.assessment_id for row in fetch(query) if _is_asked(asked.get(row.practice), row.level != NA))
    return tuple(Carriable(record, counts[record.id]) for record in list_assessments(scope) if counts[record.id])


def find_title(scope: Scope, assessment_id: str | None) -> str | None:
    """What people call an assessment of the organisation; None where there is none."""
    query = select(Assessment.title).where(
        Assessment.id == assessment_id, Assessment.organisation_id == scope.organisation_id
    )
    return session().scalar(query) if assessment_id else None


def create_assessment(
    scope: Scope,
    *,
    title: str,
    day: date,
    carry_from: str | None = None,
    answers: Mapping[str, Answer] | None = None,
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
    hold_organisation(scope.organisation_id)
    scope = get_scope(user_id=scope.user_id, organisation_id=scope.organisation_id)  # its kind decides what is asked
    carried = dict(answers or {})
    if carry_from is not None:
        earlier = get_assessment(scope, carry_from)
        carried |= {key: saved.answer for key, saved in list_answers(earlier).items()}
    assessment = Assessment(
        organisation_id=scope.organisation_id,
        standard_hash=keep_standard(),
        questionnaire=QUESTIONNAIRE,
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
    return make_sheet(scope, record, list_answers(record))


def score_assessment(scope: Scope, record: AssessmentRecord) -> Scorecard:
    """The assessment, scored by the library."""
    return score_answers(scope, record, list_answers(record))


def score_answers(scope: Scope, record: AssessmentRecord, answers: Mapping[str, SavedAnswer]) -> Scorecard:
    """The assessment, scored by the library; for who has read its answers already."""
    return score(record.standard, make_sheet(scope, record, answers))


def make_sheet(scope: Scope, record: AssessmentRecord, answers: Mapping[str, SavedAnswer]) -> AnswerSheet:
    """The assessment as the library reads one; for who has read its answers already."""
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


def _still_asked(standard: Standard, kind: str, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers whose practice this version of the standard still asks, and asks in the same way."""
    asked = {practice.id: practice for practice in standard.asked(QUESTIONNAIRE, kind)}
    return {key: answer for key, answer in answers.items() if _is_asked(asked.get(key), answer.applies)}


def _is_asked(practice: Practice | None, applies: bool) -> bool:  # noqa: FBT001 - private, and named by its answer
    return practice is not None and (applies or practice.na_allowed)


def _names(scope: Scope, assessment_id: str) -> dict[str, str]:
    return {"assessment": assessment_id, "organisation": scope.organisation_id}


def _one() -> Select[*tuple[Any, ...]]:
    return select(*_FIELDS).where(
        Assessment.id == bindparam("assessment"), Assessment.organisation_id == bindparam("organisation")
    )


_ONE = Prepared(_one())
_ONE_TO_CHANGE = Prepared(_one().with_for_update())


def _record(*values: Any) -> AssessmentRecord:
    named = dict(zip(_NAMES, values, strict=True))
    named["status"] = Status(named["status"])
    return AssessmentRecord(**named)
