"""The group report as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.group import GroupSummary
from selfassess.reports.view.group_absent import AbsentView, show_absent
from selfassess.reports.view.group_change import GroupChange, show_group_change
from selfassess.reports.view.group_cover import GroupCover, show_group_cover
from selfassess.reports.view.group_heat import HeatMap, show_heat
from selfassess.reports.view.group_practices import (
    GroupMusts,
    MissingView,
    show_group_musts,
    show_missing,
)
from selfassess.reports.view.group_scores import ScoresView, show_scores
from selfassess.reports.view.group_sources import GroupSources, show_group_sources
from selfassess.reports.view.group_summary import SummaryPage, show_summary_page
from selfassess.reports.view.method import Method, show_method

__all__ = ["GroupView", "show_group"]


@dataclass(frozen=True, slots=True)
class GroupView:
    """The group report, in the order in which it is read.

    Attributes:
        anybody: Whether any organisation was scored; without one the parts about them are left out.
    """

    language: str
    title: str
    anybody: bool
    cover: GroupCover
    summary: SummaryPage
    scores: ScoresView
    heat: HeatMap
    missing: MissingView
    musts: GroupMusts
    sources: GroupSources
    change: GroupChange | None
    absent: AbsentView
    method: Method


def show_group(summary: GroupSummary) -> GroupView:
    """The group report of many assessments."""
    cover = show_group_cover(summary)
    return GroupView(
        language=summary.standard.head.language,
        title=f"Group report: {cover.name}",
        anybody=bool(summary.members),
        cover=cover,
        summary=show_summary_page(summary),
        scores=show_scores(summary),
        heat=show_heat(summary),
        missing=show_missing(summary),
        musts=show_group_musts(summary),
        sources=show_group_sources(summary),
        change=show_group_change(summary),
        absent=show_absent(summary),
        method=show_method(summary.standard),
    )
