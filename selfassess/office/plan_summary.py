"""The summary sheet of an action plan: counts by tier, owner and month that follow what is typed into the actions.

Each count is a formula with the right value saved beside it, for programs that do not reckon when they open a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from selfassess.office.excel import ACCENT, BORDER, PAPER, fit_row, form_of, write_text
from selfassess.office.plan_columns import column_of
from selfassess.planning import Action, ActionPlan, ActionStatus
from selfassess.reports.words import STATUS_WORDS

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_summary"]

_LAST_ROW = 5_000
"""How far down the actions are counted."""

_SPARE_OWNERS = 8
"""Empty rows for names that are not in the plan yet."""

_WIDTHS = (30, 10, *(13 for _ in ActionStatus))

_MOST_MONTHS = 36


def write_summary(book: Workbook, sheet: Worksheet, plan: ActionPlan, actions: str) -> None:
    """Write the summary.

    Args:
        book: The workbook.
        sheet: The sheet to write on.
        plan: The actions.
        actions: The name of the sheet that holds them.
    """
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    tables = _Tables(book, sheet, plan, actions)
    tables.tiers()
    tables.owners()
    tables.months()


class _Tables:
    """The tables of the summary while they are written from top to bottom."""

    def __init__(self, book: Workbook, sheet: Worksheet, plan: ActionPlan, actions: str) -> None:
        line = {"border": 1, "border_color": BORDER}
        self._sheet, self._plan, self._row = sheet, plan, 0
        self._heading = form_of(book, bold=True, font_size=13, font_color=ACCENT, text_wrap=False)
        self._head = form_of(book, bold=True, font_color="#ffffff", bg_color=ACCENT, **line)
        self._number_head = form_of(book, bold=True, font_color="#ffffff", bg_color=ACCENT, align="right", **line)
        self._plain = form_of(book, **line)
        self._typed = form_of(book, bg_color=PAPER, num_format="@", **line)
        self._month = form_of(book, num_format="mmmm yyyy", align="left", **line)
        self._actions = actions

    def tiers(self) -> None:
        """One row for each tier, one for the actions that people added, and the sum."""
        self._start("By tier", "Tier")
        for tier in self._plan.scorecard.standard.head.tiers:
            write_text(self._sheet, self._row, 0, tier.label, self._plain)
            self._count([a for a in self._plan.actions if a.tier == tier.id], self._same("Tier"))
        write_text(self._sheet, self._row, 0, "Added by you", self._plain)
        self._count([a for a in self._plan.actions if not a.tier], (self._range("Tier"), '""'))
        write_text(self._sheet, self._row, 0, "All", self._plain)
        self._count(self._plan.actions)

    def owners(self) -> None:
        """One row for each owner, some to be filled in, and one for actions that nobody owns yet."""
        self._start("By owner", "Owner (add names as they are in the plan)")
        # Told apart as the formulas do it, which take SAM for Sam.
        names: dict[str, str] = {}
        for action in self._plan.actions:
            if action.owner:
                names.setdefault(action.owner.casefold(), action.owner)
        for owner, name in [*names.items(), *[("", "")] * _SPARE_OWNERS]:
            write_text(self._sheet, self._row, 0, name, self._typed)
            self._count([a for a in self._plan.actions if a.owner and a.owner.casefold() == owner], self._owner())
        write_text(self._sheet, self._row, 0, "Nobody yet", self._plain)
        self._count([a for a in self._plan.actions if not a.owner], (self._range("Owner"), '""'))

    def months(self) -> None:
        """One row for each month from the first due day to the last."""
        self._start("By month due", "Month")
        months, due = _months(a.due for a in self._plan.actions), self._range("Due")
        first = self._row + 1
        for month in months:
            self._sheet.write_datetime(self._row, 0, month, self._month)
            then = [a for a in self._plan.actions if a.due.replace(day=1) == month]
            cell = f"$A{self._row + 1}"
            self._count(then, (due, f'">="&{cell}'), (due, f'"<"&EDATE({cell},1)'))
        if months:
            # Before the first month nothing is due now; a day that somebody types later may be.
            self._outside("Earlier", [], (due, f'"<"&$A{first}'))
            late = [a for a in self._plan.actions if a.due.replace(day=1) > months[-1]]
            self._outside("Later", late, (due, f'">="&EDATE($A{first + len(months) - 1},1)'))

    def _outside(self, words: str, chosen: Sequence[Action], condition: tuple[str, str]) -> None:
        write_text(self._sheet, self._row, 0, words, self._plain)
        self._count(chosen, condition)

    def _start(self, heading: str, first: str) -> None:
        self._row += 1 if self._row else 0
        write_text(self._sheet, self._row, 0, heading, self._heading)
        self._row += 1
        heads = (first, "Actions", *STATUS_WORDS.values())
        for column, head in enumerate(heads):
            write_text(self._sheet, self._row, column, head, self._number_head if column else self._head)
        fit_row(self._sheet, self._row, list(zip(heads, _WIDTHS, strict=True)))
        self._row += 1

    def _count(self, chosen: Sequence[Action], *conditions: tuple[str, str]) -> None:
        """The number of actions, and of each status among them."""
        anything = (self._range("Action"), '"?*"')
        self._formula(1, [anything, *conditions], len(chosen))
        for column, (status, words) in enumerate(STATUS_WORDS.items(), start=2):
            number = sum(action.status is status for action in chosen)
            self._formula(column, [(self._range("Status"), f'"{words}"'), anything, *conditions], number)
        self._row += 1

    def _formula(self, column: int, conditions: Iterable[tuple[str, str]], value: int) -> None:
        text = ",".join(f"{cells},{wanted}" for cells, wanted in conditions)
        self._sheet.write_formula(self._row, column, f"=COUNTIFS({text})", self._plain, value)

    def _same(self, title: str) -> tuple[str, str]:
        """Where a column says what stands at the head of this row."""
        return self._range(title), f"$A{self._row + 1}"

    def _owner(self) -> tuple[str, str]:
        """As `_same`, but an empty name is nobody’s and not a zero."""
        cell = f"$A{self._row + 1}"
        return self._range("Owner"), f'IF({cell}="","no name","="&{cell})'

    def _range(self, title: str) -> str:
        letter = chr(ord("A") + column_of(title))
        return f"'{self._actions}'!${letter}$2:${letter}${_LAST_ROW}"


def _months(days: Iterable[date]) -> list[date]:
    found = sorted({day.replace(day=1) for day in days})
    if not found:
        return []
    months = [found[0]]
    while months[-1] < found[-1] and len(months) < _MOST_MONTHS:
        months.append(months[-1] + relativedelta(months=1))
    return months
