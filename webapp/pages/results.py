"""The results on a page: what the gap report says, in its words and order, and where each number is explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from selfassess import Comparison, Explanation, Scorecard, Standard
from selfassess.model.practice import Tier
from selfassess.priorities import Priority
from selfassess.reports.view.bars import Bar
from selfassess.reports.view.change import ChangeView, show_change
from selfassess.reports.view.common import Level, Named, name_practices, show_level
from selfassess.reports.view.cover import BAR_LENGTH as WHOLE
from selfassess.reports.view.cover import Cover, Summary, show_cover, show_summary
from selfassess.reports.view.musts import MustView, show_musts
from selfassess.reports.view.readiness import Overview, show_overview
from selfassess.reports.view.remaining import Remaining, show_remaining
from selfassess.reports.view.survey import BAR_LENGTH as PERCENT
from selfassess.reports.view.survey import SurveyView, show_survey
from selfassess.reports.view.themes import BAR_LENGTH as THEME
from selfassess.reports.view.themes import Chart, PracticeView, show_chart, show_practice
from selfassess.reports.words import sentence
from webapp.pages.bars import SHADES, Piece, cut_bar

__all__ = ["ExplanationView", "ResultsView", "name_sources", "show_explanation", "show_results"]

SHORT = 12
"""So many digits of a checksum tell two versions apart; the report has them all."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar: its full length and its pieces."""

    length: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in its place among the others, and why it stands there."""

    rank: int
    practice: Named
    level: Level
    why: str
    is_quick_win: bool


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme of the chart: its id, and its bar as it is drawn."""

    id: str
    bar: Drawn


@dataclass(frozen=True, slots=True)
class ResultsView:
    """The results, in the order in which the gap report gives them.

    Attributes:
        edition: Names and values: the standard with its version, its checksum in short.
        bar: The whole questionnaire's bar.
        lines: What the rows of the chart need besides; in the same order.
        shades: How dark each answer is in the bars, by its name.
        gaps: Every gap, first things first.
        sources: The id of each source by its short title, by which a requirement is explained.
        survey_bars: In the order of the survey's rows.
    """

    cover: Cover
    edition: tuple[tuple[str, str], ...]
    summary: Summary
    bar: Drawn
    chart: Chart
    lines: tuple[ThemeLine, ...]
    total: Drawn
    shades: dict[str, str]
    readiness: Overview
    sources: dict[str, str]
    musts_meaning: str
    musts: tuple[MustView, ...]
    gaps: tuple[Gap, ...]
    survey: SurveyView | None
    survey_bars: tuple[Drawn | None, ...]
    change: ChangeView | None
    remaining: Remaining


def show_results(card: Scorecard, comparison: Comparison | None = None) -> ResultsView:
    """The results of one assessment, set beside an earlier one where a comparison is given."""
    summary, chart, survey = show_summary(card), show_chart(card), show_survey(card)
    return ResultsView(
        cover=show_cover(card),
        edition=_show_edition(card.standard),
        summary=summary,
        bar=Drawn(WHOLE, cut_bar(summary.bar)),
        chart=chart,
        lines=tuple(
            ThemeLine(item.theme.id, Drawn(THEME, cut_bar(row.bar)))
            for item, row in zip(card.themes, chart.rows, strict=True)
        ),
        total=Drawn(THEME, cut_bar(chart.total.bar)),
        shades=SHADES,
        readiness=show_overview(card),
        sources=name_sources(card),
        musts_meaning=next(tier.meaning for tier in card.standard.head.tiers if tier.id == Tier.MUST.value),
        musts=show_musts(card),
        gaps=tuple(_show_gap(card, priority) for priority in card.priorities),
        survey=survey,
        survey_bars=tuple(_draw(row.bar, PERCENT) for row in survey.rows) if survey else (),
        change=show_change(comparison),
        remaining=show_remaining(card),
    )


def name_sources(card: Scorecard) -> dict[str, str]:
    """The id of each source, by which its requirements are explained, by its short title."""
    return {item.source.short_title: item.source.id for item in card.readiness}


def _show_edition(standard: Standard) -> tuple[tuple[str, str], ...]:
    return (
        ("Standard", f"{standard.title}, version {standard.version}"),
        ("Checksum of the standard", f"{standard.hash[:SHORT]}… (SHA-256)"),
    )


def _draw(bar: Bar | None, length: float) -> Drawn | None:
    return Drawn(length, cut_bar(bar)) if bar else None


def _show_gap(card: Scorecard, priority: Priority) -> Gap:
    return Gap(
        rank=priority.rank,
        practice=name_practices(priority.practice)[0],
        level=show_level(card.standard, priority.answer.level),
        why=priority.why,
        is_quick_win=priority.is_quick_win,
    )


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """Why a number is what it is.

    Attributes:
        title: What it is about, without ids.
        reference: The id of a practice; empty for anything else.
        practice: The practice with its answer, where it is one.
        others: Titles and addresses, within the explanations, of what it rests on or moves.
    """

    title: str
    reference: str
    sentences: tuple[str, ...]
    practice: PracticeView | None
    others: tuple[tuple[str, str], ...]


def show_explanation(card: Scorecard, subject: str) -> ExplanationView:
    """The explanation of a theme, a practice, a requirement or the whole.

    Raises:
        KeyError: There is nothing of that name.
    """
    explanation = card.explain(subject)
    practice = next((show_practice(card, e) for e in card.entries if e.practice.id == subject), None)
    return ExplanationView(
        title=practice.title if practice else explanation.subject,
        reference=practice.id if practice else "",
        sentences=_sentences(explanation),
        practice=practice,
        others=tuple((title, quote(other, safe=":")) for title, other in _others(card, subject)),
    )


def _sentences(explanation: Explanation) -> tuple[str, ...]:
    return tuple(sentence(text) for text in explanation.sentences)


def _others(card: Scorecard, subject: str) -> Iterator[tuple[str, str]]:
    """What an explanation leads to: of the whole the themes, of a theme its practices, and both ways for sources."""
    if subject == "overall":
        yield from ((item.theme.title, item.theme.id) for item in card.themes)
    for item in card.themes:
        if item.theme.id == subject:
            yield from ((practice.title, practice.id) for practice, _ in item.entries)
    for source in card.readiness:
        for held in source.requirements:
            name = f"{source.source.id}:{held.requirement.id}"
            if name == subject:
                yield from ((practice.title, practice.id) for practice in held.practices)
            elif any(practice.id == subject for practice in held.practices):
                yield f"{source.source.short_title} {held.requirement.id}: {held.requirement.label}", name
