from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from selfassess import load_standard, write_template
from selfassess.batch import run_batch
from tests.batch.cohorts import write_xlsx

HEADER = ["organisation", "kind", "reference", "date", "LEA-01", "DIV-06", "DIV-06 note"]


def test_cells_of_a_workbook_may_be_numbers_dates_and_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Answers")
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["HMP A", "Prison", 12, None, 2.0, "NA", "None here."])
        page.write_datetime(1, 3, date(2026, 11, 21))
        page.write_row(2, 0, ["HMP B", "prison", "012", "21/11/2026", " 3 "])
    result = run_batch(path)
    assert result.faults == ()
    assert result.scores.select("reference", "date", "met").rows() == [
        ("12", date(2026, 11, 21), 1),
        ("012", date(2026, 11, 21), 1),
    ]


def test_fault_in_a_sheet_names_its_row(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[None], HEADER, ["HMP A", "prison", None, None, 2.5], ["HMP B", "prison", None, None, 1]]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    result = run_batch(path)
    assert len(result) == 1
    assert str(result.faults[0]).startswith(f"{path}:3: LEA-01: says “2.5”, which is no level")


def test_every_table_of_a_workbook_is_read_and_other_sheets_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Read me").write(0, 0, "How to fill this in")
        for name in ("North", "South"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["organisation", "kind", "LEA-01"])
            page.write_row(1, 0, [f"HMP {name}", "prison", 9 if name == "South" else 1])
    result = run_batch(path)
    assert result.scores["organisation"].to_list() == ["HMP North"]
    assert [fault.file for fault in result.faults] == [f"{path} “South”"]


def test_blank_questionnaire_is_read_as_one_assessment(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    write_template(load_standard("prison-volunteering"), path)
    result = run_batch(path)
    assert len(result) == 0
    assert result.faults
    assert {fault.file for fault in result.faults} == {str(path)}


def test_file_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("organisation,kind\n")
    (fault,) = run_batch(path).faults
    assert fault.file == str(path)
