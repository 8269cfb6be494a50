"""Scores and ratings of a set of practices: a theme, or the whole questionnaire (DESIGN, section 4).

Everything is counted in whole numbers and divided once, so that a score is the same whatever the order of the answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from selfassess.model.answer import DK, NA, Answer, Assessment, Code
from selfassess.model.practice import Practice, Tier
from selfassess.model.standard import Standard, Theme

__all__ = [
    "LEVELS",
    "Entry",
    "Rating",
    "SetScore",
    "ThemeScore",
    "list_entries",
    "score_set",
    "score_themes",
]

LEVELS: tuple[Code, ...] = (0, 1, 2, 3, NA, DK)
"""Every answer there is, in the order of a score's ``levels``."""

MAX_LEVEL = 3


class Rating(StrEnum):
    """How a set of practices stands; the first of these rules that fits."""

    NOT_ASSESSED = "not_assessed"
    URGENT = "urgent"
    INCOMPLETE = "incomplete"
    ESTABLISHED = "established"
    DEVELOPING = "developing"
    STARTING = "starting"


class Entry(NamedTuple):
    """A practice that is asked, with the answer to it."""

    practice: Practice
    answer: Answer


@dataclass(frozen=True, slots=True)
class SetScore:
    """What the answers to a set of practices come to.

    Attributes:
        asked: Practices of the set that apply to the kind of organisation.
        applicable: Asked less those answered NA.
        answered: Any of 0 to 3, NA or DK.
        met: Level 2 or 3.
        gaps: Level 0, 1 or DK.
        points: Sum of weight x level over the applicable; DK and unanswered count as level 0.
        weight: Sum of the weights of the applicable.
        levels: How many of each answer.
        rating: The first rule that fits.
    """

    asked: int
    applicable: int
    answered: int
    met: int
    gaps: int
    points: int
    weight: int
    levels: dict[Code, int]
    rating: Rating

    @property
    def unanswered(self) -> int:
        """How many were not answered; they are never met."""
        return self.asked - self.answered

    @property
    def completeness(self) -> float:
        """The share that was answered, 0 to 100; 100 where nothing is asked."""
        return 100 * self.answered / self.asked if self.asked else 100.0

    @property
    def score(self) -> float | None:
        """The weighted score, 0 to 100; None when no practice is applicable."""
        return 100 * self.points / (MAX_LEVEL * self.weight) if self.weight else None

    @property
    def is_provisional(self) -> bool:
        """Whether something was not answered, so that the score may still change."""
        return self.answered < self.asked


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """A theme with its score and the practices asked in it."""

    theme: Theme
    entries: tuple[Entry, ...]
    result: SetScore


def list_entries(standard: Standard, assessment: Assessment) -> tuple[Entry, ...]:
    """Every practice that the assessment's questionnaire asks of the organisation, with its answer."""
    asked = standard.asked(assessment.questionnaire, assessment.organisation.kind)
    return tuple(Entry(practice, assessment.answer_to(practice.id)) for practice in asked)


def score_themes(standard: Standard, entries: Iterable[Entry]) -> tuple[ThemeScore, ...]:
    """The score of each theme in which something is asked, in the standard's order."""
    held: dict[str, list[Entry]] = {theme.id: [] for theme in standard.head.themes}
    for entry in entries:
        held[standard.theme_of[entry.practice.id].id].append(entry)
    return tuple(
        ThemeScore(theme, tuple(held[theme.id]), score_set(held[theme.id]))
        for theme in standard.head.themes
        if held[theme.id]
    )


def score_set(entries: Iterable[Entry]) -> SetScore:
    """The score and rating of a set of practices."""
    entries = tuple(entries)
    applicable = [entry for entry in entries if entry.answer.applies]
    levels = dict.fromkeys(LEVELS, 0)
    for _, answer in entries:
        if answer.level is not None:
            levels[answer.level] += 1
    return SetScore(
        asked=len(entries),
        applicable=len(applicable),
        answered=sum(levels.values()),
        met=levels[2] + levels[3],
        gaps=levels[0] + levels[1] + levels[DK],
        points=sum(practice.tier.weight * answer.points for practice, answer in applicable),
        weight=sum(practice.tier.weight for practice, _ in applicable),
        levels=levels,
        rating=_rate(entries, applicable),
    )


def _rate(entries: tuple[Entry, ...], applicable: list[Entry]) -> Rating:
    """The first rule that fits; a must or core practice that is not answered is never met."""
    if not applicable or not any(answer.is_answered for _, answer in entries):
        return Rating.NOT_ASSESSED
    if any(answer.is_gap for practice, answer in applicable if practice.tier is Tier.MUST):
        return Rating.URGENT
    expected = [answer for practice, answer in applicable if practice.tier is not Tier.STRETCH]
    if not all(answer.is_answered for answer in expected):
        return Rating.INCOMPLETE
    if all(answer.is_met for answer in expected):
        return Rating.ESTABLISHED
    met = sum(answer.is_met for _, answer in applicable)
    return Rating.DEVELOPING if 2 * met >= len(applicable) else Rating.STARTING
