"""Reading back an action plan that people edited as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any

from selfassess.errors import AssessmentError, Fault, PlanError
from selfassess.files.days import read_day
from selfassess.files.filled import show_cell
from selfassess.files.workbooks import UNSAVED, Unsaved, cell_name, read_workbook
from selfassess.model.practice import Effort
from selfassess.model.standard import Standard
from selfassess.office.plan_columns import BULLET, COLUMNS, Column
from selfassess.office.plan_words import STARTS
from selfassess.planning import ActionStatus
from selfassess.reports.html import make_legal
from selfassess.reports.words import STATUS_WORDS
from selfassess.revision import EditedAction, is_own_reference, own_reference
from selfassess.scorecard import Scorecard

__all__ = ["EditedPlan", "read_plan_edits"]

Rows = Sequence[Sequence[object]]

_NEEDED = ("Reference", "Action", "Status")


@dataclass(frozen=True, slots=True)
class EditedPlan:
    """What people wrote into a plan.

    Attributes:
        actions: What could be read, in the order of the sheet, each reference once.
        faults: Rows that cannot be placed and cells that cannot be read; they are left out of ``actions``.
        start: The day on which the plan says that it starts; None where it says none.
    """

    actions: tuple[EditedAction, ...]
    faults: tuple[Fault, ...]
    start: date | None = None


def read_plan_edits(path: str | PathLike[str], scorecard: Scorecard) -> EditedPlan:
    """Read an edited plan.

    Args:
        path: A workbook that ``write_plan`` wrote, and people edited.
        scorecard: The newer answers, which say whose plan it must be and which practices there are.

    Raises:
        PlanError: It is no such workbook, or it is the plan of another organisation or standard.
    """
    shown_as = str(path)
    if Path(path).suffix.lower() != ".xlsx":
        raise PlanError([Fault(shown_as, 0, "", "is no .xlsx file", "An edited plan is read from .xlsx only")])
    try:
        sheets = read_workbook(Path(path), shown_as)
    except AssessmentError as error:
        raise PlanError(error.faults) from None
    name = next((name for name, rows in sheets.items() if _find_header(rows) is not None), None)
    if name is None:
        problem = f"has no sheet with the columns {', '.join(f'“{title}”' for title in _NEEDED)}"
        raise PlanError([Fault(shown_as, 0, "", problem, "Start from a plan written as .xlsx")])
    others = {other: rows for other, rows in sheets.items() if other != name}
    faults = list(_check_owner(list(others.values()), scorecard, shown_as))
    if faults:
        raise PlanError(faults)
    found = _Reader(shown_as, name, scorecard.standard).read(sheets[name])
    start = _find_start(others, shown_as)
    if isinstance(start, Fault):
        return replace(found, faults=(start, *found.faults))
    return replace(found, start=start)


def _find_header(rows: Rows) -> tuple[int, dict[str, int]] | None:
    """The row of the titles, and the column of each."""
    for index, row in enumerate(rows):
        titles = {show_cell(cell).casefold(): place for place, cell in reversed(list(enumerate(row)))}
        if all(title.casefold() in titles for title in _NEEDED):
            return index, titles
    return None


def _check_owner(sheets: Sequence[Rows], card: Scorecard, shown_as: str) -> Iterator[Fault]:
    """Whether the workbook says that it is the plan of somebody else; saying nothing is fine."""
    told = {show_cell(row[0]): show_cell(row[1]) for rows in sheets for row in rows if len(row) > 1}
    organisation, standard = card.assessment.organisation, card.standard.id
    if told.get("Standard", standard) != standard:
        problem = f"is a plan for the standard “{told['Standard']}”, not “{standard}”"
        yield Fault(shown_as, 0, "", problem, "Name the plan that belongs to the answers")
    label, own = "Organisation", organisation.name
    if organisation.reference and "Your reference" in told:
        label, own = "Your reference", organisation.reference
    if told.get(label, own).casefold() != show_cell(make_legal(own)).casefold():
        problem = f"is the plan of “{told[label]}”, not of “{own}”"
        yield Fault(shown_as, 0, "", problem, "Name the plan that belongs to the answers, or correct it there")


def _find_start(sheets: Mapping[str, Rows], shown_as: str) -> date | Fault | None:
    """The day on which the plan says that it starts; a fault where what it says is no day."""
    for name, rows in sheets.items():
        for index, row in enumerate(rows):
            text = show_cell(row[1]) if len(row) > 1 and show_cell(row[0]) == STARTS else ""
            if text:
                remedy = "Write a day, as 21/11/2026, or give --start"
                fault = Fault(shown_as, 0, f"{name}!{cell_name(index, 1)}, {STARTS}", f"says “{text[:60]}”", remedy)
                return read_day(row[1]) or fault
    return None


class _Reader:
    """Reads the rows of one sheet and collects what is wrong with them."""

    def __init__(self, shown_as: str, sheet: str, standard: Standard) -> None:
        self._shown_as, self._sheet, self._standard = shown_as, sheet, standard
        self._faults: list[Fault] = []
        self._places: dict[str, int] = {}
        self._used: set[str] = set()

    def read(self, rows: Rows) -> EditedPlan:
        """Every row below the titles."""
        header = _find_header(rows)
        if header is None:
            raise AssertionError("the sheet was chosen for its titles")
        first, self._places = header
        references = {self._reference(row) for row in rows[first + 1 :]}
        numbers = (n for n in range(1, len(rows) + 1) if own_reference(n) not in references)
        actions = []
        for index, row in enumerate(rows[first + 1 :], start=first + 1):
            cells = {column.field: show_cell(self._cell(row, column)) for column in _READ}
            if any(cells.values()):
                action = self._action(index, row, cells, numbers)
                actions.extend([action] if action else [])
        return EditedPlan(tuple(actions), tuple(self._faults))

    def _reference(self, row: Sequence[object]) -> str:
        text = show_cell(self._cell(row, _READ[0]))
        return text.capitalize() if is_own_reference(text) else text.upper()

    def _action(
        self, index: int, row: Sequence[object], cells: Mapping[str, str], numbers: Iterator[int]
    ) -> EditedAction | None:
        reference = self._reference(row)
        if not reference:
            if not cells["action"]:
                self._fault(index, "action", "is empty, but its row has something in it", "Write the action there")
                return None
            reference = own_reference(next(numbers))
        if not self._place(index, reference):
            return None
        return EditedAction(reference=reference, **dict(self._fields(index, row)))

    def _place(self, index: int, reference: str) -> bool:
        """Whether the row can be placed; where not, why is a fault."""
        if reference in self._used:
            remedy = "Keep one of the two rows, or clear the reference to make it an action of your own"
            self._fault(index, "reference", f"has {reference} a second time", remedy)
            return False
        if not is_own_reference(reference) and reference not in self._standard.practices:
            close = get_close_matches(reference, self._standard.practices, n=1)
            remedy = (
                f"Did you mean {close[0]}? If it is an action of your own" if close else "For an action of your own"
            )
            problem = f"says “{reference[:60]}”, which is no practice of this standard"
            self._fault(index, "reference", problem, f"{remedy}, clear the reference")
            return False
        self._used.add(reference)
        return True

    def _fields(self, index: int, row: Sequence[object]) -> Iterator[tuple[str, Any]]:
        for column in _READ[1:]:
            value = self._cell(row, column)
            text = show_cell(value)
            if not text:
                continue
            if isinstance(value, Unsaved):
                self._fault(index, column.field, *UNSAVED)
                continue
            if column.is_day:
                read: Any = read_day(value)
            elif column.choices:
                read = _CHOICES[column.field].get(text.casefold())
            else:
                read = _read_lines(text) if column.field == _LINES else text
            if read is None:
                expected = (
                    f"Choose one of: {', '.join(column.choices)}" if column.choices else "Write a day, as 21/11/2026"
                )
                self._fault(index, column.field, f"says “{text[:60]}”", expected)
            else:
                yield column.field, read

    def _cell(self, row: Sequence[object], column: Column) -> object:
        place = self._places.get(column.title.casefold(), len(row))
        return row[place] if place < len(row) else None

    def _fault(self, index: int, field: str, problem: str, remedy: str) -> None:
        column = next(column for column in _READ if column.field == field)
        place = f"{self._sheet}!{cell_name(index, self._places[column.title.casefold()])}"
        self._faults.append(Fault(self._shown_as, 0, f"{place}, {column.title}", problem, remedy))


def _read_lines(text: str) -> tuple[str, ...]:
    lines = (line.strip().removeprefix(BULLET.strip()).strip() for line in text.split("\n"))
    return tuple(line for line in lines if line)


_READ = tuple(column for column in COLUMNS if column.field)
"""The columns that are read; the first is the reference."""

_LINES = "expected_evidence"
"""The field that holds one thing to a line."""

_CHOICES: dict[str, Mapping[str, Effort | ActionStatus]] = {
    "effort": {effort.value: effort for effort in Effort},
    "status": {words.casefold(): status for status, words in STATUS_WORDS.items()}
    | {status.value: status for status in ActionStatus},
}
"""What can be chosen, in small letters; the codes of the other formats are taken too."""
