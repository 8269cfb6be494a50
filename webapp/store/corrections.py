"""Corrections of signed assessments: new assessments that say what they correct, and why."""

from __future__ import annotations

from collections.abc import Iterable

from webapp.clock import now
from webapp.db.tables import Assessment
from webapp.db.work import session
from webapp.store.answers import write_first_answers
from webapp.store.assessments import get_assessment, list_assessments
from webapp.store.audit import record_event
from webapp.store.errors import NotAllowedError
from webapp.store.records import AssessmentRecord, Status
from webapp.store.results import get_signed_answers, list_to_confirm
from webapp.store.scope import Scope
from webapp.store.signoff import hold_assessment

__all__ = ["find_correction", "start_correction"]


def start_correction(scope: Scope, assessment_id: str, *, reason: str) -> str:
    """Start a correction: a new assessment of the same standard, day and answers.

    What nobody had confirmed when it was signed is to be confirmed in the correction too.

    Args:
        scope: Who starts it.
        assessment_id: The signed assessment.
        reason: What is wrong with it, for everybody who reads either of the two.

    Returns:
        The id of the correction.

    Raises:
        NotFoundError: The organisation has no such assessment.
        NotAllowedError: It is not signed, or there is a correction of it already.
        AlteredError: What was signed is no longer there.
    """
    record = hold_assessment(scope, assessment_id)
    _check_correctable(scope, record)
    correction = _copy(scope, record, reason)
    session().add(correction)
    session().flush()
    _copy_answers(scope, record, get_assessment(scope, correction.id))
    record_event(
        "assessment_corrected",
        user_id=scope.user_id,
        organisation_id=scope.organisation_id,
        subject=record.id,
        details={"correction": correction.id},
    )
    return correction.id


def find_correction(record: AssessmentRecord, records: Iterable[AssessmentRecord]) -> AssessmentRecord | None:
    """What corrects an assessment, among those of its organisation; None where nothing does."""
    return next((other for other in records if other.corrects_id == record.id), None)


def _check_correctable(scope: Scope, record: AssessmentRecord) -> None:
    if record.status is not Status.SIGNED:
        raise NotAllowedError("Only a signed assessment is corrected: while it is open, change the answers themselves.")
    found = find_correction(record, list_assessments(scope))
    if found is not None:
        state = "has been signed: correct that one" if found.status is Status.SIGNED else "is open: finish that one"
        raise NotAllowedError(f"There is a correction of this assessment already, and it {state}.")


def _copy_answers(scope: Scope, record: AssessmentRecord, correction: AssessmentRecord) -> None:
    answers = get_signed_answers(record).read().answers
    open_ones = list_to_confirm(record)
    for to_confirm in (False, True):
        part = {key: answer for key, answer in answers.items() if (key in open_ones) is to_confirm}
        write_first_answers(scope, correction, part, to_confirm=to_confirm)


_ADDED = ", corrected"
"""What the title has more than that of the corrected one, so that lists show which is which."""


def _copy(scope: Scope, record: AssessmentRecord, reason: str) -> Assessment:
    return Assessment(
        organisation_id=scope.organisation_id,
        standard_hash=record.standard_hash,
        questionnaire=record.questionnaire,
        title=record.title.removesuffix(_ADDED) + _ADDED,
        date=record.date,
        corrects_id=record.id,
        correction_reason=reason,
        created_by=scope.user_id,
        created_at=now(),
    )
