from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from selfassess.batch import run_batch
from tests.batch.cohorts import write_csv, write_parquet
from tests.batch.test_wide import FINE, HEADER


def write(path: Path, **columns: Any) -> Path:
    names = {name.replace("_", "-") if name.isupper() else name.replace("_", " "): cells
             for name, cells in columns.items()}  # fmt: skip
    pl.DataFrame({"organisation": ["A", "B"], "kind": ["prison", "prison"]} | names).write_parquet(path)
    return path


@pytest.mark.parametrize(
    "cells",
    [
        pl.Series([2, None], dtype=pl.Int8),
        pl.Series([2, None], dtype=pl.UInt64),
        pl.Series([2.0, float("nan")]),
        pl.Series([2.0, None], dtype=pl.Float32),
        pl.Series(["2.0", ""]),
        pl.Series([" iN place", "  "]),
        pl.Series(["In place", None], dtype=pl.Categorical),
        pl.Series(["In place", None], dtype=pl.Enum(["In place"])),
    ],
)
def test_levels_may_be_of_any_type(tmp_path: Path, cells: pl.Series) -> None:
    result = run_batch(write(tmp_path / "a.parquet", LEA_01=cells))
    assert result.faults == ()
    assert result.scores.select("met", "answered").rows() == [(1, 1), (0, 0)]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (pl.Series([2, 4]), "“4”"),
        (pl.Series([2, -1]), "“-1”"),
        (pl.Series([2.0, 2.5]), "“2.5”"),
        (pl.Series([None, True]), "“True”"),
        (pl.Series([None, date(2026, 1, 2)]), "“2026-01-02”"),
        (pl.Series([None, [1]]), "“[1]”"),
        (pl.Series(["2", "maybe"]), "“maybe”"),
    ],
)
def test_other_cells_are_faults_with_the_row_that_they_are_in(tmp_path: Path, cells: pl.Series, shown: str) -> None:
    path = write(tmp_path / "a.parquet", LEA_01=cells)
    (fault,) = run_batch(path).faults
    assert str(fault).startswith(f"{path}:2: LEA-01: says {shown}, which is no level")


def test_keys_may_be_of_other_types_than_text(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.parquet",
        reference=pl.Series([7.0, 8.0]),
        group=pl.Series([1, None]),
        date=pl.Series([datetime(2026, 11, 1), None]),  # noqa: DTZ001 - a day without a clock
        LEA_01=[1, 2],
    )
    assert run_batch(path).scores.select("reference", "group", "date").rows() == [
        ("7", "1", date(2026, 11, 1)),
        ("8", None, None),
    ]


def test_column_of_days_is_read_many_rows_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", date=[date(2026, 11, 1), None], LEA_01=[1, 2])
    assert run_batch(path).scores["date"].to_list() == [date(2026, 11, 1), None]


def test_reason_is_found_in_its_column(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", DIV_06=["NA", "NA"], **{"DIV-06 note": ["Because.", " "]})
    result = run_batch(path)
    assert result.scores["level_na"].to_list() == [1]
    assert [(fault.line, fault.place) for fault in result.faults] == [(2, "DIV-06")]


def test_parquet_holds_what_csv_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.batch.parquet.FRAME_ROWS", 7)
    rows = [[f"HMP {n}", "prison", f"R{n}", *FINE[3:]] for n in range(40)]
    rows[25][6] = "x"
    text = run_batch(write_csv(tmp_path / "a.csv", [HEADER, *rows]))
    found = run_batch(write_parquet(tmp_path / "a.parquet", [HEADER, *rows]))
    assert found.scores.sort("reference").equals(text.scores.sort("reference"))
    assert [fault.line + 1 for fault in found.faults] == [fault.line for fault in text.faults] == [27]


def test_long_table_may_be_parquet(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", practice=["LEA-01", "LEA-02"], level=[2, 3])
    assert run_batch(path).scores["met"].to_list() == [1, 1]


def test_column_that_is_not_known_is_a_fault(tmp_path: Path) -> None:
    result = run_batch(write(tmp_path / "a.parquet", LEA_01=[1, 2], score=[3, 4]))
    assert [fault.place for fault in result.faults] == ["score"]
    assert result.rejected.height == 3


def test_file_that_is_no_parquet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and nothing else")
    assert [str(f) for f in run_batch(path).faults] == [f"{path}: cannot be read as Parquet. Write it again."]


def test_damaged_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", LEA_01=np.arange(2) % 4)
    content = bytearray(path.read_bytes())
    content[4:60] = b"\xff" * 56
    path.write_bytes(content)
    assert run_batch(path).faults[0].file == str(path)


def test_more_rows_than_anybody_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.batch.parquet.MAX_ROWS", 1)
    assert run_batch(write(tmp_path / "a.parquet", LEA_01=[1, 2])).faults[0].problem == "has more than 1 rows"


def test_empty_table_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame(schema=dict.fromkeys(["organisation", "kind", "LEA-01"], pl.String)).write_parquet(path)
    result = run_batch(path)
    assert (len(result), result.faults) == (0, ())
