"""The gap report as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.comparison import Comparison
from selfassess.model.practice import Tier
from selfassess.reports.view.change import ChangeView, show_change
from selfassess.reports.view.cover import Cover, Summary, show_cover, show_summary
from selfassess.reports.view.method import Method, show_method
from selfassess.reports.view.musts import MustView, show_musts
from selfassess.reports.view.readiness import ReadinessView, show_readiness
from selfassess.reports.view.remaining import Remaining, show_remaining
from selfassess.reports.view.survey import SurveyView, show_survey
from selfassess.reports.view.themes import Chart, ThemeView, show_chart, show_themes
from selfassess.scorecard import Scorecard

__all__ = ["ReportView", "show_report"]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The gap report, in the order in which it is read."""

    language: str
    title: str
    cover: Cover
    summary: Summary
    chart: Chart
    readiness: ReadinessView
    musts_meaning: str
    musts: tuple[MustView, ...]
    themes: tuple[ThemeView, ...]
    survey: SurveyView | None
    change: ChangeView | None
    remaining: Remaining
    method: Method


def show_report(
    card: Scorecard, comparison: Comparison | None = None, *, standing: str = "", checksum: str = ""
) -> ReportView:
    """The gap report of one assessment, set beside an earlier one where a comparison is given.

    Args:
        card: What was scored.
        comparison: What moved since an earlier assessment.
        standing: Whether it was signed, by whom and when, as plain text; empty where nobody is asked to sign.
        checksum: Of the answers as they were signed; empty where nobody signed them.
    """
    cover = show_cover(card, standing)
    return ReportView(
        language=card.standard.head.language,
        title=f"Gap report: {cover.organisation}",
        cover=cover,
        summary=show_summary(card),
        chart=show_chart(card),
        readiness=show_readiness(card),
        musts_meaning=next(tier.meaning for tier in card.standard.head.tiers if tier.id == Tier.MUST.value),
        musts=show_musts(card),
        themes=show_themes(card),
        survey=show_survey(card),
        change=show_change(comparison),
        remaining=show_remaining(card),
        method=show_method(card.standard, checksum),
    )
