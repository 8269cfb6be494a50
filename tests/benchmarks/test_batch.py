"""What a batch takes is told of the process that scores it, not of the one that asks for it."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from benchmarks.batch import _score_apart as score_apart
from benchmarks.cohorts import make_files
from tests.test_properties import real_standard

HELD = 600 * 1024 * 1024


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return make_files(real_standard(), 20, tmp_path)["integers.csv"]


def test_most_memory_is_of_the_process_that_scores(tmp_path: Path, table: Path) -> None:
    held = b"x" * HELD
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > len(held)
    del held
    seconds, most = score_apart(table, tmp_path, {})
    assert seconds > 0
    assert 20 * 1024 < most < HELD / 1024 / 2


def test_batch_is_scored_with_the_options_that_are_told(tmp_path: Path, table: Path) -> None:
    score_apart(table, tmp_path, {"format": "parquet", "tables": ["scores", "themes"]})
    assert {path.name for path in tmp_path.glob("large/*.parquet")} == {"scores.parquet", "themes.parquet"}
    score_apart(table, tmp_path, {})
    assert {f"{name}.csv" for name in ("scores", "themes", "gaps", "readiness")} <= {
        path.name for path in tmp_path.glob("large/*.csv")
    }
