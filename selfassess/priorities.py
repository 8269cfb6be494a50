"""Which gap to close first, and why (DESIGN, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selfassess.model.answer import DK, MET_LEVEL, Answer
from selfassess.model.practice import Effort, Practice, Tier, Timeframe
from selfassess.model.standard import Standard
from selfassess.scoring import Entry

__all__ = ["FIND_OUT", "Priority", "first_step", "rank_gaps"]


@dataclass(frozen=True, slots=True)
class Priority:
    """A gap in its place.

    Attributes:
        rank: The place, from 1.
        shortfall: Levels missing to “in place”: 2, or 1 for a practice partly in place.
        sources: The ids of the sources that the practice is equal to or part of, in the order of its mappings.
    """

    rank: int
    practice: Practice
    answer: Answer
    shortfall: int
    sources: tuple[str, ...]

    @property
    def is_quick_win(self) -> bool:
        """Whether little effort closes it within three months."""
        action = self.practice.first_action
        return action.effort is Effort.LOW and action.timeframe.is_soon

    @property
    def why(self) -> str:
        """One sentence that says why the gap stands where it stands."""
        parts = [
            _TIER_WORDS[self.practice.tier],
            _state(self.answer),
            _sources_words(self.practice, len(self.sources)),
        ]
        action = self.practice.first_action
        parts.append(f"{action.effort} effort, {_TIMEFRAME_WORDS[action.timeframe]}")
        return "; ".join(parts) + "."


def rank_gaps(standard: Standard, entries: Iterable[Entry]) -> tuple[Priority, ...]:
    """The gaps, first things first.

    Sorted by tier, then by shortfall (largest first), then by the number of sources that the practice is equal to or
    part of (most first), then by effort (least first), then by the standard's order.
    """
    gaps = [(p, a, shortfall(a), standard.counted_sources[p.id]) for p, a in entries if a.is_gap]
    position = standard.position

    def place(gap: tuple[Practice, Answer, int, tuple[str, ...]]) -> tuple[int, int, int, int, int]:
        practice, _, missing, sources = gap
        effort = practice.first_action.effort.order
        return practice.tier.order, -missing, -len(sources), effort, position[practice.id]

    return tuple(Priority(rank, *gap) for rank, gap in enumerate(sorted(gaps, key=place), start=1))


def shortfall(answer: Answer) -> int:
    """Levels missing to “in place”; DK counts as level 0."""
    return MET_LEVEL - answer.points


FIND_OUT = "Find out whether this is in place. If it is not:"
"""What comes first where nobody knows: ignorance is itself a gap."""


def first_step(practice: Practice, answer: Answer) -> str:
    """What to do first about a gap; where nobody knows, that is to find out."""
    text = practice.first_action.text
    return f"{FIND_OUT} {text}" if answer.level == DK else text


_TIER_WORDS = {
    Tier.MUST: "A must, so it comes before everything else",
    Tier.CORE: "Core practice, expected in a first assessment",
    Tier.STRETCH: "Further good practice, after the musts and the core",
}

_TIMEFRAME_WORDS = {
    Timeframe.IMMEDIATE: "can start at once",
    Timeframe.THREE_MONTHS: "within three months",
    Timeframe.YEAR_1: "within a year",
    Timeframe.ONGOING: "to be kept going through the year",
}


def _state(answer: Answer) -> str:
    if answer.level == DK:
        return "nobody knows yet whether it is in place"
    return "partly in place" if answer.points else "not in place"


def _sources_words(practice: Practice, count: int) -> str:
    if count:
        return f"counts towards {count} published {'source' if count == 1 else 'sources'}"
    if practice.meets:
        return "helps with published sources, but counts towards none"
    return "our own addition, in none of the published sources"
