from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from selfassess.blanks import write_template
from selfassess.errors import AssessmentError
from selfassess.files.assessments import read_assessment
from selfassess.files.filled import find_answers
from selfassess.model.answer import Answer, Organisation
from selfassess.model.standard import Standard
from tests.workbooks import Cells, fill, read_parts, write_parts

COVER = {"B12": "HMP Example", "B13": "Prison"}
"""What must be filled in: the organisation and its kind."""

LABELS = "Not in place, Partly in place, In place, Embedded, Do not know yet"

Fill = Callable[..., Path]


@pytest.fixture
def filled(tmp_path: Path, prison_standard: Standard) -> Fill:
    """A template with these cells typed into."""

    def filled(answers: Cells, cover: Cells | None = None) -> Path:
        path = write_template(prison_standard, tmp_path / "filled.xlsx")
        return fill(path, {"Start here": COVER if cover is None else cover, "Answers": answers})

    return filled


def faults(path: Path) -> list[str]:
    with pytest.raises(AssessmentError) as caught:
        read_assessment(path)
    return [str(fault).removeprefix(f"{path}: ") for fault in caught.value.faults]


def test_filled_in_workbook_is_read_whole(filled: Fill, prison_standard: Standard) -> None:
    cover = COVER | {"B14": "HMP-EX", "B15": "North", "B16": date(2026, 11, 1)}
    answers = {
        "E3": "In place", "G3": "Agreed in May.\nSigned.", "H3": "• https://intranet.example/policy\n\n- Minutes",
        "E4": "Do not know yet", "E7": "Does not apply", "F7": "One team only", "G8": "A note without an answer",
    }  # fmt: skip
    found = read_assessment(filled(answers, cover))
    assert found.organisation == Organisation(name="HMP Example", kind="prison", reference="HMP-EX", group="North")
    assert (found.date, found.questionnaire) == (date(2026, 11, 1), "full")
    assert (found.standard.version, found.standard.hash) == (prison_standard.version, prison_standard.hash)
    told = {practice_id: answer for practice_id, answer in found.answers.items() if answer != Answer()}
    assert told == {
        "LEA-01": Answer(
            level=2, note="Agreed in May.\nSigned.", evidence=("https://intranet.example/policy", "Minutes")
        ),
        "LEA-02": Answer(level="DK"),
        "LEA-05": Answer(level="NA", reason="One team only"),
        "LEA-06": Answer(note="A note without an answer"),
    }


@pytest.mark.parametrize("given", [2, 2.0, "2", " 2.0 ", "in place", "IN  PLACE"])
def test_answer_is_taken_as_number_or_label(filled: Fill, given: str | float) -> None:
    assert read_assessment(filled({"E3": given})).answer_to("LEA-01").level == 2


def test_kind_is_taken_as_title_or_id_in_any_case(filled: Fill) -> None:
    for given in ("voluntary organisation", "voluntary_organisation", " Voluntary organisation "):
        assert read_assessment(filled({}, COVER | {"B13": given})).organisation.kind == "voluntary_organisation"


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"E3": "Mostly"}, f"Answers!E3, LEA-01: says “Mostly”. Choose one of: {LABELS}."),
        ({"E3": 4}, "Answers!E3, LEA-01: says “4”"),
        ({"E3": 1.5}, "Answers!E3, LEA-01: says “1.5”"),
        ({"E3": "#REF!"}, "Answers!E3, LEA-01: says “#REF!”"),
        ({"E3": "Does not apply", "F3": "No"}, "Answers!E3, LEA-01: says “Does not apply”. Choose one of: Not in"),
        (
            {"E7": "NA"},
            "Answers!F7, LEA-05: is empty, but the answer is “Does not apply”. Write there why it does not apply.",
        ),
        (
            {"E7": 1, "F7": "Because"},
            "Answers!F7, LEA-05: has a text, but the answer is not “Does not apply”. Move the text to “Note”.",
        ),
        ({"A4": "LEA-01", "E4": 2}, "Answers!A4: has LEA-01 a second time. Keep one of the two rows."),
        ({"A4": "LEA", "E4": 2}, "Answers!A4: says “LEA”, but its row has an answer. Write the practice’s reference."),
        ({"A4": "", "G4": "x"}, "Answers!A4: is empty, but its row has an answer. Write the practice’s reference."),
        ({"A4": "LEA-99", "E4": 2}, "Answers!A4, LEA-99: is not a practice of this standard"),
    ],
)
def test_mistake_in_an_answer_names_its_cell(filled: Fill, answers: Cells, fault: str) -> None:
    found = faults(filled(answers))
    assert len(found) == 1
    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    ("cover", "fault"),
    [
        ({"B13": "Prison"}, "Start here!B12: is empty. Write the organisation’s name there."),
        ({"B12": "HMP"}, "Start here!B13: is empty. Choose one of: Prison, Voluntary organisation."),
        (COVER | {"B13": "Jail"}, "Start here!B13: says “Jail”. Choose one of: Prison, Voluntary organisation."),
        (COVER | {"B16": "soon"}, "Start here!B16: says “soon”. Write a day, as 21/11/2026, or leave it empty."),
        (COVER | {"B17": "half"}, "Start here!B17, questionnaire: says “half”"),
        (COVER | {"B18": "other"}, "Start here!B18, standard: names “other”"),
        (COVER | {"B19": "0.1.0"}, "Start here!B19, standard: answers version 0.1.0"),
        (COVER | {"B12": "x" * 301}, "Start here!B12, organisation, name: is longer than 300 characters"),
    ],
)
def test_mistake_on_the_cover_names_its_cell(filled: Fill, cover: Cells, fault: str) -> None:
    found = faults(filled({"E3": 2}, cover))
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_answer_to_what_is_not_asked_of_the_kind_names_its_cell(filled: Fill) -> None:
    found = faults(filled({"E8": "In place"}, COVER | {"B13": "Voluntary organisation"}))
    assert found == ["Answers!E8, LEA-06: is not asked of: Voluntary organisation. Remove the answer."]


def test_all_mistakes_are_named_at_once(filled: Fill) -> None:
    assert len(faults(filled({"E3": "a", "E4": "b", "F5": "c"}, {}))) == 5


def test_workbook_of_another_make_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["organisation", "kind", "LEA-01"])
    (fault,) = faults(path)
    assert "selfassess batch" in fault


def test_sheets_are_found_by_what_stands_in_them(tmp_path: Path) -> None:
    path = tmp_path / "moved.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Answers of June")
        sheet.write_row(2, 1, ["note\nof ours", "EXTRA", "answer", " Reference "])
        sheet.write_row(3, 1, ["Well done", "?", "Embedded", "lea-01"])
        cover = book.add_worksheet("Cover")
        for row, cells in enumerate([("organisation", "HMP X"), ("KIND OF ORGANISATION", "prison")]):
            cover.write_row(row, 0, cells)
        cover.write_row(5, 0, ["Standard", "prison-volunteering"])
    found = read_assessment(path)
    assert found.organisation.name == "HMP X"
    assert found.answers == {"LEA-01": Answer(level=3, note="Well done")}


def test_answers_are_told_from_a_table_of_many() -> None:
    assert find_answers({"A": [["organisation", "kind"]], "B": [[], ["Reference", "Answer"]]}) == "B"
    assert find_answers({"A": [["organisation", "kind", "POL-01"]]}) is None


UNSAVED = "is a formula without a value. Open the file in a spreadsheet program and save it, or type the value."


@pytest.mark.parametrize(("sheet", "cell"), [("Start here", "B12"), ("Answers", "E3"), ("Answers", "G3")])
def test_formula_without_a_value_is_a_fault(filled: Fill, sheet: str, cell: str) -> None:
    path = filled({"E3": 2, "G3": "A note."}, COVER)
    fill(path, {sheet: {cell: "FORMULA"}})
    parts = read_parts(path)
    typed = re.compile(rb't="inlineStr"([^>]*)><is><t[^>]*>FORMULA</t></is></c>')
    changed = {name: typed.sub(rb"\1><f>Other!A1</f><v></v></c>", content) for name, content in parts.items()}
    assert changed != parts
    assert f"{sheet}!{cell}: {UNSAVED}" in faults(write_parts(path, changed))


def test_second_sheet_of_answers_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Answers", "Answers of B"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["Reference", "Answer"])
            page.write_row(1, 0, ["LEA-01", 2])
    assert faults(path) == [
        "sheet “Answers of B”: holds answers, as “Answers” does. Keep one of them; each organisation has its own file."
    ]
