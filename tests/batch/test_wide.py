from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.batch import BatchResult, run_batch
from selfassess.batch.reading import BatchReader
from tests.batch.cohorts import KEYS, write_csv
from tests.test_properties import real_standard

Write = Callable[..., Path]

HEADER = [*KEYS, "LEA-01", "LEA-02", "DIV-06", "INT-01", "DIV-06 note", "LEA-01 note"]
FINE = ["HMP A", "prison", "R1", "North", "2026-11-01", "full", "2", "In place", "NA", "0", "No volunteers.", ""]

# What people type, right and wrong, by column; the first entry is fine.
TYPED: dict[str, list[str]] = {
    "organisation": ["HMP A", "", "  ", "x" * 301, "Ŵ \u00a0", "a\x1cb", 'the "old" one', "a, b", "two\nlines"],
    "kind": ["prison", "Prison", "voluntary organisation", "PRISON ", "", "school"],
    "reference": ["R1", "", " r 1 ", "x" * 101, "=1+1"],
    "group": ["North", "", "g" * 201],
    "date": ["2026-11-01", "", "21/11/2026", "soon", "1 May 2026"],
    "questionnaire": ["full", "", "Quick check", "quick-check", "QUICK-CHECK", "all"],
    "LEA-01": ["2", "2.0", " 3 ", "", "4", "In place", "in PLACE", "NA", "DK", "nonsense that is long"],
    "LEA-02": ["In place", "1", "", "not in place", "-1"],
    "DIV-06": ["", "NA", "na", "Does not apply", "0"],
    "INT-01": ["0", "", "3", "dk"],
    "DIV-06 note": ["A reason.", "", " ", "\u00a0", "’tis", "\t"],
    "LEA-01 note": ["", "a note", '"quoted"'],
}

CELLS = st.tuples(*(st.sampled_from(choices) for choices in TYPED.values())).map(list)

QUICK = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


def read(path: Path, *, by_row: bool) -> tuple[Any, ...]:
    """What a table holds, read many rows at once or row by row, in the order of its rows."""
    result = run_batch_by_row(path) if by_row else run_batch(path, standard=real_standard())
    keys = result.cohort.keys
    order = keys.with_row_index("at").sort(pl.all().exclude("at"), nulls_last=True)["at"]
    return keys[order].rows(), result.cohort.codes[order.to_numpy()].tolist(), result.rejected.rows()


def run_batch_by_row(path: Path) -> BatchResult:
    from selfassess.batch.gathering import gather_cohort

    cohort = gather_cohort(real_standard(), [path], remarks=True, progress=lambda _: None)
    return BatchResult(real_standard(), cohort)


@QUICK
@given(
    rows=st.lists(CELLS, max_size=5),
    separator=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_reading_many_rows_at_once_is_reading_row_by_row(
    tmp_path: Path, rows: list[list[str]], separator: str, encoding: str, end: str
) -> None:
    for number, row in enumerate(rows):
        row[2] = row[2] and f"{row[2]}{number}"
    path = write_csv(tmp_path / "wide.csv", [HEADER, *rows], separator, encoding, end)
    assert read(path, by_row=False) == read(path, by_row=True)


@QUICK
@given(text=st.text(alphabet='2,"\nx\r ', max_size=60))
def test_even_a_broken_table_is_read_alike(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.csv"
    path.write_text(f"organisation,kind,LEA-01\nA,prison,{text}\nB,prison,1\n", encoding="utf-8", newline="")
    assert read(path, by_row=False) == read(path, by_row=True)


def test_large_table_is_read_in_pieces_without_losing_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.batch.delimited.CHUNK_BYTES", 500)
    rows: list[list[str]] = [[f"HMP {n}\nof old", *FINE[1:2], f"R{n}", *FINE[3:]] for n in range(200)]
    rows[57][7] = "sometimes"
    path = write_csv(tmp_path / "wide.csv", [HEADER, *rows])
    result = run_batch(path)
    assert len(result) == 199
    assert [(fault.line, fault.place) for fault in result.faults] == [(59, "LEA-02")]


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("organisation", "", "organisation: is empty"),
        ("kind", "school", "kind: says “school”, which is no kind of organisation here"),
        ("kind", "", "kind: is empty"),
        ("questionnaire", "all", "questionnaire: says “all”, which is no questionnaire"),
        ("date", "soon", "date: says “soon”, which is no day"),
        ("reference", "x" * 101, "reference: is longer than 100 characters"),
        ("LEA-01", "5", "LEA-01: says “5”, which is no level. Use 0, 1, 2, 3, NA or DK"),
        ("LEA-01", "NA", "LEA-01: says “Does not apply”, which this practice does not allow"),
        ("DIV-06 note", "", "DIV-06: says that it does not apply, without a reason"),
    ],
)
def test_fault_names_file_row_column_and_what_was_expected(
    tmp_path: Path, column: str, cell: str, problem: str
) -> None:
    row = list(FINE)
    row[HEADER.index(column)] = cell
    path = write_csv(tmp_path / "wide.csv", [HEADER, FINE, row])
    (fault,) = run_batch(path).faults
    assert str(fault).startswith(f"{path}:3: {problem}")


def test_answer_that_is_not_asked_of_the_kind_is_a_fault(tmp_path: Path) -> None:
    standard = real_standard()
    only = next(p.id for p in standard.practices.values() if p.applies_to == ("prison",))
    path = write_csv(tmp_path / "wide.csv", [["organisation", "kind", only], ["A", "voluntary_organisation", "2"]])
    (fault,) = run_batch(path).faults
    assert (fault.line, fault.place) == (2, only)
    assert fault.problem == "has an answer, but is not asked of: Voluntary organisation"


def test_bad_row_stops_no_other_and_keeps_all_its_cells(tmp_path: Path) -> None:
    bad = ["HMP B", "prison", "R2", "", "", "", "7", "8", "", "", "a, “note”", ""]
    result = run_batch(write_csv(tmp_path / "wide.csv", [HEADER, FINE, bad, []]))
    assert len(result) == 1
    (row,) = result.rejected.rows(named=True)
    assert [row[name] for name in HEADER] == bad
    assert row["row"] == 3
    assert row["reasons"].count(" | ") == 1


def test_empty_rows_are_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "wide.csv", [HEADER, FINE, [], [""] * len(HEADER), [" "] * len(HEADER)])
    result = run_batch(path)
    assert (len(result), result.faults) == (1, ())


def test_cell_under_a_column_without_a_name_is_a_fault(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "wide.csv", [[*HEADER, ""], [*FINE, ""], [*FINE, "what is this"]])
    (fault,) = run_batch(path).faults
    assert (fault.line, fault.place) == (3, "column 13")


def test_row_with_cells_too_many_or_too_few_is_a_fault(tmp_path: Path) -> None:
    result = run_batch(write_csv(tmp_path / "wide.csv", [HEADER, FINE, FINE[:-1], [*FINE, "x"]]))
    assert [fault.problem for fault in result.faults] == [
        "has 11 cells where the header has 12",
        "has 13 cells where the header has 12",
    ]


def test_notes_are_kept_only_where_they_are_asked_for(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "wide.csv", [HEADER, [*FINE[:-1], "Agreed."]])
    found = list(BatchReader(real_standard(), remarks=True).read(path))
    assert [getattr(item, "remarks", None) for item in found] == [
        [{"LEA-01": {"note": "Agreed."}, "DIV-06": {"reason": "No volunteers."}}]
    ]
    assert run_batch(path).cohort.remarks == []
