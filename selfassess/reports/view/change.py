"""What moved since the last assessment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from selfassess.comparison import Comparison, Movement, PracticeChange
from selfassess.explanation import round_half_up
from selfassess.readiness import Readiness
from selfassess.reports.view.common import Level, Named, show_level
from selfassess.reports.words import MOVEMENT_WORDS, RATING_WORDS, day
from selfassess.scorecard import Scorecard
from selfassess.scoring import SetScore

__all__ = ["ChangeView", "show_change"]


@dataclass(frozen=True, slots=True)
class ThemeChangeView:
    """A theme then and now: met, score and rating."""

    title: str
    met: tuple[str, str]
    score: tuple[str, str]
    rating: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """A practice that moved, with what was answered then and now."""

    practice: Named
    old: Level
    new: Level


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Two assessments of one organisation.

    Attributes:
        dates: When the two were made, in words.
        total: The whole, then and now.
        moves: The ways in which practices moved, each with those that did.
        sources: Source, requirements met then, now.
        only: Practices that only one of the two asked: a heading and the practices.
        remarks: What must be known to read it.
    """

    dates: tuple[str, str]
    total: ThemeChangeView
    themes: tuple[ThemeChangeView, ...]
    moves: tuple[tuple[str, tuple[Move, ...]], ...]
    sources: tuple[tuple[str, int, int], ...]
    only: tuple[tuple[str, tuple[Named, ...]], ...]
    remarks: tuple[str, ...]


def show_change(comparison: Comparison | None) -> ChangeView | None:
    """What moved; None where there is nothing to compare with."""
    if comparison is None:
        return None
    old, new = comparison.old, comparison.new
    found = _moves(comparison)
    return ChangeView(
        dates=(_date(old), _date(new)),
        total=_theme("All themes", old.overall, new.overall),
        themes=tuple(_theme(t.theme.title, t.old, t.new) for t in comparison.themes),
        moves=tuple(
            (f"{words} ({len(found[way])})", tuple(found[way])) for way, words in MOVEMENT_WORDS.items() if found[way]
        ),
        sources=tuple((s.title, s.old[Readiness.MET], s.new[Readiness.MET]) for s in comparison.sources),
        only=_only(comparison),
        remarks=comparison.remarks,
    )


def _date(card: Scorecard) -> str:
    return day(card.assessment.date) if card.assessment.date else "no date"


def _theme(title: str, old: SetScore, new: SetScore) -> ThemeChangeView:
    return ThemeChangeView(
        title=title,
        met=(f"{old.met} of {old.applicable}", f"{new.met} of {new.applicable}"),
        score=(_score(old), _score(new)),
        rating=(RATING_WORDS[old.rating], RATING_WORDS[new.rating]),
    )


def _score(result: SetScore) -> str:
    return "–" if result.score is None else str(round_half_up(result.score))


def _moves(comparison: Comparison) -> defaultdict[Movement, list[Move]]:
    """The practices by the way they moved, each looked at once."""
    found: defaultdict[Movement, list[Move]] = defaultdict(list)
    for change in comparison.practices:
        way = change.movement
        if way in MOVEMENT_WORDS:
            found[way].append(_move(comparison, change))
    return found


def _move(comparison: Comparison, change: PracticeChange) -> Move:
    return Move(
        Named(change.practice.id, change.practice.title),
        show_level(comparison.old.standard, change.old.level),
        show_level(comparison.new.standard, change.new.level),
    )


def _only(comparison: Comparison) -> tuple[tuple[str, tuple[Named, ...]], ...]:
    sides = (("Asked only last time", comparison.only_old), ("Asked only this time", comparison.only_new))
    return tuple((words, tuple(Named(i, title) for i, title in held.items())) for words, held in sides if held)
