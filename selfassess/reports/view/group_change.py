"""What has changed since the previous batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selfassess.explanation import round_half_up
from selfassess.group import Change, GroupSummary
from selfassess.reports.view.group_common import RATING_ORDER, number_of, show_score
from selfassess.reports.words import RATING_WORDS, count, day

__all__ = ["ChangeRow", "GroupChange", "count_directions", "show_group_change"]

NEW_NAMED_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An organisation then and now; ``note`` says what makes the two hard to compare."""

    name: str
    then: str
    met: tuple[str, str]
    score: tuple[str, str]
    change: str
    rating: tuple[str, str]
    note: str


@dataclass(frozen=True, slots=True)
class GroupChange:
    """The organisations that were in the previous batch too.

    Attributes:
        remarks: How many could be compared, how they moved, who is new.
        ratings: Rating, how many had it then, how many have it now: the same organisations.
    """

    remarks: tuple[str, ...]
    ratings: tuple[tuple[str, int, int], ...]
    rows: tuple[ChangeRow, ...]


def show_group_change(summary: GroupSummary) -> GroupChange | None:
    """What has changed; None where there is no previous batch."""
    if summary.changes is None:
        return None
    changes, members = summary.changes, summary.members
    then = [change.old_rating for change in changes]
    now = [members[change.member].rating for change in changes]
    ratings = ((RATING_WORDS[r], then.count(r), now.count(r)) for r in RATING_ORDER)
    return GroupChange(
        remarks=tuple(_remarks(summary, changes)),
        ratings=tuple(row for row in ratings if row[1] or row[2]),
        rows=tuple(_row(summary, change) for change in changes),
    )


def count_directions(summary: GroupSummary) -> tuple[int, int, int]:
    """How many scores went up, stayed and went down, as people see them."""
    moves = [move for change in summary.changes or () if (move := _move(summary, change)) is not None]
    return sum(move > 0 for move in moves), sum(move == 0 for move in moves), sum(move < 0 for move in moves)


def _move(summary: GroupSummary, change: Change) -> int | None:
    old, new = change.old_score, summary.members[change.member].score
    return None if old is None or new is None else round_half_up(new) - round_half_up(old)


def _remarks(summary: GroupSummary, changes: tuple[Change, ...]) -> Iterable[str]:
    if not changes:
        yield "None of the organisations was in the previous batch, so nothing can be compared."
        return
    up, same, down = count_directions(summary)
    here = len(summary.members)
    yield f"{len(changes)} of {count(here, 'organisation')} {'was' if len(changes) == 1 else 'were'} in it too."
    yield f"Scores: {up} went up, {same} stayed and {down} went down."
    known = {change.member for change in changes}
    new = [member.name for at, member in enumerate(summary.members) if at not in known]
    if new:
        yield f"Here for the first time ({len(new)}): {_name_some(new)}."


def _name_some(names: Sequence[str]) -> str:
    """Hundreds of names in a sentence are read by nobody; the heat map lists everybody."""
    named, more = "; ".join(names[:NEW_NAMED_AT_MOST]), len(names) - NEW_NAMED_AT_MOST
    return f"{named}; and {more} more, all who are not in the table below" if more > 0 else named


def _row(summary: GroupSummary, change: Change) -> ChangeRow:
    member, move = summary.members[change.member], _move(summary, change)
    return ChangeRow(
        name=member.name,
        then=day(change.old_date) if change.old_date else "No date",
        met=(number_of(change.old_met, change.old_asked), number_of(member.met, member.asked)),
        score=(
            show_score(change.old_score, provisional=change.old_provisional),
            show_score(member.score, provisional=member.is_provisional),
        ),
        change="" if move is None else f"{move:+d}".replace("-", "−") if move else "0",
        rating=(RATING_WORDS[change.old_rating], RATING_WORDS[member.rating]),
        note=_note(summary, change),
    )


def _note(summary: GroupSummary, change: Change) -> str:
    parts = []
    standard, member = summary.standard, summary.members[change.member]
    if change.old_questionnaire != member.questionnaire:
        held = standard.questionnaires.get(change.old_questionnaire)
        parts.append(f"answered then: {held.title if held else change.old_questionnaire}")
    if change.old_version != standard.version:
        parts.append(f"version {change.old_version} of the standard then")
    return "; ".join(parts)
