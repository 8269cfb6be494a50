"""Reading many assessments, whatever files they are in, in any mix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from selfassess.batch.blocks import Block, BlockMaker, Rejection, join_cells
from selfassess.batch.delimited import DelimitedFile
from selfassess.batch.duplicates import Duplicate
from selfassess.batch.jsonlines import HEADER, LinesReader, row_of
from selfassess.batch.layout import KEYS, read_layout
from selfassess.batch.long import LongReader
from selfassess.batch.parquet import ParquetFile
from selfassess.batch.paths import ENDINGS, LINES, SINGLE
from selfassess.batch.rows import RowReader, fold, is_blank, text_of
from selfassess.batch.sheets import Book, Sheet, read_book
from selfassess.batch.table import Table
from selfassess.batch.wide import WideReader
from selfassess.errors import AssessmentError, Fault
from selfassess.files.assessments import read_assessment
from selfassess.model.standard import Standard

__all__ = ["BatchReader", "Skipped"]


class BatchReader:
    """Reads files against one standard.

    Args:
        standard: The standard that they answer.
        remarks: Whether notes, reasons and evidence are kept, which reports need; it takes more time and memory.
    """

    def __init__(self, standard: Standard, *, remarks: bool = False) -> None:
        """Prepare what every file needs."""
        self._standard = standard
        self._remarks = remarks
        self.maker = BlockMaker(standard)
        self._rows = RowReader(standard)
        self._wide = WideReader(self._rows, self.maker)
        self._long = LongReader(self._rows, self.maker)
        self._lines = LinesReader(self._rows, self.maker)

    def read(self, path: Path) -> Iterator[Block | Rejection | Skipped]:
        """What a file holds; where it cannot be read to its end, the last thing is the rejection of the whole file."""
        shown_as = str(path)
        try:
            if path.suffix.lower() in LINES:
                yield from self._lines.read(path, shown_as, remarks=self._remarks)
                return
            book = _open_tables(path, shown_as)
            if book is None:
                row = row_of(0, read_assessment(path, standard=self._standard), self._standard)
                yield self.maker.from_rows(shown_as, [row], remarks=self._remarks)
                return
            for table in book.tables:
                yield from self._read_table(table)
            yield from (Rejection(fault.file, 0, "", (fault,)) for fault in book.faults)
            yield from map(Skipped, book.skipped)
        except AssessmentError as error:
            yield Rejection(shown_as, 0, "", tuple(error.faults), is_whole_file=True)

    def reread(self, path: Path, duplicates: Mapping[tuple[str, int], Duplicate]) -> Iterator[Rejection]:
        """Rejections of the rows of a file that are in the batch elsewhere too, with all that stands in them.

        Args:
            path: A file that was read.
            duplicates: What is wrong with which row, by the file's name and the row.
        """
        if path.suffix.lower() in LINES:
            for row, line in self._lines.pick(path, str(path)):
                if (str(path), row) in duplicates:
                    yield duplicates[str(path), row].reject(row, HEADER, join_cells([line]))
            return
        book = _open_tables(path, str(path))
        if book is None:
            yield duplicates[str(path), 0].reject(0)
            return
        for table in book.tables:
            yield from self._reread_table(table, duplicates)

    def _read_table(self, table: Table) -> Iterator[Block | Rejection]:
        layout = read_layout(table.header, self._standard, table.shown_as, table.header_row)
        if isinstance(table, Sheet) and table.fault:
            yield from _reject_all(table, [table.fault])
        elif isinstance(layout, list):
            yield from _reject_all(table, layout)
        elif layout.long:
            yield from self._long.read(table, layout, remarks=self._remarks)
        elif self._remarks:
            yield from self._wide.read_rows(table, layout, remarks=True)
        elif isinstance(table, DelimitedFile):
            yield from self._wide.read_text(table, layout)
        elif isinstance(table, ParquetFile):
            yield from self._wide.read_parquet(table, layout)
        else:
            yield from self._wide.read_rows(table, layout)

    def _reread_table(self, table: Table, duplicates: Mapping[tuple[str, int], Duplicate]) -> Iterator[Rejection]:
        layout = read_layout(table.header, self._standard, table.shown_as, table.header_row)
        if isinstance(layout, list) or (isinstance(table, Sheet) and table.fault):
            return
        for first, row, cells in self._long.group(table, layout) if layout.long else _ungrouped(table):
            if (table.shown_as, first) in duplicates:
                yield duplicates[table.shown_as, first].reject(row, layout.header, join_cells(cells))


@dataclass(frozen=True, slots=True)
class Skipped:
    """Part of a file that was passed over on purpose, in the words of a fault that is none."""

    note: Fault


def _open_tables(path: Path, shown_as: str) -> Book | None:
    """The tables of a file; None where it holds one assessment."""
    ending = path.suffix.lower()
    if ending in SINGLE:
        return None
    if ending == ".xlsx":
        return read_book(path, shown_as)
    if ending == ".parquet":
        return Book([ParquetFile(path, shown_as)])
    if ending in ENDINGS:
        return Book([DelimitedFile(path, shown_as)])
    raise AssessmentError([Fault(shown_as, 0, "", *_why_not_read(path))])


def _why_not_read(path: Path) -> tuple[str, str]:
    """Problem and remedy of what has no ending that is known."""
    remedy = f"Give files ending in {', '.join(ENDINGS)}"
    if path.is_dir():
        return "is a folder in which no file can be found", remedy
    if not path.exists():
        return "is not there", "Check the name"
    return f"ends in “{path.suffix}”" if path.suffix else "has no ending", remedy


def _ungrouped(table: Table) -> Iterator[tuple[int, int, Sequence[object]]]:
    return ((row, row, cells) for row, cells in table.rows())


def _say_briefly(fault: Fault, row: int) -> str:
    return f"{fault.place or f'row {row}'} {fault.problem}"


def _reject_all(table: Table, faults: Sequence[Fault]) -> Iterator[Rejection]:
    """A table whose columns are not all known: none of its rows is scored, and every one is kept."""
    header = tuple("" if cell is None else str(cell) for cell in table.header)
    yield Rejection(table.shown_as, table.header_row, "", tuple(faults), header, join_cells(header), is_heading=True)
    because = f"Not scored, because of the names of the columns: {_say_briefly(faults[0], table.header_row)}."
    name = next((at for at, cell in enumerate(header) if fold(cell) == KEYS[0]), len(header))
    for row, cells in table.rows():
        if not all(map(is_blank, cells)):
            organisation = text_of(cells[name]) if name < len(cells) else ""
            yield Rejection(table.shown_as, row, organisation, (), header, join_cells(cells), because)
