"""Pieces of a wide table, with the answers of many rows read at once."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from selfassess.batch.cells import Cells, Places, find_cells
from selfassess.batch.codes import NOT_ANSWERED, Codes, Flags, spellings
from selfassess.batch.keys import read_text_keys
from selfassess.batch.layout import Layout
from selfassess.batch.parquet import code_of, text_of_column
from selfassess.batch.spelling import PADDING, SpellingTable
from selfassess.model.standard import Standard

__all__ = ["Piece", "PieceReader"]

_DELETE = 0x7F


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a wide table.

    Attributes:
        height: How many rows it has, those that are odd in any way included.
        rows: Where each row stands in the piece, counted from 0.
        keys: Whose rows they are, as text, one column for each key that is there.
        codes: Their answers; UNREADABLE where only reading the row by itself can tell.
        odd: Rows that must be read by themselves for another reason.
        find_notes: Tells where a note surely says something.
        pick: Gives the cells of some rows, by their places in ``rows``.
        extra: The cells of rows that lack some or have too many, by where the row stands in the piece.
    """

    height: int
    rows: Places
    keys: pl.DataFrame
    codes: Codes
    odd: Flags
    find_notes: Callable[[], Flags]
    pick: Callable[[Places], Iterable[Sequence[object]]]
    extra: Mapping[int, Sequence[object]] = field(default_factory=dict)


class PieceReader:
    """Reads pieces for one standard."""

    def __init__(self, standard: Standard) -> None:
        """Prepare what every piece needs."""
        self._width = len(standard.practices)
        self._known = spellings(standard)
        self._spellings = SpellingTable(self._known)

    def read_text(self, data: bytes, separator: str, layout: Layout) -> Piece | None:
        """A piece of a text table; None where a row may end, or a cell read, otherwise than its bytes seem to say.

        Args:
            data: Whole rows as UTF-8.
            separator: What stands between cells.
            layout: What the columns hold.
        """
        if b"\0" in data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
            return None
        cells = find_cells(data, separator, len(layout.header))
        keys = read_text_keys(data, separator, layout, len(cells.bounds)) if cells else None
        if cells is None or keys is None:
            return None
        text = _Text(data, cells, separator)
        odd = np.zeros(len(cells.regular), np.bool_)
        for column in layout.nameless:
            np.logical_or(odd, cells.ends[:, column] > cells.starts[:, column], out=odd)
        return Piece(
            height=len(cells.bounds),
            rows=cells.regular,
            keys=keys[cells.regular] if len(cells.odd) else keys,
            codes=self._place(self._decode(text, list(layout.levels.values())), layout.levels),
            odd=odd,
            find_notes=lambda: self._place_notes(text.find_notes(list(layout.notes.values())), layout.notes),
            pick=lambda places: text.pick(cells.regular[places]),
            extra=dict(zip(cells.odd.tolist(), text.pick(cells.odd), strict=True)),
        )

    def read_frame(self, frame: pl.DataFrame, layout: Layout) -> Piece | None:
        """A piece of a Parquet file; None where its columns are such that only reading row by row can tell."""
        names, schema = frame.columns, frame.schema
        found = {key: text_of_column(names[at], schema[names[at]]) for key, at in layout.keys.items()}
        keys = {key: text for key, text in found.items() if text is not None}
        if len(keys) < len(found) or layout.nameless or _holds_nul(frame):
            return None
        levels = [code_of(names[at], schema[names[at]], self._known) for at in layout.levels.values()]
        notes = [pl.col(names[at]).cast(pl.String, strict=False) for at in layout.notes.values()]
        return Piece(
            height=frame.height,
            rows=np.arange(frame.height),
            keys=frame.select(text.alias(key) for key, text in keys.items()),
            codes=self._place(frame.select(levels).to_numpy(), layout.levels),
            odd=np.zeros(frame.height, np.bool_),
            find_notes=lambda: self._place_notes(_starts_visibly(frame.select(notes)), layout.notes),
            pick=lambda places: frame[places].iter_rows(),
        )

    def _decode(self, text: _Text, columns: list[int]) -> Codes:
        # Neighbouring columns are a slice, which numpy need not copy.
        is_run = columns == list(range(columns[0], columns[0] + len(columns)))
        taken = slice(columns[0], columns[-1] + 1) if is_run else columns
        return self._spellings.decode(text.padded, text.cells.starts[:, taken], text.cells.ends[:, taken])

    def _place(self, found: Codes, levels: Mapping[int, int]) -> Codes:
        """Codes by column as codes by practice."""
        if list(levels) == list(range(self._width)):
            return np.require(found, requirements=["W", "C"])
        codes = np.full((len(found), self._width), NOT_ANSWERED, np.int8)
        codes[:, list(levels)] = found
        return codes

    def _place_notes(self, found: Flags, notes: Mapping[int, int]) -> Flags:
        has_note = np.zeros((len(found), self._width), np.bool_)
        has_note[:, list(notes)] = found
        return has_note


@dataclass(frozen=True)
class _Text:
    """The bytes of a piece of a text table, and where its cells are."""

    data: bytes
    cells: Cells
    separator: str

    @cached_property
    def padded(self) -> bytes:
        """The bytes as the table of spellings needs them."""
        return self.data + b"\0" * PADDING

    def pick(self, rows: Places) -> Iterator[Sequence[object]]:
        """The cells of some of the rows, which are counted from 0."""
        for start, end in self.cells.bounds[rows].tolist():
            text = self.data[start:end].decode()
            # Only quotation marks make a row anything else than its cells and separators.
            yield from csv.reader([text], delimiter=self.separator) if '"' in text else [text.split(self.separator)]

    def find_notes(self, columns: list[int]) -> Flags:
        """Where a cell surely says something: it starts with a letter, a figure or a sign of ASCII."""
        starts, ends = self.cells.starts[:, columns], self.cells.ends[:, columns]
        first = np.frombuffer(self.padded, np.uint8)[starts]
        return (ends > starts) & (first > ord(" ")) & (first < _DELETE)


def _holds_nul(frame: pl.DataFrame) -> bool:
    texts = frame.select(pl.col(pl.String).str.contains("\0", literal=True).any())
    return any(texts.row(0)) if texts.width else False


def _starts_visibly(texts: pl.DataFrame) -> Flags:
    """The same for columns of text."""
    return texts.select(pl.all().str.contains(r"^[!-~]").fill_null(value=False)).to_numpy()
