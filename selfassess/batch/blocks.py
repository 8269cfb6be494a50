"""What was read: organisations with their answers as columns, and the rows that were refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from selfassess.batch.codes import NOT_ASKED, Codes, Flags, asked_masks
from selfassess.batch.layout import KEYS
from selfassess.batch.rows import Keys, Row, text_of
from selfassess.errors import Fault
from selfassess.model.standard import Standard

__all__ = ["Block", "BlockMaker", "Rejection", "join_cells"]

BLOCK_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """Organisations of one file.

    Attributes:
        file: The file as the person named it.
        rows: Where each stands in the file, counted from 1; 0 in a file of one organisation.
        keys: One row for each organisation, with the columns `KEYS`.
        codes: Their answers; what was not asked is marked so.
        remarks: Notes, reasons and evidence by practice, where they were asked for.
    """

    file: str
    rows: NDArray[np.int64]
    keys: pl.DataFrame
    codes: Codes
    remarks: Sequence[dict[str, dict[str, object]]] | None = None

    def take(self, kept: Flags) -> Block:
        """The block without some of its organisations."""
        remarks = self.remarks and [held for held, keep in zip(self.remarks, kept, strict=True) if keep]
        return Block(self.file, self.rows[kept], self.keys.filter(pl.Series(kept)), self.codes[kept], remarks)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not scored, or a whole file.

    Attributes:
        row: Where it stands, counted from 1; 0 for a file.
        organisation: Whose row it is; empty where that cannot be told.
        faults: What is wrong with it; empty where only something else in its file is.
        header: The names of its cells.
        cells: What stands in them, joined by NUL, which no cell holds: one text takes a fraction of the memory.
        because: Why it was not scored, where it has no faults itself.
        is_heading: Whether it is the row that names the columns.
        is_whole_file: Whether nothing of its file was read, whatever came before.
    """

    file: str
    row: int
    organisation: str
    faults: tuple[Fault, ...]
    header: tuple[str, ...] = ()
    cells: str = ""
    because: str = ""
    is_heading: bool = False
    is_whole_file: bool = False

    @property
    def reasons(self) -> str:
        """Why it was not scored, joined by “ | ”; file and row, which are known, are left out."""
        return " | ".join([_say(fault.place, fault.problem, fault.remedy) for fault in self.faults]) or self.because


@lru_cache(maxsize=4096)
def _say(place: str, problem: str, remedy: str) -> str:
    """A fault in words; the same mistake is often made in many rows."""
    return str(Fault("", 0, place, problem, remedy))


def join_cells(cells: Sequence[object]) -> str:
    """The texts of cells as `Rejection` keeps them."""
    try:
        joined = "\0".join(cells)  # type: ignore[arg-type]  # most tables hold nothing but texts
    except TypeError:
        return join_cells([cell if isinstance(cell, str) else text_of(cell) for cell in cells])
    if joined.count("\0") < len(cells):
        return joined
    return "\0".join(text_of(cell).replace("\0", "\ufffd") for cell in cells)


class BlockMaker:
    """Makes blocks for one standard."""

    def __init__(self, standard: Standard) -> None:
        """Prepare what every block needs."""
        masks = asked_masks(standard)
        self._width = len(standard.practices)
        self._not_asked = np.array([~mask for mask in masks.values()])
        self._pairs = ["\0".join(pair) for pair in masks]
        self.schema = {key: pl.Date if key == "date" else pl.String for key in KEYS}

    def make(
        self,
        file: str,
        rows: NDArray[np.int64],
        keys: pl.DataFrame,
        codes: Codes,
        remarks: Sequence[dict[str, dict[str, object]]] | None = None,
        not_asked: Flags | None = None,
    ) -> Block:
        """A block, with what was not asked marked so in ``codes``."""
        np.putmask(codes, self.not_asked(keys) if not_asked is None else not_asked, NOT_ASKED)
        return Block(file, rows, keys, codes, remarks)

    def not_asked(self, keys: pl.DataFrame) -> Flags:
        """Which practices each organisation is not asked."""
        pair = pl.concat_str("kind", "questionnaire", separator="\0")
        places = keys.select(pair.replace_strict(self._pairs, range(len(self._pairs)), return_dtype=pl.Int64))
        found: Flags = self._not_asked[places.to_series().to_numpy()]
        return found

    def gather(self, file: str, found: Iterable[Row | Rejection], *, remarks: bool) -> Iterator[Block | Rejection]:
        """Blocks of the rows that were read one by one, and the rejections as they come."""
        held: list[Row] = []
        for item in found:
            if isinstance(item, Rejection):
                yield item
                continue
            held.append(item)
            if len(held) == BLOCK_ROWS:
                yield self.from_rows(file, held, remarks=remarks)
                held = []
        if held:
            yield self.from_rows(file, held, remarks=remarks)

    def from_rows(self, file: str, rows: Sequence[Row], *, remarks: bool = False) -> Block:
        """A block of rows that were read one by one."""
        codes = np.frombuffer(bytearray(b"".join(row.codes for row in rows)), np.int8).reshape(-1, self._width)
        said = [row.remarks for row in rows] if remarks else None
        return self.make(
            file, np.array([row.row for row in rows], np.int64), self.key_frame(row.keys for row in rows), codes, said
        )

    def key_frame(self, keys: Iterable[Keys]) -> pl.DataFrame:
        """Whose rows they are, as columns."""
        return pl.DataFrame(list(keys), schema=self.schema, orient="row")
