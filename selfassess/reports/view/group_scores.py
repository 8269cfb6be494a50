"""How the scores lie, and how each theme stands over all organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from selfassess.group import GroupSummary, ScoreBand
from selfassess.model.standard import Theme
from selfassess.reports.view.bars import Bar
from selfassess.reports.view.group_common import RATING_ORDER, list_kinds, number_of, show_count_bar
from selfassess.reports.words import RATING_WORDS

__all__ = ["BandRow", "PooledTheme", "ScoresView", "ThemeRow", "pool_themes", "show_scores"]

BAR_LENGTH = 190
"""The length of the longest bar in points."""


@dataclass(frozen=True, slots=True)
class PooledTheme:
    """A theme with the practices of all organisations together."""

    theme: Theme
    met: int
    applicable: int


@dataclass(frozen=True, slots=True)
class BandRow:
    """A band of scores: how many organisations, and how many of each kind."""

    label: str
    number: int
    bar: Bar
    by_kind: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme: practices met over all organisations, and how many organisations have each rating."""

    title: str
    met: str
    ratings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScoresView:
    """The distribution of scores.

    Attributes:
        kinds: The titles of the columns by kind; empty where all are of one kind.
        ratings: The titles of the columns of the themes.
    """

    kinds: tuple[str, ...]
    bands: tuple[BandRow, ...]
    ratings: tuple[str, ...]
    themes: tuple[ThemeRow, ...]


def show_scores(summary: GroupSummary) -> ScoresView:
    """The distribution of scores."""
    kinds = list_kinds(summary)
    return ScoresView(
        kinds=tuple(kind.title for kind in kinds) if len(kinds) > 1 else (),
        bands=tuple(_bands(summary)),
        ratings=tuple(RATING_WORDS[rating] for rating in RATING_ORDER),
        themes=tuple(_themes(summary)),
    )


def pool_themes(summary: GroupSummary) -> tuple[PooledTheme, ...]:
    """Each theme with the practices of all organisations together, in the standard's order."""
    columns = [[row[at] for row in summary.heat if row[at]] for at in range(len(summary.themes))]
    return tuple(
        PooledTheme(theme, sum(cell.met for cell in held if cell), sum(cell.applicable for cell in held if cell))
        for theme, held in zip(summary.themes, columns, strict=True)
    )


def _bands(summary: GroupSummary) -> Iterable[BandRow]:
    most = max((*(band.count for band in summary.bands), summary.without_score))
    kinds = [kind.id for kind in list_kinds(summary)]
    several = kinds if len(kinds) > 1 else []
    for band in reversed(summary.bands):
        held = Counter(m.kind for m in summary.members if m.score is not None and _is_in(m.score, band))
        bar = show_count_bar(band.count, most, BAR_LENGTH)
        yield BandRow(_name(band), band.count, bar, tuple(held[kind] for kind in several))
    if summary.without_score:
        held = Counter(member.kind for member in summary.members if member.score is None)
        bar = show_count_bar(summary.without_score, most, BAR_LENGTH)
        yield BandRow("No score", summary.without_score, bar, tuple(held[kind] for kind in several))


def _is_in(score: float, band: ScoreBand) -> bool:
    return band.low <= score < band.high or score >= band.high == 100


def _name(band: ScoreBand) -> str:
    return f"{band.low} to 100" if band.high == 100 else f"{band.low} to below {band.high}"


def _themes(summary: GroupSummary) -> Iterable[ThemeRow]:
    for at, pooled in enumerate(pool_themes(summary)):
        held = Counter(cell.rating for row in summary.heat if (cell := row[at]))
        yield ThemeRow(
            pooled.theme.title,
            number_of(pooled.met, pooled.applicable),
            tuple(held[rating] for rating in RATING_ORDER),
        )
