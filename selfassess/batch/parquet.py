"""Parquet files: wide tables whose columns may be numbers, text or days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from selfassess.batch.codes import NOT_ANSWERED, UNREADABLE
from selfassess.batch.parquet_probe import ROWS_AT_ONCE, is_sound
from selfassess.errors import AssessmentError, Fault

__all__ = ["ParquetFile", "code_of", "text_of_column"]

MAX_ROWS = 5_000_000
"""A few bytes of Parquet can claim any number of rows."""

FRAME_ROWS = ROWS_AT_ONCE


class ParquetFile:
    """A Parquet file as a table; its rows are counted from 1, because no row of it holds names."""

    full_rows = True
    header_row = 0

    def __init__(self, path: Path, shown_as: str) -> None:
        """Read what columns it has.

        Raises:
            AssessmentError: It is no Parquet file, cannot be read, or has too many rows.
        """
        self.shown_as = shown_as
        try:
            path.open("rb").close()
            if not is_sound(path):
                raise self._refusal("cannot be read as Parquet", "Write it again")
            self._frame = pl.scan_parquet(path, glob=False)
            self.schema = self._frame.collect_schema()
            height = self._frame.select(pl.len()).collect().item()
        except OSError as error:
            raise self._refusal(
                f"cannot be read: {error.strerror}", "Check the name and that you may open it"
            ) from None
        except pl.exceptions.PolarsError:
            raise self._refusal("cannot be read as Parquet", "Write it again") from None
        if height > MAX_ROWS:
            raise self._refusal(f"has more than {MAX_ROWS:,} rows", "Split it")

    @property
    def header(self) -> Sequence[object]:
        """The names of the columns."""
        return self.schema.names()

    def frames(self) -> Iterator[pl.DataFrame]:
        """The rows in large pieces.

        Raises:
            AssessmentError: The file is damaged.
        """
        try:
            yield from self._frame.collect_batches(chunk_size=FRAME_ROWS, maintain_order=True)
        except (pl.exceptions.PolarsError, OSError):
            raise self._refusal("is damaged, so that no row of it was read", "Write it again") from None

    def rows(self) -> Iterator[tuple[int, Sequence[object]]]:
        """Each row: where it stands, counted from 1, and its cells."""
        row = 1
        for frame in self.frames():
            yield from enumerate(frame.iter_rows(), row)
            row += frame.height

    def _refusal(self, problem: str, remedy: str) -> AssessmentError:
        return AssessmentError([Fault(self.shown_as, 0, "", problem, remedy)])


def code_of(column: str, dtype: pl.DataType, spellings: dict[str, int]) -> pl.Expr:
    """The codes of a column of levels: UNREADABLE where only reading row by row can tell."""
    cell, found = pl.col(column), pl.lit(None, pl.Int8)
    is_empty = cell.is_null()
    if dtype.is_integer() or dtype.is_float():
        found = pl.when(pl.any_horizontal(cell == level for level in range(4))).then(cell).cast(pl.Int8, strict=False)
        is_empty |= cell.is_nan() if dtype.is_float() else pl.lit(value=False)
    elif isinstance(dtype, pl.String | pl.Categorical | pl.Enum):
        text = cell.cast(pl.String)
        found = text.replace_strict(list(spellings), list(spellings.values()), default=None, return_dtype=pl.Int8)
        is_empty |= text == ""
    code = pl.when(is_empty).then(pl.lit(NOT_ANSWERED, pl.Int8)).otherwise(found)
    return code.fill_null(UNREADABLE).alias(column)


def text_of_column(column: str, dtype: pl.DataType) -> pl.Expr | None:
    """A column as the text of its cells; None where only reading row by row can tell."""
    cell = pl.col(column)
    if isinstance(dtype, pl.String | pl.Categorical | pl.Enum | pl.Date | pl.Null) or dtype.is_integer():
        return cell.cast(pl.String)
    return None
