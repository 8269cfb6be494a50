from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from selfassess.batch import run_batch
from tests.batch.cohorts import write_csv, write_xlsx

HEADER = ["organisation", "kind", "reference", "practice", "level", "note"]
A = ["HMP A", "prison", "R1"]
B = ["HMP B", "prison", ""]


def test_rows_of_an_organisation_may_be_in_any_order(tmp_path: Path) -> None:
    rows = [[*A, "LEA-02", "2", ""], [*B, "LEA-01", "In place", ""], [*A, "lea-01", "3", "Agreed."]]
    result = run_batch(write_csv(tmp_path / "a.csv", [HEADER, *rows]))
    assert result.faults == ()
    assert result.scores.select("organisation", "met").rows() == [("HMP A", 2), ("HMP B", 1)]


@pytest.mark.parametrize(
    ("cells", "line", "fault"),
    [
        ([*A, "LEA-99", "2", ""], 3, "practice: says “LEA-99”, which is no practice of this standard"),
        ([*A, "", "2", ""], 3, "practice: is empty"),
        ([*A, "LEA-02", "5", ""], 3, "level: says “5”, which is no level"),
        ([*A, "LEA-01", "3", ""], 3, "practice: answers LEA-01, as row 2 does"),
        ([*A, "DIV-06", "NA", ""], 3, "DIV-06: says that it does not apply, without a reason. Write the reason into"),
        (["HMP X", "prison", "R1", "LEA-02", "2", ""], 3, "organisation: says “HMP X”, but an earlier row"),
        ([*A, "LEA-02", "2"], 3, "has 5 cells where the header has 6"),
    ],
)
def test_fault_in_one_row_rejects_the_organisation_with_all_its_rows(
    tmp_path: Path, cells: list[Any], line: int, fault: str
) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, [*A, "LEA-01", "2", ""], cells, [*B, "LEA-01", "2", ""]])
    result = run_batch(path)
    assert result.scores["organisation"].to_list() == ["HMP B"]
    assert str(result.faults[0]).startswith(f"{path}:{line}: {fault}")
    assert result.rejected["row"].to_list() == [2, 3]
    assert result.rejected["reasons"][0] == "Not scored, because row 3 of the same organisation has a fault."


def test_kind_that_does_not_fit_is_named_once(tmp_path: Path) -> None:
    rows = [["A", "school", "", practice, "2", ""] for practice in ("LEA-01", "LEA-02", "LEA-03")]
    (fault,) = run_batch(write_csv(tmp_path / "a.csv", [HEADER, *rows])).faults
    assert (fault.line, fault.place) == (2, "kind")


def test_long_table_may_be_a_sheet(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEADER, [*A, "LEA-01", 2, None], [], [*A, "DIV-06", "NA", "None here."]]
    result = run_batch(write_xlsx(tmp_path / "a.xlsx", rows))
    assert result.scores.select("met", "level_na").rows() == [(1, 1)]
