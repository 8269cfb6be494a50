"""Answers beside the published survey; the published numbers are shown as they are, never recomputed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selfassess.model.practice import Practice
from selfassess.model.standard import Standard
from selfassess.model.survey import BaseOfKind, Survey, SurveyRow
from selfassess.scoring import Entry

__all__ = ["SurveyComparison", "compare_with_survey"]


@dataclass(frozen=True, slots=True)
class SurveyComparison:
    """One row of the survey beside the answer to its practice.

    Attributes:
        in_place: Whether the organisation has it (level 2 or 3); None where it did not answer or it does not apply.
        same_kind_percent: The published share of the same kind of organisation; None where none was published.
        base: How many of that kind answered at most; None where none was published.
    """

    row: SurveyRow
    practice: Practice
    in_place: bool | None
    same_kind_percent: int | None
    base: BaseOfKind | None


def compare_with_survey(standard: Standard, kind: str, entries: Iterable[Entry]) -> tuple[SurveyComparison, ...]:
    """The rows whose practice was asked, in the survey's order."""
    if standard.survey is None:
        return ()
    by_row = {entry.practice.survey_row: entry for entry in entries if entry.practice.survey_row}
    return tuple(
        _compare(standard.survey, row, kind, by_row[row.id]) for row in standard.survey.rows if row.id in by_row
    )


def _compare(survey: Survey, row: SurveyRow, kind: str, entry: Entry) -> SurveyComparison:
    answer = entry.answer
    return SurveyComparison(
        row=row,
        practice=entry.practice,
        in_place=answer.is_met if answer.is_answered and answer.applies else None,
        same_kind_percent=row.in_place.get(kind),
        base=survey.bases["in_place"].by_kind.get(kind),
    )
