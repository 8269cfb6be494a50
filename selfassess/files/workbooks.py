"""Reading ``.xlsx`` workbooks that anybody may have made, within a bound of time and memory."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.files.archives import open_archive, refuse
from selfassess.files.workbook_listener import Odd, Unsaved
from selfassess.files.workbook_parts import check_parts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["UNSAVED", "Rows", "Unsaved", "Workbook", "cell_name", "open_workbook", "read_workbook"]

Rows = list[list[object]]
"""The cells of a sheet, row by row."""

UNSAVED = ("is a formula without a value", "Open the file in a spreadsheet program and save it, or type the value")
"""Problem and remedy of an `Unsaved` formula."""

_WHOLE = 2**53
"""Up to here a float holds every whole number."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook holds.

    Attributes:
        sheets: The cells of each sheet; see `read_workbook`.
        hidden: The names of the sheets that a person who opens it does not see.
    """

    sheets: dict[str, Rows]
    hidden: frozenset[str]


def read_workbook(path: Path, shown_as: str) -> dict[str, Rows]:
    """The cells of a workbook, sheet by sheet.

    Args:
        path: A file ending in ``.xlsx``.
        shown_as: The name by which the person knows the file.

    Returns:
        For each sheet by name, in the workbook's order and hidden ones included, its rows from row 1, each with its
        cells from column A. A cell is a text, a whole number, a float, a truth, a date, a time or a length of time;
        None where it is empty. Empty cells at the end of a row and empty rows at the end of a sheet are left out. A
        formula is its saved value; one that failed is the text of its error, such as ``#N/A``, and one whose value
        was not saved is its own text as `Unsaved`, so that neither passes for an empty cell.

    Raises:
        AssessmentError: The file is no ``.xlsx`` workbook; or it has macros, takes data from elsewhere, embeds other
            files, declares a document type, or goes beyond a bound of size.
    """
    return open_workbook(path, shown_as).sheets


def open_workbook(path: Path, shown_as: str) -> Workbook:
    """The cells of a workbook, and which of its sheets are hidden; see `read_workbook`."""
    parts = open_archive(path, shown_as)
    odd = check_parts(parts, shown_as)
    found, hidden = _read_cells(_pack(parts), shown_as)
    for sheet, cells in odd.items():
        _put_odd(found.setdefault(sheet, []), cells)
    return Workbook({sheet: _trim(rows) for sheet, rows in found.items()}, hidden)


def cell_name(row: int, column: int) -> str:
    """The name of a cell as people see it, from row and column counted from 0: (13, 4) is ``E14``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _pack(parts: dict[str, bytes]) -> BytesIO:
    """The checked parts as an archive of their own, so that nothing unchecked reaches the reader."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def _read_cells(packed: BytesIO, shown_as: str) -> tuple[dict[str, Rows], frozenset[str]]:
    try:
        import python_calamine as calamine
    except ImportError:
        remedy = 'Install it: pip install "selfassess[office]"; or save the sheet as .csv'
        refuse(shown_as, "cannot be read, because python-calamine is not installed", remedy)
    try:
        book = calamine.CalamineWorkbook.from_filelike(packed)
        pages = [s for s in book.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
        hidden = frozenset(s.name for s in pages if s.visible != calamine.SheetVisibleEnum.Visible)
        return {s.name: _rows(book.get_sheet_by_name(s.name)) for s in pages}, hidden
    except (calamine.CalamineError, ValueError, OverflowError):
        refuse(shown_as, "cannot be read as a workbook", "Open it in Excel or LibreOffice and save it again as .xlsx")


def _rows(sheet: CalamineSheet) -> Rows:
    # Not by iter_rows(), which leaves out empty columns on the left.
    return [_row(cells) for cells in sheet.to_python(skip_empty_area=False)]


def _row(cells: Sequence[object]) -> list[object]:
    return [_value(cell) for cell in cells]


def _value(cell: object) -> object:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE:
        return int(cell)
    return None if cell == "" else cell


def _put_odd(rows: Rows, cells: Odd) -> None:
    for (row, column), text in cells.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        rows[row][column] = text


def _trim(rows: Rows) -> Rows:
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
