"""Workbooks with tables of assessments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from selfassess.batch.layout import is_table_header, resembles_header
from selfassess.batch.table import Table
from selfassess.errors import Fault
from selfassess.files.filled import find_answers
from selfassess.files.workbooks import Rows, open_workbook

__all__ = ["Book", "Sheet", "read_book"]

LOOKED_THROUGH = 50
"""So many rows of a sheet are looked through for headings that are not in its first row."""

NOTES_WIDTH = 3
"""In no row of notes, of a cover or of guidance are more cells filled; a table without headings has more."""

_HEADINGS_FIRST = "Delete the rows above it, so that the headings come first"
_NAME_COLUMNS = "Name its columns in the first row: organisation, kind, …; or delete the sheet"
_START = "Name the columns in its first row: organisation, kind, …; or start from “selfassess template”"


@dataclass(frozen=True)
class Sheet:
    """A sheet with a row that names columns of assessments.

    Attributes:
        shown_as: The name by which the person knows it.
        header_row: The row of the headings, counted from 1.
        cells: All its rows.
        fault: Why none of its rows can be scored, although it has headings.
    """

    shown_as: str
    header_row: int
    cells: Rows
    fault: Fault | None = None

    full_rows = False

    @property
    def header(self) -> Sequence[object]:
        """The cells of the header."""
        return self.cells[self.header_row - 1]

    def rows(self) -> Iterator[tuple[int, Sequence[object]]]:
        """Each row after the header."""
        yield from enumerate(self.cells[self.header_row :], self.header_row + 1)


@dataclass
class Book:
    """What a batch makes of a file; every sheet of a workbook that holds anything is in one of these.

    Attributes:
        tables: Sheets with headings, or the one table that the file is.
        faults: Sheets that hold something, but nothing that could be scored or passed over.
        skipped: Sheets that are passed over, and why.
    """

    tables: list[Table] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped: list[Fault] = field(default_factory=list)


def read_book(path: Path, shown_as: str) -> Book | None:
    """The sheets of a workbook; None where it holds the answers of one organisation.

    Raises:
        AssessmentError: The file is no workbook, or is refused.
    """
    workbook = open_workbook(path, shown_as)
    sheets = {name: rows for name, rows in workbook.sheets.items() if rows}
    # What nobody sees who opens the file, nobody checks before sending it: an old copy, lists for drop-downs. It is
    # not scored by surprise, and not passed over in silence either.
    visible = {name: rows for name, rows in sheets.items() if name not in workbook.hidden}
    headings = {name: found for name, rows in visible.items() if (found := _find_headings(rows))}
    if not headings and find_answers(sheets) is not None:
        return None
    book = Book()
    for name, rows in sheets.items():
        place = shown_as if len(headings) == 1 and name in headings else f"{shown_as} “{name}”"
        if name in headings:
            row = headings[name]
            book.tables.append(Sheet(place, row, rows, _find_misplaced(place, row, rows)))
        elif name not in visible:
            book.skipped.append(Fault(place, 0, "", "is a hidden sheet, and was not read", "Unhide it to have it read"))
        elif _is_notes(rows):
            book.skipped.append(Fault(place, 0, "", "holds no table, and was not read", _NAME_COLUMNS))
        else:
            problem = "has no row with headings such as “organisation” and “kind”, so that none of its rows was read"
            book.faults.append(Fault(place, 0, "", problem, _NAME_COLUMNS))
    if not headings and not book.faults:
        problem = "holds no table of assessments that can be seen" if sheets else "is empty"
        book.faults.append(Fault(shown_as, 0, "", problem, _START))
    return book


def _find_headings(rows: Rows) -> int:
    """The row that names the columns, counted from 1; 0 where there is none."""
    filled = [row for row, cells in enumerate(rows[:LOOKED_THROUGH], 1) if _count_filled(cells)]
    if filled and is_table_header(rows[filled[0] - 1]):
        return filled[0]
    return next((row for row in filled if resembles_header(rows[row - 1])), 0)


def _find_misplaced(place: str, row: int, rows: Rows) -> Fault | None:
    above = next((at for at, cells in enumerate(rows[: row - 1], 1) if _count_filled(cells)), 0)
    if not above:
        return None
    said = next(str(cell) for cell in rows[above - 1] if cell is not None)
    problem = f"looks like the headings, but row {above} above it says “{said[:60]}”"
    return Fault(place, row, "", problem, _HEADINGS_FIRST)


def _is_notes(rows: Rows) -> bool:
    return max(map(_count_filled, rows)) <= NOTES_WIDTH


def _count_filled(cells: Sequence[object]) -> int:
    return sum(cell is not None for cell in cells)
