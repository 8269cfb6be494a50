"""A Parquet file that would end the process which reads it ends another one instead."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from selfassess.batch import run_batch
from selfassess.batch.parquet_probe import _serve, is_sound

CRASHES = Path(__file__).parents[1] / "hostile" / "crashes"
DEADLY = CRASHES / "batch-parquet" / "asks-for-exabytes.parquet"
SILENT = CRASHES / "scores-parquet" / "panics.parquet"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A file without a fault, under a name that is hard to pass on."""
    path = tmp_path / "a\nb ü ’\\n.parquet"
    pl.DataFrame({"organisation": ["A"], "kind": ["prison"], "POL-01": [2]}).write_parquet(path)
    return path


def test_file_that_ends_a_process_is_damaged_and_the_next_is_looked_at(sound: Path) -> None:
    assert [is_sound(path) for path in (sound, DEADLY, sound, DEADLY, sound)] == [True, False, True, False, True]


def test_file_of_which_rows_would_be_missing_is_damaged() -> None:
    assert not is_sound(SILENT)


def test_damaged_file_stops_no_other(sound: Path) -> None:
    result = run_batch([DEADLY, SILENT, sound])
    assert len(result) == 1
    assert [fault.problem for fault in result.faults] == ["cannot be read as Parquet"] * 2


def test_each_line_of_the_process_is_a_file(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "none.parquet").write_bytes(b"PAR1")
    names = [str(sound), str(tmp_path / "none.parquet"), str(tmp_path / "missing.parquet")]
    sink = BytesIO()
    _serve(BytesIO("".join(f"{name!a}\n" for name in names).encode()), sink)
    assert sink.getvalue() == b"100"
