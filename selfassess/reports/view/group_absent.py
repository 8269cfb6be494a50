"""Who is not among the organisations, and why."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.group import Absence, GroupSummary
from selfassess.reports.words import count, sentence

__all__ = ["NO_NAME", "AbsentView", "MissingOrganisation", "RejectedRow", "show_absent"]

ROWS_AT_MOST = 500
REASONS_AT_MOST = 6
NO_NAME = "No name given"


@dataclass(frozen=True, slots=True)
class MissingOrganisation:
    """An organisation that was in the previous batch only."""

    name: str
    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not be scored, where it is and why."""

    name: str
    place: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AbsentView:
    """Who is missing, and which rows were rejected; the notes say it in words."""

    missing_note: str
    missing: tuple[MissingOrganisation, ...]
    rejected_note: str
    rejected: tuple[RejectedRow, ...]


def show_absent(summary: GroupSummary) -> AbsentView:
    """Who is not among the organisations."""
    return AbsentView(
        missing_note=_missing_note(summary),
        missing=tuple(_missing(summary, item) for item in summary.not_returned[:ROWS_AT_MOST]),
        rejected_note=_rejected_note(len(summary.rejected)),
        rejected=tuple(_rejected(item) for item in summary.rejected[:ROWS_AT_MOST]),
    )


def _missing_note(summary: GroupSummary) -> str:
    if summary.changes is None:
        return "No previous batch was given, so nobody can be said to be missing."
    number = len(summary.not_returned)
    if not number:
        return "Everybody in the previous batch took part, or sent a row that was rejected."
    return f"{_of_all(number, 'organisation')} in the previous batch sent nothing this time."


def _rejected_note(number: int) -> str:
    if not number:
        return "No row was rejected."
    return (
        f"{_of_all(number, 'row')} could not be scored and counted nowhere in this report. Each is in rejected.csv "
        "with all its cells: put right what is named here, and run the batch again."
    )


def _of_all(number: int, noun: str) -> str:
    cut = f" (the first {ROWS_AT_MOST} are listed)" if number > ROWS_AT_MOST else ""
    return f"{count(number, noun)}{cut}"


def _missing(summary: GroupSummary, item: Absence) -> MissingOrganisation:
    kind = summary.standard.kinds.get(item.kind)
    return MissingOrganisation(item.name or NO_NAME, kind.title if kind else item.kind, item.reference)


def _rejected(item: Absence) -> RejectedRow:
    reasons = tuple(sentence(reason) for reason in item.reasons[:REASONS_AT_MOST])
    more = len(item.reasons) - REASONS_AT_MOST
    return RejectedRow(
        name=item.name or NO_NAME,
        place=item.place,
        reasons=(*reasons, f"And {count(more, 'more reason')}.") if more > 0 else reasons,
    )
