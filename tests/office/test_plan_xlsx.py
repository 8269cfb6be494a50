from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from selfassess.errors import OutputError
from selfassess.files.workbooks import read_workbook
from selfassess.model.answer import Answer
from selfassess.office.excel import LONGEST
from selfassess.office.plan_columns import COLUMNS
from selfassess.office.plan_edits import read_plan_edits
from selfassess.office.plan_xlsx import render_plan_xlsx
from selfassess.planning import ActionPlan, ActionStatus, Standing
from selfassess.revision import EditedAction, own_reference, revise_plan
from tests.builders import Given
from tests.office.cases import FORMULAS, ILLEGAL, small_card, small_plan
from tests.workbooks import OFFICE, convert, fill, read_parts, write_parts

Write = Callable[[ActionPlan], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a plan as a workbook."""

    def write(plan: ActionPlan) -> Path:
        path = tmp_path / "plan.xlsx"
        path.write_bytes(render_plan_xlsx(plan))
        return path

    return write


def rows_of(path: Path, sheet: str = "Actions") -> list[list[object]]:
    return read_workbook(path, path.name)[sheet]


def owned(plan: ActionPlan, *texts: str) -> ActionPlan:
    """The plan, with the texts as its owners."""
    actions = [replace(a, owner=text, progress_note=text) for a, text in zip(plan.actions, texts, strict=False)]
    return replace(plan, actions=(*actions, *plan.actions[len(actions) :]))


def test_titles_are_those_that_scripts_rely_on(write: Write) -> None:
    assert rows_of(write(small_plan()))[0] == [
        "Reference", "Gap", "Level now", "Target level", "Action", "Effort", "Owner", "Helpers", "Start", "Due",
        "Expected evidence", "Status", "Progress note", "Last reviewed", "Sources", "Case study", "Theme", "Tier",
        "Timeframe", "Quick win", "Why", "Note from the answers", "Standing",
    ]  # fmt: skip


def test_action_is_in_words_and_its_days_are_days(write: Write) -> None:
    plan = small_plan()
    row = dict(zip([column.title for column in COLUMNS], rows_of(write(plan))[1], strict=True))
    assert row == {
        "Reference": "AA-01", "Gap": "Title of AA-01", "Level now": "Not in place", "Target level": "In place",
        "Action": "First action for AA-01.", "Effort": "Low", "Owner": None, "Helpers": None,
        "Start": date(2026, 11, 21), "Due": date(2026, 12, 21),
        "Expected evidence": "• Evidence of AA-01\n• More evidence of AA-01", "Status": "Not started",
        "Progress note": None, "Last reviewed": None, "Sources": "Short guide", "Case study": None,
        "Theme": "Theme one", "Tier": "Must", "Timeframe": "Start at once.", "Quick win": "Yes",
        "Why": plan.actions[0].why, "Note from the answers": None, "Standing": "Open gap",
    }  # fmt: skip


def test_summary_counts_what_the_plan_holds(write: Write) -> None:
    plan = owned(small_plan(), "Sam", "SAM", "Kim")
    done = replace(plan.actions[0], status=ActionStatus.DONE)
    rows = rows_of(write(replace(plan, actions=(done, *plan.actions[1:]))), "Summary")
    told = {str(row[0]): row[1:] for row in rows if row and isinstance(row[1:2] and row[1], int)}
    assert told["Must"] == [1, 0, 0, 1, 0]
    assert told["All"] == [4, 3, 0, 1, 0]
    assert told["Sam"] == [2, 1, 0, 1, 0]
    assert told["Kim"] == told["Nobody yet"] == [1, 1, 0, 0, 0]
    assert told[str(date(2026, 12, 1))] == [3, 2, 0, 1, 0]
    assert told[str(date(2027, 11, 1))] == [1, 1, 0, 0, 0]
    assert told["Later"] == told["Earlier"] == [0, 0, 0, 0, 0]


def test_plan_says_what_it_rests_on(write: Write) -> None:
    told = {row[0]: row[1] for row in rows_of(write(small_plan()), "About this plan") if len(row) > 1 and row[0]}
    assert told == {
        "Organisation": "Example Club", "Kind of organisation": "Club", "Questionnaire": "Full",
        "Plan starts": "21 November 2026", "Standard": "tiny", "Version": "1.0.0", "Content hash": "0" * 64,
    }  # fmt: skip


def test_plan_without_gaps_is_a_workbook_too(write: Write) -> None:
    path = write(small_plan({}))
    assert len(rows_of(path)) == 1
    assert read_plan_edits(path, small_card({})).actions == ()


def test_sheet_can_be_filtered_scrolled_and_printed(write: Write) -> None:
    parts = read_parts(write(small_plan()))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert '<autoFilter ref="A1:W5"/>' in sheet
    assert 'state="frozen"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "Print_Titles" in parts["xl/workbook.xml"].decode()


def test_lists_offer_the_words_that_are_read_back(write: Write) -> None:
    sheet = read_parts(write(small_plan()))["xl/worksheets/sheet1.xml"].decode()
    assert "<formula1>&quot;Not started,Under way,Done,Blocked&quot;</formula1>" in sheet.replace('"', "&quot;")
    assert "<formula1>&quot;Low,Medium,High&quot;</formula1>" in sheet.replace('"', "&quot;")


def test_rows_may_grow_when_somebody_types_a_long_note(write: Write) -> None:
    sheet = read_parts(write(small_plan()))["xl/worksheets/sheet1.xml"].decode()
    assert re.search(r'<row r="2" [^>]*ht="', sheet)
    assert "customHeight" not in re.sub(r"<sheetFormatPr[^>]*>", "", sheet)


def test_nothing_that_was_typed_becomes_a_formula_or_a_link(write: Write) -> None:
    own = [
        EditedAction(own_reference(n), gap=text, theme=text, action=text, owner=text, helpers=text, note=text,
                     progress_note=text, expected_evidence=(text,))
        for n, text in enumerate(FORMULAS, start=1)
    ]  # fmt: skip
    answers: dict[str, Given] = {"AA-01": Answer(level=0, note="=1+1")}
    path = write(revise_plan(small_plan(answers, name="=1+1", reference="=2+2"), own))
    parts = read_parts(path)
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"):
        assert b"<f>" not in parts[name]
        assert b"hyperlink" not in parts[name]
    assert not [name for name in parts if "worksheets/_rels" in name]
    ours = re.findall(rb"<f>(.*?)</f>", parts["xl/worksheets/sheet2.xml"])
    assert ours
    assert all(formula.startswith(b"COUNTIFS(") for formula in ours)
    gaps = [row[1] for row in rows_of(path)[2:]]
    assert gaps == [text.replace("\r", "\n") for text in FORMULAS]


def test_characters_that_xml_forbids_are_shown(write: Write) -> None:
    path = write(owned(small_plan(), ILLEGAL))
    assert rows_of(path)[1][6] == "a[U+0000]b[U+000B]c[U+D800]d[U+FFFE]"


def test_text_longer_than_a_cell_is_cut_where_it_can_be_seen(write: Write) -> None:
    long = owned(small_plan(), "😀" * LONGEST)
    text = str(rows_of(write(long))[1][6])
    assert len(text.encode("utf-16-le")) // 2 <= LONGEST
    assert text.endswith("the other formats have the whole text]")
    assert text.count("😀") > LONGEST // 2 - 60


def test_written_plan_reads_back_as_it_was(write: Write) -> None:
    own = EditedAction(own_reference(1), gap="No kettle", action="Buy one", owner="Jo", due=date(2027, 2, 3))
    drafted = small_plan()
    plan = revise_plan(owned(drafted, "Sam\nKim", "=1+1", "x"), [own])
    found = read_plan_edits(write(plan), plan.scorecard)
    assert found.faults == ()
    assert revise_plan(drafted, found.actions) == plan


def test_what_people_type_is_read_back(write: Write) -> None:
    typed: dict[str, str | date] = {
        "E2": "Ask Jo", "F2": "high", "G2": "Sam", "H2": "Kim", "I2": date(2027, 1, 2), "J2": "3/4/2027",
        "K2": "Minutes\n• Emails", "L2": "UNDER WAY", "M2": "=not a formula", "N2": "2027-02-01",
        "B6": "No kettle", "E6": "Buy one", "L6": "done",
    }  # fmt: skip
    plan = small_plan()
    found = read_plan_edits(fill(write(plan), {"Actions": typed}), plan.scorecard)
    assert found.faults == ()
    first, *_, last = revise_plan(plan, found.actions).actions
    assert (first.action, first.effort, first.owner, first.helpers) == ("Ask Jo", "high", "Sam", "Kim")
    assert (first.start, first.due, first.last_reviewed) == (date(2027, 1, 2), date(2027, 4, 3), date(2027, 2, 1))
    assert first.expected_evidence == ("Minutes", "Emails")
    assert (first.status, first.progress_note) == (ActionStatus.UNDER_WAY, "=not a formula")
    assert (last.reference, last.gap, last.action) == ("Own 1", "No kettle", "Buy one")
    assert (last.status, last.standing) == (ActionStatus.DONE, Standing.OWN)


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_plan_survives_libreoffice_and_its_summary_reckons_the_same(tmp_path: Path, write: Write) -> None:
    drafted = small_plan()
    own = EditedAction(own_reference(1), gap="No kettle", action="Buy one", owner="Jo", due=date(2027, 2, 1))
    plan = revise_plan(owned(drafted, "Sam", "=1+1", "Kim"), [own])
    path = write(plan)
    written = rows_of(path, "Summary")
    parts = read_parts(path)
    summary = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", parts["xl/worksheets/sheet2.xml"])
    write_parts(path, parts | {"xl/worksheets/sheet2.xml": summary})
    converted = convert(convert(path, "ods", tmp_path / "one"), "xlsx", tmp_path / "two")
    assert revise_plan(drafted, read_plan_edits(converted, plan.scorecard).actions) == plan
    assert rows_of(converted, "Summary") == written


def test_without_its_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(OutputError, match=r"pip install \"selfassess\[office\]\""):
        render_plan_xlsx(small_plan())
