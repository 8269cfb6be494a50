"""Workbooks with tables of assessments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from selfassess.batch.layout import is_table_header
from selfassess.files.workbooks import read_workbook

__all__ = ["Sheet", "read_sheets"]


@dataclass(frozen=True)
class Sheet:
    """A sheet whose first row that is not empty names columns of assessments."""

    shown_as: str
    header_row: int
    cells: list[list[object]]

    full_rows = False

    @property
    def header(self) -> Sequence[object]:
        """The cells of the header."""
        return self.cells[self.header_row - 1]

    def rows(self) -> Iterator[tuple[int, Sequence[object]]]:
        """Each row after the header."""
        yield from enumerate(self.cells[self.header_row :], self.header_row + 1)


def read_sheets(path: Path, shown_as: str) -> list[Sheet]:
    """The sheets of a workbook that are tables of assessments; other sheets may hold whatever people like.

    Raises:
        AssessmentError: The file is no workbook, or is refused.
    """
    found = {name: _find_table(rows) for name, rows in read_workbook(path, shown_as).items()}
    tables = {name: table for name, table in found.items() if table}
    return [
        Sheet(shown_as if len(tables) == 1 else f"{shown_as} “{name}”", header_row, cells)
        for name, (header_row, cells) in tables.items()
    ]


def _find_table(rows: list[list[object]]) -> tuple[int, list[list[object]]] | None:
    for row, cells in enumerate(rows, 1):
        if any(cell is not None for cell in cells):
            return (row, rows) if is_table_header(cells) else None
    return None
