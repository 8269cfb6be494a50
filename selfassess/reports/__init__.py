"""Reports for people: the gap report, the action plan and the group report.

Nothing that lays out pages is loaded before something is rendered.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfassess.comparison import Comparison
    from selfassess.group import GroupSummary
    from selfassess.planning import ActionPlan
    from selfassess.scorecard import Scorecard

__all__ = [
    "render_group_html",
    "render_pdf",
    "render_plan_html",
    "render_report_html",
    "write_group_report",
    "write_plan",
    "write_report",
]


def write_report(scorecard: Scorecard, path: str | PathLike[str], *, comparison: Comparison | None = None) -> Path:
    """Write the gap report.

    Args:
        scorecard: What was scored.
        path: Where to; ``.pdf`` or ``.html``. A file that is there is replaced in one step.
        comparison: What moved since an earlier assessment of the same organisation.

    Returns:
        The path.

    Raises:
        OutputError: Another ending, no such folder, nothing can be written there, or PDF cannot be made here.
    """
    from selfassess.reports.formats import write_report_file

    return write_report_file(scorecard, Path(path), comparison)


def write_plan(plan: ActionPlan, path: str | PathLike[str]) -> Path:
    """Write the action plan.

    Args:
        plan: The actions.
        path: Where to; ``.pdf`` to print and fill in, ``.docx`` or ``.xlsx`` to edit, ``.csv`` for scripts, or ``.ics``
            for a calendar.

    Returns:
        The path.

    Raises:
        OutputError: As for `write_report`.
    """
    from selfassess.reports.formats import write_plan_file

    return write_plan_file(plan, Path(path))


def write_group_report(summary: GroupSummary, path: str | PathLike[str]) -> Path:
    """Write the report on many organisations together.

    Args:
        summary: What they come to.
        path: Where to; ``.pdf`` or ``.html``.

    Returns:
        The path.

    Raises:
        OutputError: As for `write_report`.
    """
    from selfassess.reports.formats import write_group_file

    return write_group_file(summary, Path(path))


def render_report_html(
    scorecard: Scorecard, comparison: Comparison | None = None, *, standing: str = "", checksum: str = ""
) -> str:
    """The gap report as one HTML page that needs nothing else.

    Args:
        scorecard: What was scored.
        comparison: What moved since an earlier assessment of the same organisation.
        standing: Whether it was signed, by whom and when, as plain text for the cover; nothing is said where empty.
        checksum: Of the answers as they were signed, for the part on the method; nothing is said where empty.
    """
    from selfassess.reports import html

    return html.render_report_html(scorecard, comparison, standing=standing, checksum=checksum)


def render_plan_html(plan: ActionPlan, *, standing: str = "", checksum: str = "") -> str:
    """The action plan as one HTML page that needs nothing else; see `render_report_html`."""
    from selfassess.reports import html

    return html.render_plan_html(plan, standing=standing, checksum=checksum)


def render_group_html(summary: GroupSummary) -> str:
    """The group report as one HTML page that needs nothing else."""
    from selfassess.reports import html

    return html.render_group_html(summary)


def render_pdf(html: str) -> bytes:
    """A page of HTML as PDF/UA-1; see `selfassess.reports.pdf`."""
    from selfassess.reports import pdf

    return pdf.render_pdf(html)
