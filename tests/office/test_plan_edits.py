from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter

from selfassess.errors import PlanError
from selfassess.office.plan_edits import EditedPlan, read_plan_edits
from selfassess.office.plan_xlsx import render_plan_xlsx
from selfassess.scorecard import Scorecard
from tests.office.cases import START, small_card, small_plan
from tests.workbooks import Cells, fill, make_parts, read_parts, write_parts


def edit(tmp_path: Path, cells: Cells, card: Scorecard | None = None) -> EditedPlan:
    """What is read of a plan with these cells typed into its actions."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(render_plan_xlsx(small_plan()))
    return read_plan_edits(fill(path, {"Actions": cells}), card or small_card())


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"A3": "AA-01"}, "Actions!A3, Reference: has AA-01 a second time. Keep one of the two rows, or clear"),
        (
            {"A3": "AA-09"},
            "Actions!A3, Reference: says “AA-09”, which is no practice of this standard. Did you mean AA",
        ),
        ({"A3": "?"}, "Actions!A3, Reference: says “?”, which is no practice of this standard. For an action of your"),
        ({"J3": "soon"}, "Actions!J3, Due: says “soon”. Write a day, as 21/11/2026."),
        ({"L3": "nearly"}, "Actions!L3, Status: says “nearly”. Choose one of: Not started, Under way, Done, Blocked."),
        ({"F3": "some"}, "Actions!F3, Effort: says “some”. Choose one of: Low, Medium, High."),
        ({"G6": "Sam"}, "Actions!E6, Action: is empty, but its row has something in it. Write the action there."),
    ],
)
def test_what_cannot_be_placed_names_its_cell(tmp_path: Path, cells: Cells, fault: str) -> None:
    found = edit(tmp_path, {"G2": "Kept", **cells})
    (only,) = found.faults
    assert str(only).removeprefix(f"{tmp_path / 'plan.xlsx'}: ").startswith(fault)
    assert found.actions[0].owner == "Kept"


def test_row_with_one_bad_cell_keeps_the_others(tmp_path: Path) -> None:
    found = edit(tmp_path, {"J2": "soon", "G2": "Sam"})
    assert (found.actions[0].owner, found.actions[0].due) == ("Sam", None)


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    assert len(edit(tmp_path, {"J2": "soon", "L2": "?", "A3": "x", "A4": "AA-01"}).faults) == 4


def test_reference_is_taken_in_any_case(tmp_path: Path) -> None:
    found = edit(tmp_path, {"A2": " aa-01 ", "A3": "own 7"})
    assert [action.reference for action in found.actions[:2]] == ["AA-01", "Own 7"]


def test_added_actions_get_numbers_that_are_free(tmp_path: Path) -> None:
    found = edit(tmp_path, {"A2": "", "A3": "Own 1", "E6": "One more"})
    assert [action.reference for action in found.actions] == ["Own 2", "Own 1", "AA-02", "BB-01", "Own 3"]


def test_deleted_and_sorted_rows_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Mine")
        sheet.write_row(3, 1, ["status", "OWNER", "action", "reference", "Colour"])
        sheet.write_row(5, 1, ["Done", "Sam", "Ask", "BB-03", "red"])
    (action,) = read_plan_edits(path, small_card()).actions
    assert (action.reference, action.owner, action.action, action.status) == ("BB-03", "Sam", "Ask", "done")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"B1": "Other Club"}, "is the plan of “Other Club”, not of “Example Club”"),
        ({"B5": "other"}, "is a plan for the standard “other”, not “tiny”"),
    ],
)
def test_plan_of_somebody_else_is_refused(tmp_path: Path, cells: Cells, problem: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(render_plan_xlsx(small_plan()))
    with pytest.raises(PlanError) as caught:
        read_plan_edits(fill(path, {"About this plan": cells}), small_card())
    assert [fault.problem for fault in caught.value.faults] == [problem]


def test_organisation_that_changed_its_name_is_known_by_its_reference(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(render_plan_xlsx(small_plan(name="Old Name", reference="X1")))
    assert read_plan_edits(path, small_card(name="New Name", reference="x1")).faults == ()
    with pytest.raises(PlanError, match="is the plan of “X1”, not of “X2”"):
        read_plan_edits(path, small_card(name="Old Name", reference="X2"))


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"is no \.xlsx file"):
        read_plan_edits(tmp_path / "plan.csv", small_card())


def test_workbook_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "other.xlsx", make_parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
    with pytest.raises(PlanError, match="has no sheet with the columns “Reference”, “Action”, “Status”"):
        read_plan_edits(path, small_card())


def test_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "macros.xlsx", make_parts("") | {"xl/vbaProject.bin": b""})
    with pytest.raises(PlanError, match="holds macros"):
        read_plan_edits(path, small_card())


def test_formula_without_a_value_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(render_plan_xlsx(small_plan()))
    parts = read_parts(fill(path, {"Actions": {"G2": "FORMULA"}}))
    typed = re.compile(rb't="inlineStr"([^>]*)><is><t[^>]*>FORMULA</t></is></c>')
    changed = {name: typed.sub(rb"\1><f>Other!A1</f></c>", content) for name, content in parts.items()}
    found = read_plan_edits(write_parts(path, changed), small_card())
    assert [str(fault).removeprefix(f"{path}: ").split(".")[0] for fault in found.faults] == [
        "Actions!G2, Owner: is a formula without a value"
    ]
    assert found.actions[0].owner == ""


def test_day_on_which_the_plan_starts_is_read_back(tmp_path: Path) -> None:
    assert edit(tmp_path, {}).start == START
