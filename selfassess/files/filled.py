"""Reading back the workbook that ``selfassess template`` writes and somebody filled in.

The sheets are found by what stands in them and not by their place, so that a workbook survives other programs, and
people who add a column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from selfassess.errors import AssessmentError, Fault
from selfassess.files.days import read_day
from selfassess.files.workbooks import UNSAVED, Unsaved, cell_name, read_workbook
from selfassess.files.yaml import Document, Loc
from selfassess.model.record import is_practice_id

__all__ = ["ANSWER_COLUMNS", "COVER_FIELDS", "FilledWorkbook", "find_answers", "read_filled", "show_cell"]

Rows = Sequence[Sequence[object]]

COVER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "Organisation": ("organisation", "name"),
    "Kind of organisation": ("organisation", "kind"),
    "Your reference": ("organisation", "reference"),
    "Group or region": ("organisation", "group"),
    "Date of this assessment": ("date",),
    "Questionnaire": ("questionnaire",),
    "Standard": ("standard", "id"),
    "Version": ("standard", "version"),
    "Content hash": ("standard", "hash"),
}
"""What the cover says about an assessment: the words left of a cell, and where its value belongs."""

ANSWER_COLUMNS: Mapping[str, str] = {
    "Reference": "reference",
    "Answer": "level",
    "Reason": "reason",
    "Note": "note",
    "Evidence": "evidence",
}
"""The columns of the sheet of answers that are read, by the words at their heads."""

_NEEDED = ("reference", "level")


class FilledWorkbook(Document):
    """The assessment that a workbook holds as plain data, in which every value knows its cell."""

    is_workbook = True

    def __init__(self, data: dict[str, Any], cells: Mapping[tuple[str, ...], str]) -> None:
        """Keep the data, and the cells by the way to their values."""
        super().__init__(data, None)
        self._cells = cells

    def cell_of(self, loc: Loc) -> str:
        """The cell of the value at ``loc``, or of the nearest thing around it, as ``Answers!E14``."""
        way = tuple(str(step) for step in loc)
        for length in range(len(way), 0, -1):
            if way[:length] in self._cells:
                return self._cells[way[:length]]
        return ""


def find_answers(sheets: Mapping[str, Rows]) -> str | None:
    """The name of the sheet that holds the answers of one organisation; None where there is none."""
    return next((name for name, rows in sheets.items() if _find_header(rows) is not None), None)


def read_filled(path: Path, shown_as: str) -> FilledWorkbook:
    """What was filled in, not yet checked against the standard.

    Raises:
        AssessmentError: The file is no workbook that can be read, or none that ``selfassess template`` wrote; or a row
            has an answer but no practice.
    """
    sheets = read_workbook(path, shown_as)
    name = find_answers(sheets)
    if name is None:
        problem = "has no sheet with the columns “Reference” and “Answer”"
        remedy = "Start from “selfassess template”; a table of many organisations is for “selfassess batch”"
        raise AssessmentError([Fault(shown_as, 0, "", problem, remedy)])
    data: dict[str, Any] = {"answers": {}}
    cells: dict[tuple[str, ...], str] = {}
    others = {other: rows for other, rows in sheets.items() if other != name}
    faults = list(_find_second(others, name, shown_as))
    faults.extend(_read_cover(others, data, cells, shown_as))
    faults.extend(_read_answers(name, sheets[name], data["answers"], cells, shown_as))
    if faults:
        raise AssessmentError(faults)
    return FilledWorkbook(data, cells)


def show_cell(value: object) -> str:
    """A cell as text, whatever it holds."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _find_second(sheets: Mapping[str, Rows], name: str, shown_as: str) -> Iterator[Fault]:
    """Another sheet of answers, of which nobody could tell whose they are."""
    other = find_answers(sheets)
    if other is not None:
        problem = f"holds answers, as “{name}” does"
        yield Fault(shown_as, 0, f"sheet “{other}”", problem, "Keep one of them; each organisation has its own file")


def _read_cover(
    sheets: Mapping[str, Rows], data: dict[str, Any], cells: dict[tuple[str, ...], str], shown_as: str
) -> Iterator[Fault]:
    labels = {label.casefold(): way for label, way in COVER_FIELDS.items()}
    for sheet, rows in sheets.items():
        for index, row in enumerate(rows):
            way = labels.get(show_cell(row[0]).casefold()) if row else None
            if way and way not in cells:
                cells[way] = f"{sheet}!{cell_name(index, 1)}"
                # What is said of the standard as a whole is nearly always about its version.
                if way[-1] != "hash":
                    cells[way[:1]] = cells[way]
                value = row[1] if len(row) > 1 else None
                if isinstance(value, Unsaved):
                    yield Fault(shown_as, 0, cells[way], *UNSAVED)
                _put(data, way, value)


def _put(data: dict[str, Any], way: tuple[str, ...], value: object) -> None:
    day = read_day(value) if way == ("date",) else None
    text = day.isoformat() if day else show_cell(value)
    if not text:
        return
    for step in way[:-1]:
        data = data.setdefault(step, {})
    data[way[-1]] = text


def _find_header(rows: Rows) -> tuple[int, dict[str, int]] | None:
    """The row of the heads, and the column of each field."""
    heads = {head.casefold(): field for head, field in ANSWER_COLUMNS.items()}
    for index, row in enumerate(rows):
        words = [heads.get(_first_line(cell).casefold(), "") for cell in row]
        if all(field in words for field in _NEEDED):
            return index, {field: words.index(field) for field in words if field}
    return None


def _first_line(cell: object) -> str:
    """A head without the help that stands below it."""
    return show_cell(cell).partition("\n")[0].strip()


def _read_answers(
    sheet: str,
    rows: Rows,
    answers: dict[str, Any],
    cells: dict[tuple[str, ...], str],
    shown_as: str,
) -> Iterator[Fault]:
    """Put every answer into ``answers`` and its cells into ``cells``; what belongs to no practice is a fault."""
    header = _find_header(rows)
    if header is None:
        raise AssertionError("the sheet was chosen for its header")
    first, columns = header
    for index, row in enumerate(rows[first + 1 :], start=first + 1):
        given = {field: row[column] for field, column in columns.items() if column < len(row)}
        unsaved = [field for field, value in given.items() if isinstance(value, Unsaved)]
        for field in unsaved:
            yield Fault(shown_as, 0, f"{sheet}!{cell_name(index, columns[field])}", *UNSAVED)
        answer = dict(_fields({field: value for field, value in given.items() if field not in unsaved}))
        practice_id = show_cell(given.get("reference")).upper()
        place = f"{sheet}!{cell_name(index, columns['reference'])}"
        if not is_practice_id(practice_id):
            if answer:
                found = f"says “{practice_id[:60]}”" if practice_id else "is empty"
                yield Fault(shown_as, 0, place, f"{found}, but its row has an answer", "Write the practice’s reference")
        elif practice_id in answers:
            yield Fault(shown_as, 0, place, f"has {practice_id} a second time", "Keep one of the two rows")
        else:
            answers[practice_id] = answer
            cells["answers", practice_id] = f"{sheet}!{cell_name(index, columns['level'])}"
            for field, column in columns.items():
                cells["answers", practice_id, field] = f"{sheet}!{cell_name(index, column)}"


def _fields(given: Mapping[str, object]) -> Iterator[tuple[str, Any]]:
    """What a row says of its practice; empty cells say nothing."""
    if show_cell(given.get("level")):
        yield "level", _level(given["level"])
    for field in ("reason", "note"):
        if text := show_cell(given.get(field)):
            yield field, text
    lines = show_cell(given.get("evidence")).split("\n")
    if evidence := [text for text in map(_without_bullet, lines) if text]:
        yield "evidence", evidence


def _without_bullet(line: str) -> str:
    return line.strip().removeprefix("•").removeprefix("- ").strip()


def _level(value: object) -> object:
    """The answer as a number or text; ``2.0``, which some programs make of 2, is 2."""
    text = show_cell(value)
    return text.removesuffix(".0") if text[:1].isdigit() else text
