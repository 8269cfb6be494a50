"""Wide tables: one row for each organisation, one column for each practice."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import polars as pl

from selfassess.batch.blocks import Block, BlockMaker, Rejection, join_cells
from selfassess.batch.cells import Places
from selfassess.batch.codes import ANSWERED, NA_CODE, UNREADABLE, Codes, Flags
from selfassess.batch.delimited import Chunk, DelimitedFile
from selfassess.batch.keys import KeySettler
from selfassess.batch.layout import Layout
from selfassess.batch.parquet import ParquetFile
from selfassess.batch.pieces import Piece, PieceReader
from selfassess.batch.rows import Row, RowReader, text_of
from selfassess.batch.table import Table

__all__ = ["WideReader"]

AHEAD = 2
"""So many pieces are read while another is used; numpy and Polars leave the processor to others meanwhile."""

_IS_ANSWER = np.array([code in ANSWERED for code in range(8)])


class WideReader:
    """Reads wide tables against one standard."""

    def __init__(self, reader: RowReader, maker: BlockMaker) -> None:
        """Prepare what every table needs."""
        self._reader = reader
        self._maker = maker
        self._pieces = PieceReader(reader.standard)
        self._settler = KeySettler(reader)
        self._na_allowed = np.array([practice.na_allowed for practice in reader.practices])

    def read_rows(self, table: Table, layout: Layout, *, remarks: bool = False) -> Iterator[Block | Rejection]:
        """Read a table row by row."""
        yield from self._gather(table.rows(), table, layout, remarks=remarks)

    def read_text(self, table: DelimitedFile, layout: Layout) -> Iterator[Block | Rejection]:
        """Read a text table many rows at once, and only those with something odd one by one."""
        row = table.header_row + 1
        for chunk, piece in self._read_ahead(table, layout):
            if piece is None:
                yield from self._gather(table.rows(chunk.offset, row), table, layout)
                return
            yield from self._read_piece(piece, row, table, layout)
            row += piece.height

    def _read_ahead(self, table: DelimitedFile, layout: Layout) -> Iterator[tuple[Chunk, Piece | None]]:
        """The pieces of a table, the next ones begun while one is used."""
        with ThreadPoolExecutor(AHEAD) as pool:
            begun: deque[tuple[Chunk, Future[Piece | None]]] = deque()
            for chunk in table.chunks():
                begun.append((chunk, pool.submit(self._pieces.read_text, chunk.data, table.separator, layout)))
                if len(begun) > AHEAD:
                    chunk, piece = begun.popleft()
                    yield chunk, piece.result()
            yield from ((chunk, piece.result()) for chunk, piece in begun)

    def read_parquet(self, table: ParquetFile, layout: Layout) -> Iterator[Block | Rejection]:
        """Read a Parquet file many rows at once, and only those with something odd one by one."""
        row = 1
        for frame in table.frames():
            piece = self._pieces.read_frame(frame, layout)
            if piece:
                yield from self._read_piece(piece, row, table, layout)
            else:
                yield from self._gather(enumerate(frame.iter_rows(), row), table, layout)
            row += frame.height

    def _read_piece(self, piece: Piece, first: int, table: Table, layout: Layout) -> Iterator[Block | Rejection]:
        keys, fine = self._settler.settle(piece.keys)
        fine &= ~piece.odd
        codes, keys = (piece.codes, keys) if fine.all() else (piece.codes[fine], keys.filter(pl.Series(fine)))
        not_asked = self._maker.not_asked(keys)
        right = ~self._find_wrong(codes, not_asked, piece, fine)
        if not right.all():
            codes, not_asked, keys = codes[right], not_asked[right], keys.filter(pl.Series(right))
            fine[fine] = right
        if len(codes):
            yield self._maker.make(table.shown_as, piece.rows[fine] + first, keys, codes, not_asked=not_asked)
        if not fine.all() or piece.extra:
            found = self._read_odd(piece, np.flatnonzero(~fine), first, table, layout)
            yield from self._maker.gather(table.shown_as, filter(None, found), remarks=False)

    def _read_odd(
        self, piece: Piece, odd: Places, first: int, table: Table, layout: Layout
    ) -> Iterator[Row | Rejection | None]:
        """Some rows of a piece and those that have no place in it, in the order of the file."""
        cells = dict(zip(piece.rows[odd].tolist(), piece.pick(odd), strict=True)) | dict(piece.extra)
        known = dict(zip(piece.rows[odd].tolist(), piece.codes[odd].tolist(), strict=True))
        for row in sorted(cells):
            yield self._read_one(first + row, cells[row], table, layout, known.get(row))

    def _find_wrong(self, codes: Codes, not_asked: Flags, piece: Piece, fine: Flags) -> Flags:
        """Rows that must be read by themselves, because something in them may be wrong."""
        wrong = _IS_ANSWER.take(codes, mode="wrap")
        wrong &= not_asked
        np.logical_or(wrong, codes == UNREADABLE, out=wrong)
        if NA_CODE in codes:
            explained = piece.find_notes()[fine] & self._na_allowed
            np.logical_or(wrong, (codes == NA_CODE) & ~not_asked & ~explained, out=wrong)
        found: Flags = np.logical_or.reduce(wrong, axis=1)
        return found

    def _gather(
        self, rows: Iterable[tuple[int, Sequence[object]]], table: Table, layout: Layout, *, remarks: bool = False
    ) -> Iterator[Block | Rejection]:
        found = (self._read_one(row, cells, table, layout) for row, cells in rows)
        yield from self._maker.gather(table.shown_as, filter(None, found), remarks=remarks)

    def _read_one(
        self, row: int, cells: Sequence[object], table: Table, layout: Layout, known: Sequence[int] | None = None
    ) -> Row | Rejection | None:
        found = self._reader.read(layout, table.shown_as, row, cells, full=table.full_rows, known=known)
        if found is None or isinstance(found, Row):
            return found
        name = layout.keys["organisation"]
        organisation = text_of(cells[name]).replace("\0", "\ufffd") if name < len(cells) else ""
        return Rejection(table.shown_as, row, organisation, tuple(found), layout.header, join_cells(cells))
