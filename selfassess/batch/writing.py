"""Writing tables, in pieces and in one step: a table is whole where it is wanted, or not there."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Self

import polars as pl
from polars.io.plugins import register_io_source

from selfassess.batch.blocks import Rejection
from selfassess.batch.rejected import list_rejected
from selfassess.errors import OutputError

__all__ = ["FORMATS", "OutputFolder", "disarm", "is_incomplete"]

FORMATS = ("csv", "parquet")

_BOM = "\ufeff"
"""Without it Excel takes UTF-8 for something else; what reads CSV skips it."""

_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
"""How a text starts that a spreadsheet may take for a formula."""

_ARMED = frozenset("=+-@\t\r\n＝＋－＠")

_FIRST_LETTER = itemgetter(slice(1))

_BELOW_NOTHING = re.compile(r"-[0-9]+(\.[0-9]+)?")
"""Numbers that start like a formula and are none; they stay numbers."""

_PARTIAL = ".partial"
"""The folder inside the output in which files are written before they are moved to their place."""


_INCOMPLETE = "INCOMPLETE.txt"
"""A file that is there while the tables of one batch take the place of another’s."""

_WHY_INCOMPLETE = """\
The tables in this folder may be of two batches: one was interrupted while its tables took the place of the other’s.
Run the batch again; this file goes away when all of them are there.
"""


def is_incomplete(folder: Path) -> bool:
    """Whether a batch was interrupted while its tables took the place of an earlier one’s."""
    return (folder / _INCOMPLETE).exists()


def disarm(frame: pl.DataFrame) -> pl.DataFrame:
    """A table for CSV, none of whose texts is taken for a formula: an apostrophe stands before those that might be.

    Days become text here, while each is there once: writing a day takes as long as writing a name.
    """
    texts = pl.col(pl.String)
    armed = texts.str.contains(_FORMULA)
    return frame.with_columns(
        pl.when(armed).then(pl.lit("'") + texts).otherwise(texts).name.keep(), pl.col(pl.Date).dt.to_string()
    )


class OutputFolder:
    """A folder that takes the results of a batch."""

    def __init__(self, path: Path) -> None:
        """Make the folder where it is not there.

        Raises:
            OutputError: It cannot be made, or nothing can be written there.
        """
        self.path = path
        self._held: dict[Path, Path | None] | None = None
        try:
            path.mkdir(exist_ok=True)
            shutil.rmtree(path / _PARTIAL, ignore_errors=True)
            (path / _PARTIAL).mkdir(exist_ok=True)
        except OSError as error:
            problem = f"{path} cannot be written to: {error.strerror}"
            raise OutputError(f"{problem}. Name a folder inside one that exists.") from None

    @contextmanager
    def replace(self, name: str) -> Iterator[Path]:
        """A place to write a file to, which is moved to its own place once it is whole.

        Args:
            name: The file's name, or its path inside the folder.
        """
        target = self.path / name
        partial = self.path / _PARTIAL / f"{os.getpid()}-{target.name}"
        try:
            yield partial
            if self._held is not None:
                self._held[target] = partial
                return
            _put(target, partial)
        except OSError as error:
            raise OutputError(f"{target} cannot be written: {error.strerror}") from None
        finally:
            if self._held is None:
                partial.unlink(missing_ok=True)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let everything that is replaced or removed inside take its place at the end, so that no batch is mixed.

        What is interrupted before that leaves the folder as it was. Only the moves themselves can still be cut off;
        while they last, and where they failed, a file in the folder says so.
        """
        held: dict[Path, Path | None] = {}
        self._held = held
        try:
            yield
        finally:
            self._held = None
        with self.replace(_INCOMPLETE) as partial:
            partial.write_text(_WHY_INCOMPLETE, "utf-8")
        for target, whole in held.items():
            try:
                _put(target, whole)
            except OSError as error:
                raise OutputError(f"{target} cannot be written: {error.strerror}") from None
        (self.path / _INCOMPLETE).unlink()

    def write_table(
        self, name: str, ending: str, schema: pl.Schema, frames: Callable[[], Iterable[pl.DataFrame]]
    ) -> Path:
        """Write a table, piece by piece.

        Args:
            name: The table's name.
            ending: One of `FORMATS`.
            schema: Its columns.
            frames: Gives the pieces.
        """
        with self.replace(f"{name}.{ending}") as partial:
            (_write_csv if ending == "csv" else _write_parquet)(partial, schema, frames)
        return self.path / f"{name}.{ending}"

    def write_rejected(self, rejections: Sequence[Rejection]) -> Path:
        """Write ``rejected.csv``; without rejections it has a header only."""
        header, rows = list_rejected(rejections)
        with self.replace("rejected.csv") as partial, partial.open("w", encoding="utf-8", newline="") as stream:
            stream.write(_BOM)
            # Its usual end of a line: a cell is put in quotes for the characters of that end, and “\r” alone is one.
            writer = csv.writer(stream)
            writer.writerow(_disarm_cells(header))
            writer.writerows(map(_disarm_cells, rows))
        return self.path / "rejected.csv"

    def remove(self, name: str) -> None:
        """Remove a table of an earlier run, which would no longer be true."""
        if self._held is not None:
            self._held[self.path / name] = None
        else:
            _put(self.path / name, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind but what was written."""
        shutil.rmtree(self.path / _PARTIAL, ignore_errors=True)


def _put(target: Path, whole: Path | None) -> None:
    """Move a file that is whole to its place, or leave that empty."""
    if whole is None:
        target.unlink(missing_ok=True)
    else:
        target.parent.mkdir(exist_ok=True)
        whole.replace(target)


def _write_csv(path: Path, schema: pl.Schema, frames: Callable[[], Iterable[pl.DataFrame]]) -> None:
    _stream(schema, frames).sink_csv(path, include_bom=True)


def _write_parquet(path: Path, schema: pl.Schema, frames: Callable[[], Iterable[pl.DataFrame]]) -> None:
    _stream(schema, frames).sink_parquet(path, compression="lz4")


def _stream(schema: pl.Schema, frames: Callable[[], Iterable[pl.DataFrame]]) -> pl.LazyFrame:
    """A table that is never whole in memory, and whose next piece is made while one is written."""

    def source(*_: object) -> Iterator[pl.DataFrame]:
        yield from frames()

    return register_io_source(source, schema=schema)


def _disarm_cells(cells: Sequence[str]) -> Sequence[str]:
    # Most rows hold nothing to disarm, and one look at all first letters is quick.
    if _ARMED.isdisjoint(map(_FIRST_LETTER, cells)):
        return cells
    return [f"'{cell}" if _is_armed(cell) else cell for cell in cells]


def _is_armed(text: str) -> bool:
    return text[:1] in _ARMED and not _BELOW_NOTHING.fullmatch(text)
