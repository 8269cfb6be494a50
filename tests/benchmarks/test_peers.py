"""What the batch is compared with does the same work: the same rows, column for column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from benchmarks.cohorts import enlarge, make_files
from benchmarks.peers import csv_loop, polars_alone, pydantic_loop
from selfassess import run_batch
from selfassess.model.standard import Standard
from tests.test_properties import real_standard

Peer = Callable[[Standard, Path, Path], object]

ORGANISATIONS = 60


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_files(real_standard(), ORGANISATIONS, tmp_path_factory.mktemp("cohort"))


def read(path: Path, schema: pl.Schema) -> pl.DataFrame:
    table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, schema_overrides=schema)
    return table.sort("reference", "theme")


@pytest.mark.parametrize(
    ("name", "peer", "ending"),
    [
        ("integers.csv", polars_alone, "parquet"),
        ("words.csv", csv_loop, "csv"),
        ("lines.jsonl", pydantic_loop, "csv"),
    ],
)
def test_peer_makes_the_same_table(tmp_path: Path, files: dict[str, Path], name: str, peer: Peer, ending: str) -> None:
    result = run_batch(files[name], output=tmp_path, format=ending, tables=["themes"])
    assert (len(result), result.faults) == (ORGANISATIONS, ())
    peer(real_standard(), files[name], tmp_path / f"peer.{ending}")
    schema = result.themes.schema
    ours, theirs = (read(tmp_path / f"{stem}.{ending}", schema) for stem in ("themes", "peer"))
    # Polars multiplies by a reciprocal where others divide, which may differ in the last place.
    assert_frame_equal(theirs, ours, rel_tol=1e-14, abs_tol=0)


@pytest.mark.parametrize("kind", ["integers", "words"])
def test_bad_cells_are_there_and_every_other_row_is_scored(files: dict[str, Path], kind: str) -> None:
    result = run_batch(files[f"{kind}-bad.csv"])
    assert result.cohort.rejections
    assert len(result) + len(result.cohort.rejections) == ORGANISATIONS


def test_enlarged_table_has_every_organisation_once(files: dict[str, Path]) -> None:
    result = run_batch(enlarge(files["integers.csv"], 3))
    assert (len(result), result.faults) == (3 * ORGANISATIONS, ())
