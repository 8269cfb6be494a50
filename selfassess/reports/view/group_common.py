"""What several parts of the group report show in the same way: scores, bars, kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from selfassess.explanation import round_half_up
from selfassess.group import GroupSummary
from selfassess.model.standard import Kind
from selfassess.reports.view.bars import Bar
from selfassess.scoring import Rating

__all__ = ["NO_SCORE", "RATING_ORDER", "list_kinds", "number_of", "show_count_bar", "show_score", "tally"]

NO_SCORE = "–"

RATING_ORDER = (
    Rating.URGENT,
    Rating.INCOMPLETE,
    Rating.STARTING,
    Rating.DEVELOPING,
    Rating.ESTABLISHED,
    Rating.NOT_ASSESSED,
)
"""The order in which a head office reads ratings: who needs help first."""


def show_score(score: float | None, *, provisional: bool = False) -> str:
    """A score as people see it, marked “p” where it is provisional."""
    if score is None:
        return NO_SCORE
    return f"{round_half_up(score)}{' p' if provisional else ''}"


def number_of(part: int, whole: int) -> str:
    """A count with its base: “12 of 24”; a dash where there is no base."""
    return f"{part} of {whole}" if whole else NO_SCORE


def show_count_bar(number: int, most: int, length: float) -> Bar:
    """A count as a length in points; the largest of its kind has the full length."""
    return Bar(round(length * number / most, 2) if most else 0, 0, 0, 0)


def list_kinds(summary: GroupSummary) -> tuple[Kind, ...]:
    """The kinds of organisation that took part, in the standard's order."""
    present = {member.kind for member in summary.members}
    return tuple(kind for kind in summary.standard.head.kinds if kind.id in present)


def tally(words: Iterable[str]) -> str:
    """How often each of the words is there, in the order of the first of each: “Prison: 24; Charity: 12”."""
    return "; ".join(f"{word}: {number}" for word, number in Counter(words).items())
