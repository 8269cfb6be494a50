"""Invented answers of many organisations, in every format that is measured."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from selfassess.model.standard import Standard

__all__ = ["KEYS", "enlarge", "make_files"]

SEED = 20_161
KEYS = ("organisation", "kind", "reference", "group", "date", "questionnaire")


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


def enlarge(path: Path, times: int) -> Path:
    """The organisations of a table several times, each time under another reference."""
    header, *rows = path.read_text("utf-8").splitlines(keepends=True)
    large = path.with_name(f"{times}-times-{path.name}")
    with large.open("w", encoding="utf-8") as stream:
        stream.write(header)
        for number in range(times):
            stream.writelines(row.replace(",R", f",R{number}-", 1) for row in rows)
    return large
