from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from selfassess import load_standard, write_template
from selfassess.batch import run_batch
from tests.batch.cohorts import write_xlsx
from tests.workbooks import make_parts, write_parts

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
    (note,) = result.skipped
    assert str(note).startswith(f"{path} “Read me”: holds no table, and was not read. Name its columns")


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


TABLE: list[list[Any]] = [["organisation", "kind", "LEA-01"], ["HMP A", "prison", 1]]


def write_book(path: Path, sheets: dict[str, list[list[Any]]], hidden: tuple[str, ...] = ()) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
            if name in hidden:
                page.hide()
    return path


def titled(name: str) -> list[list[Any]]:
    return [["Results"], [], TABLE[0], [name, "prison", 2]]


def test_sheet_with_a_title_above_its_headings_is_a_fault_beside_a_right_one(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"North": TABLE, "East": titled("HMP B")})
    result = run_batch(path)
    assert result.scores["organisation"].to_list() == ["HMP A"]
    (fault,) = result.faults
    said = "looks like the headings, but row 1 above it says “Results”. Delete the rows above it"
    assert str(fault).startswith(f"{path} “East”:3: {said}")
    assert result.rejected["row"].to_list() == [3, 4]
    assert result.rejected["organisation"][1] == "HMP B"


def test_only_sheet_with_a_title_above_its_headings_says_which_row_they_are(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"East": titled("HMP B")})
    result = run_batch(path)
    assert [(fault.file, fault.line) for fault in result.faults] == [(str(path), 3)]
    assert "selfassess batch" not in str(result.faults[0])


def test_sheet_of_data_without_headings_is_a_fault(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"North": TABLE, "South": [["HMP B", "prison", 1, 2], ["HMP C", "x", 1, 2]]})
    result = run_batch(path)
    assert len(result) == 1
    (fault,) = result.faults
    assert fault.file == f"{path} “South”"
    assert fault.problem.startswith("has no row with headings such as “organisation” and “kind”")


def test_workbook_without_any_table_is_told_how_to_begin(tmp_path: Path) -> None:
    letter: list[list[Any]] = [["Dear all"]]
    for rows, said in ((letter, "holds no table of assessments"), ([], "is empty")):
        (fault,) = run_batch(write_book(tmp_path / "a.xlsx", {"A": rows})).faults
        assert fault.problem.startswith(said)
        assert fault.remedy.startswith("Name the columns in its first row: organisation, kind")


def test_hidden_sheet_is_not_scored_and_said(tmp_path: Path) -> None:
    old = [TABLE[0], ["HMP Old", "prison", 1]]
    path = write_book(tmp_path / "a.xlsx", {"North": TABLE, "Old": old}, hidden=("Old",))
    result = run_batch(path)
    assert result.scores["organisation"].to_list() == ["HMP A"]
    assert result.faults == ()
    assert [(note.file, note.problem) for note in result.skipped] == [
        (f"{path} “Old”", "is a hidden sheet, and was not read")
    ]


@pytest.mark.parametrize("column", [0, 1, 2, 3])
@pytest.mark.parametrize("empty", ["", "<v/>", "<v></v>"])
def test_formula_without_a_value_is_a_fault_whatever_column_it_is_in(tmp_path: Path, column: int, empty: str) -> None:
    cells = ["HMP A", "prison", "2", "A note."]
    header = ["organisation", "kind", "LEA-01", "LEA-01 note"]
    typed = [f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells]
    typed[column] = f"<c><f>Other!A1</f>{empty}</c>"
    heads = "".join(f'<c t="inlineStr"><is><t>{head}</t></is></c>' for head in header)
    sheet = f"<row>{heads}</row><row>{''.join(typed)}</row>"
    result = run_batch(write_parts(tmp_path / "a.xlsx", make_parts(sheet)))
    assert len(result) == 0
    assert [(fault.line, fault.place, fault.problem) for fault in result.faults] == [
        (2, header[column], "is a formula without a value")
    ]


def test_formula_that_gives_an_empty_text_is_no_answer(tmp_path: Path) -> None:
    heads = "".join(f'<c t="inlineStr"><is><t>{head}</t></is></c>' for head in TABLE[0])
    cells = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in ("HMP A", "prison"))
    sheet = f'<row>{heads}</row><row>{cells}<c t="str"><f>IF(1,"")</f><v></v></c></row>'
    result = run_batch(write_parts(tmp_path / "a.xlsx", make_parts(sheet)))
    assert (result.faults, len(result)) == ((), 1)


def test_formula_without_a_value_in_a_long_table_is_a_fault(tmp_path: Path) -> None:
    rows = (("organisation", "kind", "practice", "level"), ("HMP A", "prison", "LEA-01"))
    heads, cells = ("".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in rows)
    sheet = f"<row>{heads}</row><row>{cells}<c><f>1+1</f><v/></c></row>"
    (fault,) = run_batch(write_parts(tmp_path / "a.xlsx", make_parts(sheet))).faults
    assert (fault.line, fault.place, fault.problem) == (2, "level", "is a formula without a value")
