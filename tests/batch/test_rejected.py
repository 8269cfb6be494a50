"""A row that is not scored is kept whole, with its reasons, whatever else is wrong."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from selfassess.batch import run_batch
from selfassess.batch.rejected import LEADING
from tests.batch.cohorts import assess, write_csv, write_jsonl, write_xlsx
from tests.test_properties import real_standard

Rows = list[dict[str, str]]


def rejected_rows(tmp_path: Path, *paths: Path) -> Rows:
    """What ``rejected.csv`` holds, after checking that the frame holds the same."""
    result = run_batch(paths, output=tmp_path / "out", standard=real_standard())
    with (tmp_path / "out" / "rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    frame = result.rejected
    assert len(rows) == len(frame) == len(result.cohort.rejections)
    assert [int(row["row"]) for row in rows] == frame["row"].to_list()
    return rows


def test_table_without_rejections_has_a_header_only(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "fine.csv", [["organisation", "kind", "LEA-01"], ["A", "prison", "1"]])
    assert rejected_rows(tmp_path, path) == []
    assert (tmp_path / "out" / "rejected.csv").read_bytes() == b"\xef\xbb\xbf" + ",".join(LEADING).encode() + b"\r\n"


def test_rows_of_several_files_stand_side_by_side(tmp_path: Path) -> None:
    first = write_csv(tmp_path / "a.csv", [["Organisation", "Kind", "LEA-01"], ["A", "prison", "9"]])
    second = write_xlsx(tmp_path / "b.xlsx", [["kind", "organisation", "POL-01"], ["prison", "B", 9]])
    one, other = rejected_rows(tmp_path, first, second)
    assert (one["file"], one["row"], one["organisation"], one["LEA-01"]) == (str(first), "2", "A", "9")
    assert (other["file"], other["row"], other["organisation"], other["POL-01"]) == (str(second), "2", "B", "9")
    assert one["POL-01"] == other["LEA-01"] == ""
    assert one["Kind"] == other["Kind"] == "prison"
    assert "kind" not in one


def test_columns_that_we_need_ourselves_are_numbered(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv", [["file", "organisation", "kind", "LEA-01", "LEA-01"], ["mine", "A", "prison", "1", "2"]]
    )
    header, row = rejected_rows(tmp_path, path)
    assert (row["file"], row["column 1"], row["LEA-01"], row["column 5"]) == (str(path), "mine", "1", "2")
    assert row["reasons"].startswith("Not scored, because of the names of the columns: file is no column")
    assert (header["row"], header["organisation"], header["LEA-01"]) == ("1", "", "LEA-01")
    assert header["reasons"].count(" | ") == 1


def test_cells_too_many_are_kept(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["organisation", "kind", "LEA-01"], ["A", "prison", "1", "", "and more"]])
    (row,) = rejected_rows(tmp_path, path)
    assert (row["column 4"], row["column 5"]) == ("", "and more")


def test_line_of_json_is_kept_whole(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [assess(real_standard(), "HMP A", {"LEA-01": 1})])
    line = path.read_text("utf-8").replace(": 1}", ": 7}")
    path.write_text(f"{line}nonsense, “typed”\n", "utf-8")
    first, second = rejected_rows(tmp_path, path)
    held = [[cell for name, cell in row.items() if name not in LEADING] for row in (first, second)]
    assert held == [[line.rstrip("\n")], ["nonsense, “typed”"]]
    assert first["organisation"] == "HMP A"


def test_row_that_is_there_twice_is_there_twice(tmp_path: Path) -> None:
    header = ["organisation", "kind", "LEA-01"]
    path = write_csv(tmp_path / "a.csv", [header, ["A", "prison", "1"], ["B", "prison", "1"], ["a", "prison", "2"]])
    rows = rejected_rows(tmp_path, path)
    assert [(row["row"], row["LEA-01"]) for row in rows] == [("2", "1"), ("4", "2")]
    assert all("is in the batch 2 times" in row["reasons"] for row in rows)


def test_nothing_that_was_typed_becomes_a_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    typed: list[Any] = ["=1+1", "+44 20", "-2", "-2+3", "@SUM(A1)", "\t=1", "＝1", "1", "a=b"]
    names = [f"{practice_id} note" for practice_id in list(real_standard().practices)[: len(typed)]]
    path = write_csv(tmp_path / "=a.csv", [["organisation", "kind", "LEA-02", *names], ["=A", "prison", "-1", *typed]])
    (row,) = rejected_rows(tmp_path, path)
    assert row["organisation"] == "'=A"
    assert row["LEA-02"] == "-1"
    assert [row[name] for name in names] == [
        "'=1+1", "'+44 20", "-2", "'-2+3", "'@SUM(A1)", "'\t=1", "'＝1", "1", "a=b"]  # fmt: skip


def test_name_of_a_column_becomes_no_formula_either(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["organisation", "kind", "=1+1"], ["A", "prison", "1"]])
    rows = rejected_rows(tmp_path, path)
    assert rows[1]["'=1+1"] == "1"


def test_reasons_stand_in_the_order_of_the_columns(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv", [["POL-01", "date", "LEA-01", "organisation", "kind"], ["9", "soon", "8", "A", "school"]]
    )
    (row,) = rejected_rows(tmp_path, path)
    assert [reason.split(":")[0] for reason in row["reasons"].split(" | ")] == ["POL-01", "date", "LEA-01", "kind"]


@pytest.mark.parametrize("cell", ["nine", "NA"])
def test_row_in_which_all_is_wrong_names_the_first_faults_and_counts_the_others(tmp_path: Path, cell: str) -> None:
    asked = [p.id for p in real_standard().asked("full", "prison")]
    path = write_csv(tmp_path / "a.csv", [["organisation", "kind", *asked], ["A", "prison", *[cell] * len(asked)]])
    (row,) = rejected_rows(tmp_path, path)
    reasons = row["reasons"].split(" | ")
    assert [reason.split(":")[0] for reason in reasons[:5]] == asked[:5]
    assert reasons[5] == f"and {len(asked) - 5} more cells are wrong in the row. Look through all of it."
    assert row[asked[-1]] == cell


def test_rejections_that_wait_in_a_file_are_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [[f"HMP {n}", "prison", "9" if n % 2 else "1", "ŵ", "and more"][: 3 + n % 3] for n in range(40)]
    path = write_csv(tmp_path / "a.csv", [["organisation", "kind", "LEA-01"], *lines, lines[0]])
    kept = list(run_batch(path, standard=real_standard()).cohort.rejections)
    monkeypatch.setattr("selfassess.batch.rejections.KEPT", 3)
    found = run_batch(path, standard=real_standard()).cohort.rejections
    assert list(found) == kept
    assert (found[-1], found[2:5], len(found)) == (kept[-1], kept[2:5], len(kept))
    assert [item.row for item in found] == sorted(item.row for item in found)
    rejected_rows(tmp_path, path)


def test_faults_are_bounded_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.batch.result.FAULTS_AT_MOST", 4)
    rows = [[f"HMP {n}", "prison", "9"] for n in range(30)]
    result = run_batch(write_csv(tmp_path / "a.csv", [["organisation", "kind", "LEA-01"], *rows]))
    assert (len(result.faults), result.fault_count, result.rejected.height) == (4, 30, 30)
