from __future__ import annotations

from pathlib import Path
from typing import Any

from selfassess.batch import run_batch
from tests.batch.cohorts import assess, write_csv, write_jsonl
from tests.test_properties import real_standard

HEADER = ["organisation", "kind", "reference", "LEA-01"]


def write(path: Path, *rows: list[Any]) -> Path:
    return write_csv(path, [HEADER, *rows])


def names(*paths: Path) -> list[str]:
    return sorted(run_batch(paths).scores["organisation"].to_list())


def test_same_reference_is_the_same_organisation(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["A", "prison", "x1", 1], ["B", "prison", "X1", 1], ["C", "prison", "X2", 1])
    assert names(path) == ["C"]


def test_other_references_are_other_organisations_of_one_name(tmp_path: Path) -> None:
    assert names(write(tmp_path / "a.csv", ["A", "prison", "1", 1], ["A", "prison", "2", 1])) == ["A", "A"]


def test_same_name_and_kind_is_the_same_organisation_where_one_has_no_reference(tmp_path: Path) -> None:
    rows = [["A  b", "prison", "", 1], ["a B", "prison", "7", 1], ["A b", "voluntary_organisation", "", 1]]
    assert names(write(tmp_path / "a.csv", *rows)) == ["A b"]


def test_every_place_is_named_over_all_files_and_nothing_is_lost(tmp_path: Path) -> None:
    standard = real_standard()
    first = write(tmp_path / "a.csv", ["A", "prison", "1", 2], ["B", "prison", "2", 3])
    lines = write_jsonl(tmp_path / "b.jsonl", [assess(standard, "A", {"LEA-01": 1}, reference="1")])
    single = tmp_path / "c.json"
    single.write_bytes(lines.read_bytes())
    result = run_batch([first, lines, single])
    assert result.scores["organisation"].to_list() == ["B"]
    problem = f"organisation: is in the batch 3 times: also {lines} row 1, {single}"
    assert str(result.faults[0]) == f"{first}:2: {problem}. Keep one of them, or give each its own reference."
    rejected = result.rejected.rows(named=True)
    assert [(row["file"], row["row"], row["organisation"]) for row in rejected] == [
        (str(first), 2, "A"), (str(lines), 1, "A"), (str(single), 0, "A")]  # fmt: skip
    assert rejected[0]["LEA-01"] == "2"
    assert rejected[1]["record"] == lines.read_text().strip()


def test_all_rows_of_a_long_table_are_kept(tmp_path: Path) -> None:
    long = write_csv(
        tmp_path / "long.csv",
        [
            ["organisation", "kind", "reference", "practice", "level"],
            ["A", "prison", "1", "LEA-01", 2],
            ["B", "prison", "2", "LEA-01", 2],
            ["A", "prison", "1", "LEA-02", 3],
        ],
    )
    result = run_batch([long, write(tmp_path / "wide.csv", ["A", "prison", "1", 0])])
    assert result.scores["organisation"].to_list() == ["B"]
    assert result.rejected["row"].to_list() == [2, 4, 2]
    assert result.rejected["practice"].to_list() == ["LEA-01", "LEA-02", ""]


def test_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["A", "prison", "1", 1])
    assert names(path, tmp_path, tmp_path / "." / "a.csv") == ["A"]
