"""The themes at a glance, and each theme with every practice in it."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.model.answer import DK, Code
from selfassess.model.practice import Practice
from selfassess.model.standard import Standard
from selfassess.reports.view.bars import Bar, show_levels_bar
from selfassess.reports.view.common import Evidence, Level, show_evidence, show_level
from selfassess.reports.view.cover import Result, show_result
from selfassess.reports.words import RATING_WORDS
from selfassess.scorecard import Scorecard
from selfassess.scoring import Entry, SetScore, ThemeScore

__all__ = ["Chart", "ChartRow", "PracticeView", "ThemeView", "show_chart", "show_practice", "show_themes"]

BAR_LENGTH = 85
"""The length of a bar in points."""

COLUMNS: tuple[Code | None, ...] = (3, 2, 1, 0, DK)
"""The answers that the chart counts, in the order of its bars; what was not answered where there is any."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A line of the chart.

    Attributes:
        numbers: How many of each answer, in the order of the chart's columns.
        met: “4 of 6”, of those that apply.
    """

    title: str
    bar: Bar
    numbers: tuple[int, ...]
    met: str
    rating: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The themes with their bars and numbers; ``columns`` are style name and label of each answer."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[ChartRow, ...]
    total: ChartRow


@dataclass(frozen=True, slots=True)
class PracticeView:
    """A practice with the answer to it.

    Attributes:
        statement: What good looks like.
        note: What the person typed, as typed; so are the next two.
        reason: Why it does not apply.
        evidence: Pieces of evidence.
    """

    id: str
    title: str
    tier: str
    level: Level
    statement: str
    note: str
    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme with every practice asked in it."""

    id: str
    title: str
    introduction: str
    result: Result
    practices: tuple[PracticeView, ...]


def show_chart(card: Scorecard) -> Chart:
    """The themes at a glance."""
    codes = (*COLUMNS, None) if card.overall.unanswered else COLUMNS
    levels = (show_level(card.standard, code) for code in codes)
    rows = tuple(_row(item.theme.title, item.result, codes) for item in card.themes)
    return Chart(tuple((level.key, level.label) for level in levels), rows, _row("All themes", card.overall, codes))


def show_themes(card: Scorecard) -> tuple[ThemeView, ...]:
    """Each theme in which something was asked."""
    return tuple(_show_theme(card, item) for item in card.themes)


def show_practice(card: Scorecard, entry: Entry) -> PracticeView:
    """A practice with the answer to it."""
    practice, answer = entry
    return PracticeView(
        id=practice.id,
        title=practice.title,
        tier=tier_label(card.standard, practice),
        level=show_level(card.standard, answer.level),
        statement=practice.statement_to(card.assessment.organisation.kind),
        note=answer.note,
        reason=answer.reason,
        evidence=tuple(show_evidence(text) for text in answer.evidence),
    )


def tier_label(standard: Standard, practice: Practice) -> str:
    """What the standard calls the practice's tier."""
    return next(tier.label for tier in standard.head.tiers if tier.id == practice.tier)


def _row(title: str, result: SetScore, codes: tuple[Code | None, ...]) -> ChartRow:
    numbers = tuple(result.unanswered if code is None else result.levels[code] for code in codes)
    met = f"{result.met} of {result.applicable}"
    return ChartRow(title, show_levels_bar(result, BAR_LENGTH), numbers, met, RATING_WORDS[result.rating])


def _show_theme(card: Scorecard, item: ThemeScore) -> ThemeView:
    theme = item.theme
    practices = tuple(show_practice(card, entry) for entry in item.entries)
    return ThemeView(theme.id, theme.title, theme.introduction, show_result(item.result), practices)
