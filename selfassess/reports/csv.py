"""The action plan as a table for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from selfassess.planning import Action, ActionPlan
from selfassess.reports.html import make_legal

__all__ = ["COLUMNS", "render_plan_csv"]

COLUMNS = (
    "reference", "gap", "level_now", "target_level", "action", "effort", "owner", "helpers", "start", "due",
    "expected_evidence", "status", "progress_note", "last_reviewed", "sources", "case_study",
    "theme", "tier", "timeframe", "quick_win", "why", "note", "standing",
)  # fmt: skip
"""The headers: first those of the action plan in the order of DESIGN, section 4, then what else is known."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula, or for the end of one."""


def render_plan_csv(plan: ActionPlan) -> bytes:
    """The actions, one a row: UTF-8 with a byte order mark, which Excel needs, and no cell that is a formula."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for action in plan.actions:
        cells = _cells(action)
        writer.writerow([_harmless(cells[column]) for column in COLUMNS])
    return stream.getvalue().encode("utf-8-sig")


def _cells(action: Action) -> dict[str, str]:
    reviewed = action.last_reviewed
    return {
        "reference": action.reference,
        "gap": action.gap,
        "level_now": "" if action.level_now is None else str(action.level_now),
        "target_level": "" if action.target_level is None else str(action.target_level),
        "action": action.action,
        "effort": action.effort.value if action.effort else "",
        "owner": action.owner,
        "helpers": action.helpers,
        "start": action.start.isoformat(),
        "due": action.due.isoformat(),
        "expected_evidence": "; ".join(action.expected_evidence),
        "status": action.status.value,
        "progress_note": action.progress_note,
        "last_reviewed": reviewed.isoformat() if reviewed else "",
        "sources": "; ".join(action.sources),
        "case_study": "; ".join(action.case_studies),
        "theme": action.theme,
        "tier": action.tier,
        "timeframe": action.timeframe.value if action.timeframe else "",
        "quick_win": "yes" if action.is_quick_win else "no",
        "why": action.why,
        "note": action.note,
        "standing": action.standing.value,
    }


def _harmless(text: str) -> str:
    """The text as a cell; an apostrophe in front keeps a spreadsheet from running it."""
    shown = make_legal(text)
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA_STARTS) else shown
