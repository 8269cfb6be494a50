"""How fast many assessments are scored, beside what people would write themselves.

Every comparison runs its two sides alternately in one process and gives the ratio of their medians, because a machine
that does other things as well slows both. Reports are made of the example cohort, by one process and by as many as the
machine has processors; the most memory is that of a process of its own, with ten times the organisations.

    python benchmarks/batch.py [ORGANISATIONS]

The others are written for the purpose and make the same table of themes, column for column. They do less beside it: the
Polars one takes integers only and stops at the first bad cell; the loops take one questionnaire and neither labels in
any case nor NA, and look for no organisation that is there twice.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import numpy as np
import polars as pl
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from selfassess import load_standard
from selfassess.batch import run_batch
from selfassess.model.standard import Standard

ROUNDS = 5
SEED = 20_161
KEYS = ("organisation", "kind", "reference", "group", "date", "questionnaire")


def main(organisations: int = 100_000) -> None:
    """Make the files, run the comparisons, print a line for each."""
    standard = load_standard("prison-volunteering")
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = make_files(standard, organisations, folder)
        batch = partial(run_ours, folder)
        compare(
            "integer CSV to themes.parquet, against Polars alone (target: at most 1.5 times as long)",
            organisations,
            lambda: batch(files["integers.csv"]),
            lambda: polars_alone(standard, files["integers.csv"], folder / "peer.parquet"),
        )
        compare(
            "worded CSV, against a loop with the csv module (target: at least 8 times as fast)",
            organisations,
            lambda: batch(files["words.csv"], "csv"),
            lambda: csv_loop(standard, files["words.csv"], folder / "peer.csv"),
        )
        compare(
            "JSON Lines, against a loop with pydantic (target: at least 3 times as fast)",
            organisations,
            lambda: batch(files["lines.jsonl"], "csv"),
            lambda: pydantic_loop(standard, files["lines.jsonl"], folder / "peer.csv"),
        )
        for kind in ("integers", "words"):
            compare(
                f"{kind} with 0.1 % bad cells, against the same without (target: at most 1.5 times as long)",
                organisations,
                lambda: batch(files[f"{kind}-bad.csv"]),  # noqa: B023 - called before the next turn
                lambda: batch(files[f"{kind}.csv"]),  # noqa: B023
            )
        compare(
            "Parquet to themes.parquet, against integer CSV",
            organisations,
            lambda: batch(files["integers.parquet"]),
            lambda: batch(files["integers.csv"]),
        )
        measure_memory(files["integers.csv"], folder)
    measure_reports()


def measure_memory(path: Path, folder: Path) -> None:
    """Print the most memory that a process takes for ten times the organisations."""
    header, *rows = path.read_text("utf-8").splitlines(keepends=True)
    large = folder / "large.csv"
    with large.open("w", encoding="utf-8") as stream:
        stream.write(header)
        for number in range(10):
            # Each reference and, by it, each organisation is there once.
            stream.writelines(row.replace(",R", f",R{number}-", 1) for row in rows)
    script = (
        "import resource, sys; from selfassess.batch import run_batch; "
        "run_batch(sys.argv[1], output=sys.argv[2], format='parquet', tables=('scores', 'themes')); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    run = [sys.executable, "-c", script, str(large), str(folder / "large")]
    most = int(subprocess.run(run, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - our own script
    say(f"{10 * len(rows):,} organisations take {most / 1024:,.0f} MiB at most (target: under 2,048)\n")


def measure_reports() -> None:
    """Print how many reports a second one process makes, and several (target: 0.8 times as many each)."""
    cohort = Path(__file__).parents[1] / "examples" / "cohort.csv"
    rates: dict[int, float] = {}
    for workers in (1, os.cpu_count() or 1):
        with TemporaryDirectory() as folder:
            start = time.perf_counter()
            result = run_batch(cohort, output=folder, reports=True, workers=workers)
            rates[workers] = len(result) / (time.perf_counter() - start)
        gain = rates[workers] / rates[1] / workers
        say(f"reports by {workers}: {rates[workers]:.2f} organisations a second, {gain:.2f} of one times {workers}")


def compare(title: str, organisations: int, ours: Callable[[], object], other: Callable[[], object]) -> None:
    """Run both, one after the other, and print how long each takes and the ratio of the two."""
    times: dict[str, list[float]] = {"ours": [], "other": []}
    for _ in range(ROUNDS):
        for name, run in (("ours", ours), ("other", other)):
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    mine, theirs = median(times["ours"]), median(times["other"])
    say(title)
    say(f"  ours  {mine:7.2f} s  {organisations / mine:11,.0f} organisations a second")
    say(f"  other {theirs:7.2f} s  {organisations / theirs:11,.0f} organisations a second")
    say(f"  ours takes {mine / theirs:.2f} times as long, is {theirs / mine:.1f} times as fast\n")


def say(line: str) -> None:
    """A line of the result."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_ours(folder: Path, path: Path, ending: str = "parquet") -> None:
    """From a file to the table of themes, and everything that is wrong with it to ``rejected.csv``."""
    run_batch(path, output=folder / "ours", format=ending, tables=("themes",))


def make_files(standard: Standard, organisations: int, folder: Path) -> dict[str, Path]:
    """The same invented answers in every format: all levels alike often, one in twenty not given."""
    chance = np.random.default_rng(SEED)
    kinds = [list(standard.kinds)[number] for number in chance.integers(0, len(standard.kinds), organisations)]
    asked = {kind: {practice.id for practice in standard.asked("full", kind)} for kind in standard.kinds}
    levels = chance.integers(0, 4, (organisations, len(standard.practices))).astype(object)
    levels[chance.random(levels.shape) < 0.05] = None
    for at, practice_id in enumerate(standard.practices):
        levels[[practice_id not in asked[kind] for kind in kinds], at] = None
    keys = [
        (f"Organisation {n}", kind, f"R{n:07}", f"Group {n % 50}", "2026-11-01", "full") for n, kind in enumerate(kinds)
    ]
    bad = chance.random(levels.shape) < 0.001
    broken = levels.copy()
    broken[bad] = chance.choice(np.array(["9", "maybe", "4", "x"], object), int(bad.sum()))
    names = list(standard.practices)
    words = {level: standard.level_labels[level] for level in range(4)}
    worded = np.vectorize(lambda level: words.get(level, level), otypes=[object])
    _write_csv(folder / "integers.csv", names, keys, levels)
    _write_csv(folder / "integers-bad.csv", names, keys, broken)
    _write_csv(folder / "words.csv", names, keys, worded(levels))
    _write_csv(folder / "words-bad.csv", names, keys, worded(broken))
    pl.read_csv(folder / "integers.csv", schema_overrides=dict.fromkeys(names, pl.Int8)).write_parquet(
        folder / "integers.parquet"
    )
    with (folder / "lines.jsonl").open("w", encoding="utf-8") as stream:
        for key, row in zip(keys, levels, strict=True):
            stream.write(json.dumps(_record(standard, key, dict(zip(names, row, strict=True)))) + "\n")
    return {path.name: path for path in folder.iterdir()}


def _write_csv(path: Path, names: Sequence[str], keys: Sequence[tuple[str, ...]], cells: Any) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*KEYS, *names])
        writer.writerows([*key, *row] for key, row in zip(keys, cells.tolist(), strict=True))


def _record(standard: Standard, key: tuple[str, ...], levels: dict[str, int | None]) -> dict[str, Any]:
    name, kind, reference, group, day, questionnaire = key
    return {
        "standard": standard.id,
        "questionnaire": questionnaire,
        "organisation": {"name": name, "kind": kind, "reference": reference, "group": group},
        "date": day,
        "answers": {practice_id: level for practice_id, level in levels.items() if level is not None},
    }


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
    codes = {str(word): code for code, word in standard.level_labels.items()}
    codes |= {str(code): code for code in range(4)} | {"": None}
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


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
