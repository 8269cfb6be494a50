"""What people would write themselves instead, made for the purpose: the same table of themes, column for column.

They do less: the Polars one takes integers only and stops at the first bad cell; the loops take one questionnaire and
neither labels in any case nor NA, and none of them looks for an organisation that is there twice.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from benchmarks.cohorts import KEYS
from selfassess.model.standard import Standard

__all__ = ["csv_loop", "polars_alone", "pydantic_loop"]


def polars_alone(standard: Standard, path: Path, output: Path) -> None:
    """The same table by Polars expressions; integers only, and the first cell that is none ends it."""
    names = list(standard.practices)
    frame = pl.read_csv(path, schema_overrides={**dict.fromkeys(names, pl.Int8), "date": pl.Date})
    parts = []
    for kind in standard.kinds:
        held = frame.filter(pl.col("kind") == kind)
        asked = {practice.id for practice in standard.asked("full", kind)}
        wrong = held.select(
            pl.any_horizontal(
                *(pl.col(name).is_between(0, 3).not_().any() for name in names),
                *(pl.col(name).is_not_null().any() for name in names if name not in asked),
            )
        ).item()
        if wrong:
            raise ValueError("a cell is out of range")
        for theme in standard.head.themes:
            parts.append(held.select(*KEYS, *_theme_columns(standard, theme.id, kind)))  # noqa: PERF401
    known = sum(part.height for part in parts[:: len(standard.head.themes)])
    if known < frame.height:
        raise ValueError("an unknown kind of organisation")
    pl.concat(parts).write_parquet(output, compression="lz4")


def _theme_columns(standard: Standard, theme: str, kind: str) -> list[pl.Expr]:
    practices = [p for p in standard.practices_by_theme[theme] if kind in p.applies_to and not p.retired]
    title = next(item.title for item in standard.head.themes if item.id == theme)
    size = len(practices)
    count = {n: pl.sum_horizontal(pl.col(p.id) == n for p in practices).cast(pl.Int16) for n in range(4)}
    answered = pl.sum_horizontal(count.values()).cast(pl.Int16)
    points = pl.sum_horizontal(pl.col(p.id).cast(pl.Int16) * p.tier.weight for p in practices)
    weight = sum(p.tier.weight for p in practices)
    must = [pl.col(p.id) for p in practices if p.tier == "must"]
    expected = [pl.col(p.id) for p in practices if p.tier != "stretch"]
    met = count[2] + count[3]
    rating = (
        pl.when(answered == 0)
        .then(pl.lit("not_assessed"))
        .when(pl.any_horizontal(*(p < 2 for p in must), pl.lit(value=False)))
        .then(pl.lit("urgent"))
        .when(pl.any_horizontal(*(p.is_null() for p in expected), pl.lit(value=False)))
        .then(pl.lit("incomplete"))
        .when(pl.all_horizontal(*(p >= 2 for p in expected), pl.lit(value=True)))
        .then(pl.lit("established"))
        .when(2 * met >= size)
        .then(pl.lit("developing"))
        .otherwise(pl.lit("starting"))
    )
    none = pl.lit(0, pl.Int16)
    return [
        pl.lit(theme).alias("theme"),
        pl.lit(title).alias("title"),
        pl.lit(size, pl.Int16).alias("asked"),
        pl.lit(size, pl.Int16).alias("applicable"),
        answered.alias("answered"),
        (size - answered).alias("unanswered"),
        met.alias("met"),
        (count[0] + count[1]).alias("gaps"),
        (100 * answered.cast(pl.Float64) / size).alias("completeness"),
        (100 * points.cast(pl.Float64) / (3 * weight)).alias("score"),
        (answered < size).alias("provisional"),
        rating.alias("rating"),
        *(count[n].alias(f"level_{n}") for n in range(4)),
        none.alias("level_na"),
        none.alias("level_dk"),
    ]


def csv_loop(standard: Standard, path: Path, output: Path) -> list[tuple[int, str, str]]:
    """A loop over rows with the csv module; gives the row, the column and the text of each bad cell."""
    codes: dict[str, int | None] = {"": None}
    for level in range(4):
        codes[str(level)] = codes[standard.level_labels[level]] = level
    themes = _themes_by_kind(standard)
    faults: list[tuple[int, str, str]] = []
    with (
        path.open(encoding="utf-8-sig", newline="") as stream,
        output.open("w", encoding="utf-8", newline="") as target,
    ):
        rows, writer = csv.reader(stream), csv.writer(target)
        header = next(rows)
        writer.writerow([*KEYS, *COLUMNS])
        for number, row in enumerate(rows, 2):
            try:
                levels = [codes[cell] for cell in row[len(KEYS) :]]
            except KeyError:
                cells = list(enumerate(row))[len(KEYS) :]
                faults += [(number, header[at], cell) for at, cell in cells if cell not in codes]
                continue
            writer.writerows(_score_themes(row[: len(KEYS)], themes[row[1]], levels))
    return faults


class _Organisation(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    kind: str
    reference: str | None = None
    group: str | None = None


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")
    standard: str
    questionnaire: str = "full"
    organisation: _Organisation
    date: str | None = None
    answers: dict[str, Annotated[int, Field(ge=0, le=3)]]


def pydantic_loop(standard: Standard, path: Path, output: Path) -> None:
    """A loop over lines with one pydantic object for each."""
    themes, names = _themes_by_kind(standard), list(standard.practices)
    line = TypeAdapter(_Line)
    with path.open("rb") as stream, output.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([*KEYS, *COLUMNS])
        for raw in stream:
            found = line.validate_json(raw)
            who = found.organisation
            keys = [who.name, who.kind, who.reference or "", who.group or "", found.date or "", found.questionnaire]
            writer.writerows(_score_themes(keys, themes[who.kind], list(map(found.answers.get, names))))


COLUMNS = (
    "theme", "title", "asked", "applicable", "answered", "unanswered", "met", "gaps", "completeness", "score",
    "provisional", "rating", "level_0", "level_1", "level_2", "level_3", "level_na", "level_dk",
)  # fmt: skip

_Themes = list[tuple[str, str, list[int], list[int], list[int], list[int]]]


def _themes_by_kind(standard: Standard) -> dict[str, _Themes]:
    """For each kind the themes: id, title, then places: of all its practices with their weights, musts, expected."""
    found: dict[str, _Themes] = {kind: [] for kind in standard.kinds}
    for kind, themes in found.items():
        for theme in standard.head.themes:
            held = [p for p in standard.practices_by_theme[theme.id] if kind in p.applies_to]
            place = standard.position
            themes.append((
                theme.id,
                theme.title,
                [place[p.id] for p in held],
                [p.tier.weight for p in held],
                [place[p.id] for p in held if p.tier == "must"],
                [place[p.id] for p in held if p.tier != "stretch"],
            ))  # fmt: skip
    return found


def _score_themes(keys: list[str], themes: _Themes, levels: Sequence[Any]) -> list[list[Any]]:
    rows = []
    for theme, title, places, weights, musts, expected in themes:
        held = [levels[at] for at in places]
        counts = [held.count(level) for level in range(4)]
        asked, answered, met = len(held), sum(counts), counts[2] + counts[3]
        points = sum(weight * level for weight, level in zip(weights, held, strict=True) if level)
        if not answered:
            rating = "not_assessed"
        elif any(levels[at] in (0, 1) for at in musts):
            rating = "urgent"
        elif any(levels[at] is None for at in expected):
            rating = "incomplete"
        elif all(levels[at] >= 2 for at in expected):
            rating = "established"
        else:
            rating = "developing" if 2 * met >= asked else "starting"
        score = 100 * points / (3 * sum(weights))
        first = (theme, title, asked, asked, answered, asked - answered, met, counts[0] + counts[1])
        rows.append([*keys, *first, 100 * answered / asked, score, answered < asked, rating, *counts, 0, 0])
    return rows
