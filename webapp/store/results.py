"""What an assessment comes to: of a signed one, what was signed; of any other, what is answered now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import select

from selfassess import Assessment as AnswerSheet
from selfassess import Comparison, ComparisonError, Scorecard, compare, score
from webapp.db.tables import Answer as AnswerRow
from webapp.db.tables import Assessment, SignedCopy
from webapp.db.work import session
from webapp.store.answers import list_all_answers
from webapp.store.assessments import list_assessments, read_sheet, score_answers
from webapp.store.errors import StoreError
from webapp.store.records import AssessmentRecord, Status
from webapp.store.scope import Scope
from webapp.store.standards import get_standard

__all__ = [
    "AlteredError",
    "SignedAnswers",
    "check_unaltered",
    "compare_cards",
    "compare_with_previous",
    "find_previous",
    "get_signed_answers",
    "list_to_confirm",
    "score_every_record",
    "score_record",
]


class AlteredError(StoreError):
    """Something that was signed is no longer what its checksum says: it must not be shown as signed."""


@dataclass(frozen=True, slots=True)
class SignedAnswers:
    """The answers as they were signed.

    Attributes:
        document: An assessment file in JSON.
        checksum: Its SHA-256, in hexadecimal.
    """

    document: str
    checksum: str
    signed_at: datetime

    def read(self) -> AnswerSheet:
        """The answers as the library reads them."""
        return AnswerSheet.model_validate_json(self.document)


def get_signed_answers(record: AssessmentRecord) -> SignedAnswers:
    """The answers of a signed assessment.

    Raises:
        AlteredError: They were changed in the database, or are gone.
    """
    row = session().execute(select(*_SIGNED).where(SignedCopy.assessment_id == record.id)).one_or_none()
    return _check_signed(record, SignedAnswers(*row) if row else None)


_SIGNED = (SignedCopy.document, SignedCopy.checksum, SignedCopy.signed_at)


def _check_signed(record: AssessmentRecord, signed: SignedAnswers | None) -> SignedAnswers:
    if signed is None:
        raise AlteredError(f"assessment {record.id}: the signed answers are gone")
    check_unaltered(signed.document.encode(), signed.checksum, f"assessment {record.id}: the signed answers")
    return signed


def list_to_confirm(record: AssessmentRecord) -> frozenset[str]:
    """The practices whose answers were carried over and not confirmed; of a signed assessment, when it was signed."""
    query = select(AnswerRow.practice).where(AnswerRow.assessment_id == record.id, AnswerRow.to_confirm)
    return frozenset(session().scalars(query))


def check_unaltered(content: bytes, checksum: str | None, what: str) -> None:
    """Refuse what is no longer what it was.

    Args:
        content: What is kept.
        checksum: Its SHA-256 when it was written.
        what: What it is, for the log.

    Raises:
        AlteredError: It was changed.
    """
    if sha256(content).hexdigest() != checksum:
        raise AlteredError(f"{what} were changed in the database")


def score_record(scope: Scope, record: AssessmentRecord) -> Scorecard:
    """An assessment, scored; a signed one as it was signed, whatever became of its rows.

    Raises:
        AlteredError: What was signed is no longer there.
    """
    if record.status is not Status.SIGNED:
        return score(record.standard, read_sheet(scope, record))
    return _score_signed(get_signed_answers(record), record.standard_hash)


def score_every_record(scope: Scope, records: Iterable[AssessmentRecord]) -> list[Scorecard]:
    """Assessments of the organisation, scored as `score_record` does, with two questions for all of them.

    Raises:
        AlteredError: What was signed is no longer there.
    """
    answers, signed = list_all_answers(scope), _list_signed(scope)
    return [
        _score_signed(_check_signed(record, signed.get(record.id)), record.standard_hash)
        if record.status is Status.SIGNED
        else score_answers(scope, record, answers.get(record.id, {}))
        for record in records
    ]


def _list_signed(scope: Scope) -> dict[str, SignedAnswers]:
    query = (
        select(SignedCopy.assessment_id, *_SIGNED)
        .join(Assessment, Assessment.id == SignedCopy.assessment_id)
        .where(Assessment.organisation_id == scope.organisation_id)
    )
    return {
        row.assessment_id: SignedAnswers(row.document, row.checksum, row.signed_at) for row in session().execute(query)
    }


@lru_cache(maxsize=32)
def _score_signed(signed: SignedAnswers, standard_hash: str) -> Scorecard:
    """Scored once in a process: the same bytes always come to the same."""
    return score(get_standard(standard_hash), signed.read())


def compare_cards(old: Scorecard, new: Scorecard) -> Comparison:
    """Two assessments of the same organisation, which may have been renamed in between.

    Raises:
        ComparisonError: They answer different standards.
    """
    renamed = old.assessment.model_copy(update={"organisation": new.assessment.organisation})
    return compare(replace(old, assessment=renamed), new)


def compare_with_previous(
    scope: Scope, record: AssessmentRecord, card: Scorecard, records: Sequence[AssessmentRecord] | None = None
) -> Comparison | None:
    """What moved since the assessment that was signed before; None where there is none to compare with.

    Args:
        scope: Who asks.
        record: The newer of the two.
        card: What it comes to.
        records: Every assessment of the organisation, where they are known already.
    """
    previous = find_previous(scope, record, list_assessments(scope) if records is None else records)
    if previous is None:
        return None
    try:
        return compare_cards(score_record(scope, previous), card)
    except ComparisonError:
        return None  # it answers another standard


def find_previous(
    scope: Scope, record: AssessmentRecord, records: Sequence[AssessmentRecord]
) -> AssessmentRecord | None:
    """The assessment that a report of this one looks back to, among those of the organisation.

    It is the latest that was signed before this one, describes no later day, is not corrected by another that was
    signed, and is not itself corrected by this one. So it stays the same for ever once this one is signed.
    """
    moments = _list_signatures(scope)
    limit = moments.get(record.id)
    earlier = [r for r in records if r.id in moments and (limit is None or moments[r.id] < limit)]
    left_out = {r.corrects_id for r in earlier} | _corrected_by(record, records)
    held = [r for r in earlier if r.date <= record.date and r.id not in left_out]
    return max(held, key=lambda r: (r.date, moments[r.id]), default=None)


def _list_signatures(scope: Scope) -> dict[str, datetime]:
    query = (
        select(SignedCopy.assessment_id, SignedCopy.signed_at)
        .join(Assessment, Assessment.id == SignedCopy.assessment_id)
        .where(Assessment.organisation_id == scope.organisation_id)
    )
    return {row.assessment_id: row.signed_at for row in session().execute(query)}


def _corrected_by(record: AssessmentRecord, records: Iterable[AssessmentRecord]) -> set[str | None]:
    """This assessment, the one that it corrects, the one that that one corrects, and so on."""
    corrects = {r.id: r.corrects_id for r in records}
    found: set[str | None] = set()
    step: str | None = record.id
    while step is not None and step not in found:
        found.add(step)
        step = corrects.get(step)
    return found
