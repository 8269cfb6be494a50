from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.files.workbooks import read_workbook
from tests.cli.conftest import EXAMPLES, Run
from tests.workbooks import fill

ANSWERS = EXAMPLES / "hmp-example.yaml"


@pytest.fixture
def edited(run: Run, tmp_path: Path) -> Path:
    """A plan that somebody typed an owner into."""
    path = tmp_path / "edited.xlsx"
    assert run("plan", ANSWERS, "-o", path, "--start", "2026-11-21").status == 0
    return fill(path, {"Actions": {"G2": "Sam"}})


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "ics"])
def test_plan_is_written_in_every_format(run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"plan.{ending}"
    assert run("plan", ANSWERS, "-o", path) == (0, f"{path}\n", "")
    assert path.stat().st_size > 5_000


def test_what_people_wrote_is_in_the_new_plan(run: Run, tmp_path: Path, edited: Path) -> None:
    path = tmp_path / "new.xlsx"
    assert run("plan", ANSWERS, "--from", edited, "-o", path) == (0, f"{path}\n", "")
    assert [row[6] for row in read_workbook(path, "")["Actions"][1:3]] == ["Sam", None]


def test_row_that_cannot_be_placed_is_named_and_the_rest_is_done(run: Run, tmp_path: Path, edited: Path) -> None:
    path = tmp_path / "new.xlsx"
    fill(edited, {"Actions": {"A3": "XXX-01", "J4": "soon"}})
    result = run("plan", ANSWERS, "--from", edited, "-o", path)
    assert (result.status, result.out) == (1, f"{path}\n")
    assert [line.removeprefix(f"{edited}: ").split(":")[0] for line in result.err.splitlines()] == [
        "Actions!A3, Reference",
        "Actions!J4, Due",
    ]
    assert read_workbook(path, "")["Actions"][1][6] == "Sam"


def test_edited_plan_is_not_written_over_while_something_would_be_lost(run: Run, edited: Path) -> None:
    fill(edited, {"Actions": {"A3": "XXX-01"}})
    before = edited.read_bytes()
    result = run("plan", ANSWERS, "--from", edited, "-o", edited)
    assert (result.status, result.out) == (1, "")
    assert "was not written over" in result.err
    assert edited.read_bytes() == before


def test_edited_plan_without_faults_may_be_written_over(run: Run, edited: Path) -> None:
    assert run("plan", ANSWERS, "--from", edited, "-o", edited).status == 0
    assert read_workbook(edited, "")["Actions"][1][6] == "Sam"


def test_plan_of_another_organisation_is_refused(run: Run, tmp_path: Path, edited: Path) -> None:
    result = run("plan", EXAMPLES / "voluntary-organisation.yaml", "--from", edited, "-o", tmp_path / "new.xlsx")
    assert result.status == 1
    assert "is the plan of " in result.err
    assert not (tmp_path / "new.xlsx").exists()


def start_of(path: Path) -> object:
    return next(row[1] for rows in read_workbook(path, "").values() for row in rows if row[:1] == ["Plan starts"])


def test_new_plan_starts_when_the_edited_one_did_unless_told(run: Run, tmp_path: Path, edited: Path) -> None:
    path = tmp_path / "new.xlsx"
    assert run("plan", ANSWERS, "--from", edited, "-o", path).status == 0
    assert start_of(path) == "21 November 2026"
    assert run("plan", ANSWERS, "--from", edited, "-o", path, "--start", "2027-01-04").status == 0
    assert start_of(path) == "4 January 2027"


def test_start_of_an_edited_plan_that_is_no_day_is_named(run: Run, tmp_path: Path, edited: Path) -> None:
    sheet, row = next(
        (name, at)
        for name, rows in read_workbook(edited, "").items()
        for at, row in enumerate(rows, 1)
        if row[:1] == ["Plan starts"]
    )
    fill(edited, {sheet: {f"B{row}": "soon"}})
    result = run("plan", ANSWERS, "--from", edited, "-o", tmp_path / "new.xlsx")
    assert result.status == 1
    assert f"{sheet}!B{row}, Plan starts: says “soon”" in result.err
