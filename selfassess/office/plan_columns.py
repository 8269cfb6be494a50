"""The columns of an action plan as a workbook: what is written into them, and what is read back.

The titles are stable: scripts and plans that people have edited rely on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from selfassess.model.standard import Standard
from selfassess.office.plan_words import EFFORTS, STANDINGS, level_words, tier_words, timeframe_words
from selfassess.planning import Action
from selfassess.reports.words import STATUS_WORDS

__all__ = ["BULLET", "COLUMNS", "PRINTED", "Column", "column_of"]

BULLET = "• "
"""Before each of several things in one cell; left out again when the cell is read."""

Value = str | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: What stands at its head.
        width: In digits.
        value: What it says of an action.
        field: The field of an edited action that is read from it; empty where nothing is.
        is_day: Whether it holds days.
        choices: The words to choose from, where there is a list.
        is_typed: Whether people are asked to write there; other columns are read back only for actions they added.
    """

    title: str
    width: float
    value: Callable[[Standard, Action], Value]
    field: str = ""
    is_day: bool = False
    choices: tuple[str, ...] = ()
    is_typed: bool = False


def _typed(
    title: str,
    width: float,
    field: str,
    value: Callable[[Standard, Action], Value],
    *,
    is_day: bool = False,
    choices: tuple[str, ...] = (),
) -> Column:
    return Column(title, width, value, field, is_day, choices, is_typed=True)


COLUMNS = (
    Column("Reference", 10, lambda _, a: a.reference, "reference"),
    Column("Gap", 26, lambda _, a: a.gap, "gap"),
    Column("Level now", 12, lambda s, a: level_words(s, a.level_now, a.standing)),
    Column("Target level", 9, lambda s, a: level_words(s, a.target_level, a.standing)),
    _typed("Action", 36, "action", lambda _, a: a.action),
    _typed("Effort", 9, "effort", lambda _, a: EFFORTS[a.effort] if a.effort else "", choices=tuple(EFFORTS.values())),
    _typed("Owner", 14, "owner", lambda _, a: a.owner),
    _typed("Helpers", 14, "helpers", lambda _, a: a.helpers),
    _typed("Start", 12, "start", lambda _, a: a.start, is_day=True),
    _typed("Due", 12, "due", lambda _, a: a.due, is_day=True),
    _typed(
        "Expected evidence",
        32,
        "expected_evidence",
        lambda _, a: "\n".join(f"{BULLET}{text}" for text in a.expected_evidence),
    ),
    _typed("Status", 12, "status", lambda _, a: STATUS_WORDS[a.status], choices=tuple(STATUS_WORDS.values())),
    _typed("Progress note", 28, "progress_note", lambda _, a: a.progress_note),
    _typed("Last reviewed", 12, "last_reviewed", lambda _, a: a.last_reviewed, is_day=True),
    Column("Sources", 20, lambda _, a: "\n".join(a.sources)),
    Column("Case study", 48, lambda _, a: "\n".join(a.case_studies)),
    Column("Theme", 28, lambda _, a: a.theme, "theme"),
    Column("Tier", 9, lambda s, a: tier_words(s, a)),
    Column("Timeframe", 16, lambda _, a: timeframe_words(a)),
    Column("Quick win", 8, lambda _, a: "Yes" if a.is_quick_win else ""),
    Column("Why", 48, lambda _, a: a.why),
    Column("Note from the answers", 48, lambda _, a: a.note, "note"),
    Column("Standing", 16, lambda _, a: STANDINGS[a.standing]),
)
"""The order of DESIGN, section 4, then what else is known."""

PRINTED = 14
"""How many columns are printed; the others are for the screen."""


def column_of(title: str) -> int:
    """The place of a column, from 0."""
    return [column.title for column in COLUMNS].index(title)
