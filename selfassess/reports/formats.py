"""Which ending of a file means which format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from selfassess.comparison import Comparison
from selfassess.group import GroupSummary
from selfassess.planning import ActionPlan
from selfassess.reports import csv, html
from selfassess.reports.output import choose_format, write_atomically
from selfassess.scorecard import Scorecard

__all__ = ["write_group_file", "write_plan_file", "write_report_file"]


def write_report_file(card: Scorecard, path: Path, comparison: Comparison | None) -> Path:
    """Write the gap report in the format of the path's ending."""
    make = choose_format(path, _REPORT_FORMATS)
    return write_atomically(path, lambda: make(card, comparison))


def write_plan_file(plan: ActionPlan, path: Path) -> Path:
    """Write the action plan in the format of the path's ending."""
    make = choose_format(path, _PLAN_FORMATS)
    return write_atomically(path, lambda: make(plan))


def write_group_file(summary: GroupSummary, path: Path) -> Path:
    """Write the group report in the format of the path's ending."""
    make = choose_format(path, _GROUP_FORMATS)
    return write_atomically(path, lambda: make(summary))


def _report_pdf(card: Scorecard, comparison: Comparison | None) -> bytes:
    from selfassess.reports.pdf import render_pdf

    return render_pdf(html.render_report_html(card, comparison, styled=False))


def _report_html(card: Scorecard, comparison: Comparison | None) -> bytes:
    return html.render_report_html(card, comparison).encode()


def _plan_pdf(plan: ActionPlan) -> bytes:
    from selfassess.reports.pdf import render_pdf

    return render_pdf(html.render_plan_html(plan, styled=False))


def _plan_docx(plan: ActionPlan) -> bytes:
    from selfassess.office.plan_docx import render_plan_docx

    return render_plan_docx(plan)


def _plan_xlsx(plan: ActionPlan) -> bytes:
    from selfassess.office.plan_xlsx import render_plan_xlsx

    return render_plan_xlsx(plan)


def _plan_ics(plan: ActionPlan) -> bytes:
    from selfassess.office.plan_ics import render_plan_ics

    return render_plan_ics(plan)


def _group_pdf(summary: GroupSummary) -> bytes:
    from selfassess.reports.pdf import render_pdf

    return render_pdf(html.render_group_html(summary, styled=False))


def _group_html(summary: GroupSummary) -> bytes:
    return html.render_group_html(summary).encode()


_REPORT_FORMATS: dict[str, Callable[[Scorecard, Comparison | None], bytes]] = {
    ".pdf": _report_pdf,
    ".html": _report_html,
}

_GROUP_FORMATS: dict[str, Callable[[GroupSummary], bytes]] = {".pdf": _group_pdf, ".html": _group_html}

_PLAN_FORMATS: dict[str, Callable[[ActionPlan], bytes]] = {
    ".pdf": _plan_pdf,
    ".docx": _plan_docx,
    ".xlsx": _plan_xlsx,
    ".csv": csv.render_plan_csv,
    ".ics": _plan_ics,
}
"""One module for each format; others are added here."""
