"""What an earlier batch wrote, to see what has changed since."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from selfassess.batch.parquet_probe import is_sound
from selfassess.batch.writing import FORMATS, is_incomplete
from selfassess.errors import AssessmentError, Fault
from selfassess.model.standard import Standard
from selfassess.scoring import Rating

__all__ = ["Earlier", "match_earlier", "read_previous"]

_COLUMNS = {
    "organisation": pl.String,
    "kind": pl.String,
    "reference": pl.String,
    "date": pl.Date,
    "questionnaire": pl.String,
    "standard": pl.String,
    "version": pl.String,
    "asked": pl.Int64,
    "met": pl.Int64,
    "score": pl.Float64,
    "provisional": pl.Boolean,
    "rating": pl.String,
}

_TRUTHS = {"true": True, "false": False}

_MAY_BE_EMPTY = frozenset({"reference", "date", "score"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """An organisation of an earlier batch, with what it came to then."""

    name: str
    kind: str
    reference: str
    date: date | None
    questionnaire: str
    version: str
    asked: int
    met: int
    score: float | None
    rating: Rating
    provisional: bool = False


def read_previous(folder: Path, standard: Standard) -> tuple[Earlier, ...]:
    """The organisations of an earlier batch.

    Args:
        folder: Where ``selfassess batch`` wrote it.
        standard: What is answered now.

    Raises:
        AssessmentError: The folder is not there, is incomplete, holds no table of scores, or those of another standard.
    """
    found = [path for ending in FORMATS if (path := folder / f"scores.{ending}").is_file()]
    if is_incomplete(folder):
        problem = "is incomplete, because a batch was interrupted while it replaced its tables there"
        raise AssessmentError([Fault(str(folder), 0, "", problem, "Run that batch again")])
    if not found:
        remedy = "Name a folder that an earlier “selfassess batch” wrote"
        raise AssessmentError([Fault(str(folder), 0, "", _why_nothing(folder), remedy)])
    path = max(found, key=lambda path: path.stat().st_mtime)
    try:
        rows = _read_scores(path).rows(named=True)
        _check_rows(rows)
        return tuple(_earlier(row, path, standard) for row in rows)
    except (pl.exceptions.PolarsError, ValueError, OSError) as error:
        if isinstance(error, AssessmentError):
            raise
        fault = Fault(str(path), 0, "", "is no table of scores", "Run the earlier batch again")
        raise AssessmentError([fault]) from None


def _why_nothing(folder: Path) -> str:
    if not folder.exists():
        return "is not there"
    return "holds no scores.csv or scores.parquet" if folder.is_dir() else "is no folder"


def _read_scores(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        if not is_sound(path):
            raise ValueError(path)
        return pl.read_parquet(path).select(pl.col(name).cast(dtype) for name, dtype in _COLUMNS.items())
    frame = pl.read_csv(path, infer_schema=False).select(*_COLUMNS)
    rearmed = frame.with_columns(pl.col("organisation", "reference").str.replace(r"^'([=+\-@\t\r\n＝＋－＠])", "$1"))
    return rearmed.with_columns(
        pl.col("date").str.to_date("%Y-%m-%d"),
        pl.col("provisional").replace_strict(_TRUTHS, return_dtype=pl.Boolean),
        *(pl.col(name).cast(_COLUMNS[name]) for name in ("asked", "met", "score")),
    )


def _check_rows(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        empty = [name for name in _COLUMNS if row[name] is None and name not in _MAY_BE_EMPTY]
        if empty:
            raise ValueError(f"{empty[0]} is empty")


def _earlier(row: dict[str, Any], path: Path, standard: Standard) -> Earlier:
    if row["standard"] != standard.id:
        problem = f"holds scores of “{row['standard']}”, not of “{standard.id}”"
        raise AssessmentError([Fault(str(path), 0, "standard", problem, "Name a batch of the same standard")])
    return Earlier(
        name=row["organisation"],
        kind=row["kind"],
        reference=row["reference"] or "",
        date=row["date"],
        questionnaire=row["questionnaire"],
        version=row["version"],
        asked=row["asked"],
        met=row["met"],
        score=row["score"],
        rating=Rating(row["rating"]),
        provisional=row["provisional"],
    )


def match_earlier(
    named: Iterable[tuple[str, str, str]], earlier: Iterable[Earlier]
) -> tuple[list[Earlier | None], list[Earlier]]:
    """The earlier entry of each organisation, and the earlier ones that nobody has.

    An organisation is known again by its kind and its reference; where one of the two has none, by kind and name.

    Args:
        named: Name, kind and reference of each organisation.
        earlier: The entries.
    """
    left, named = list(earlier), list(named)
    by_reference = {(item.kind, item.reference.casefold()): item for item in left if item.reference}
    found = [by_reference.get((kind, reference.casefold())) if reference else None for _, kind, reference in named]
    taken = {id(item) for item in found}
    left = [item for item in left if id(item) not in taken]
    same_name: dict[tuple[str, str], list[Earlier]] = {}
    for item in left:
        same_name.setdefault((item.kind, _fold(item.name)), []).append(item)
    for at, (name, kind, reference) in enumerate(named):
        others = same_name.get((kind, _fold(name)), ())
        # A name that several had tells nothing.
        if found[at] is None and len(others) == 1 and not (reference and others[0].reference):
            found[at] = others[0]
    taken = {id(item) for item in found}
    return found, [item for item in left if id(item) not in taken]


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip()).casefold()
