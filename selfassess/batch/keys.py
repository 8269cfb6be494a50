"""Whose rows they are, for many rows at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

from selfassess.batch.codes import Flags
from selfassess.batch.layout import KEYS, Layout
from selfassess.batch.rows import DEFAULT, MAX_LENGTHS, RowReader
from selfassess.files.days import read_day

__all__ = ["KeySettler", "read_text_keys"]

_CONTROL = r"[\x00-\x1f\x7f]"
"""Characters that Polars and Python do not agree about when they take away spaces; such rows are read one by one."""


def read_text_keys(data: bytes, separator: str, layout: Layout, rows: int) -> pl.DataFrame | None:
    """The key columns of a piece of a text table, as text; None where it cannot be told which row is which.

    Args:
        data: Whole rows as UTF-8.
        separator: What stands between cells.
        layout: What the columns hold.
        rows: How many rows there are.
    """
    names = {column: key for key, column in layout.keys.items()}
    columns = sorted(names)
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            columns=columns,
            separator=separator,
            infer_schema=False,
            truncate_ragged_lines=True,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.shape != (rows, len(columns)):
        return None
    frame.columns = [names[column] for column in columns]
    return frame


class KeySettler:
    """Settles what key columns mean; what it does not know is left to be read row by row."""

    def __init__(self, reader: RowReader) -> None:
        """Take the names of kinds and questionnaires from the reader of single rows."""
        self._translators = {
            "kind": _Translator(reader.find_kind, pl.String()),
            "questionnaire": _Translator(reader.find_questionnaire, pl.String()),
            "date": _Translator(read_day, pl.Date()),
        }

    def settle(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, Flags]:
        """The key columns as they are kept, and which rows surely have nothing wrong in them.

        Args:
            frame: Text columns, named as the keys that are there.
        """
        texts = frame.select(_cleaned(frame, key) for key in KEYS)
        distinct = texts.select(pl.col(key).unique().implode() for key in self._translators).row(0)
        for translator, found in zip(self._translators.values(), distinct, strict=True):
            translator.learn(found)
        kept = texts.with_columns(translator.translate(key) for key, translator in self._translators.items())
        return kept, texts.select(_sure(kept)).to_series().to_numpy(writable=True)


def _cleaned(frame: pl.DataFrame, key: str) -> pl.Expr:
    if key not in frame.columns:
        return pl.lit(DEFAULT if key == "questionnaire" else None, pl.String).alias(key)
    text = pl.col(key).str.strip_chars()
    return (
        pl.when(text != "")
        .then(text)
        .otherwise(pl.lit(DEFAULT if key == "questionnaire" else None, pl.String))
        .alias(key)
    )


def _sure(kept: pl.DataFrame) -> pl.Expr:
    """Whether a row has all it needs, and nothing that would have to be looked at more closely."""
    there = [kept[key].is_not_null() for key in ("organisation", "kind", "questionnaire")]
    tests = [*there, kept["date"].is_not_null() | pl.col("date").is_null()]
    for key, most in MAX_LENGTHS.items():
        fits = (pl.col(key).str.len_chars() <= most) & ~pl.col(key).str.contains(_CONTROL)
        tests.append(fits.fill_null(value=True))
    return pl.all_horizontal(tests)


class _Translator:
    """Knows what texts mean; each text is looked up once."""

    def __init__(self, find: Callable[[str], object], dtype: pl.DataType) -> None:
        self._find = find
        self._dtype = dtype
        self._known: dict[str, object] = {}

    def learn(self, texts: Iterable[str | None]) -> None:
        """Look up those that are new."""
        for text in texts:
            if text is not None and text not in self._known:
                self._known[text] = self._find(text)

    def translate(self, key: str) -> pl.Expr:
        """What each text of a column means; nothing where it means nothing."""
        known = pl.Series(list(self._known.values()), dtype=self._dtype)
        return pl.col(key).replace_strict(list(self._known), known, default=None, return_dtype=self._dtype)
