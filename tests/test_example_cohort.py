"""The example cohort is what its script draws, and follows the published rates where there are some."""

from __future__ import annotations

import csv
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from selfassess.model.standard import Standard
from tests.places import ROOT

COHORT = ROOT / "examples" / "cohort.csv"
SCRIPT = ROOT / "examples" / "make_cohort.py"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with COHORT.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_script_draws_the_same_file_byte_for_byte(tmp_path: Path) -> None:
    script: dict[str, Any] = runpy.run_path(str(SCRIPT))
    script["main"](tmp_path / "cohort.csv")
    assert (tmp_path / "cohort.csv").read_bytes() == COHORT.read_bytes()


def test_there_are_24_prisons_and_12_voluntary_organisations(rows: list[dict[str, str]]) -> None:
    assert Counter(row["kind"] for row in rows) == {"prison": 24, "voluntary_organisation": 12}
    assert len({row["organisation"] for row in rows}) == len({row["reference"] for row in rows}) == 36


def test_nine_practices_are_in_place_as_often_as_the_survey_says(
    rows: list[dict[str, str]], prison_standard: Standard
) -> None:
    survey = prison_standard.survey
    assert survey
    published = {row.id: row.in_place for row in survey.rows}
    asked = [practice for practice in prison_standard.practices.values() if practice.survey_row in published]
    assert len(asked) == 9
    for practice in asked:
        for kind, percent in published[str(practice.survey_row)].items():
            levels = [row[practice.id] for row in rows if row["kind"] == kind]
            assert set(levels) <= {"0", "1", "2", "3", "DK"}
            in_place = sum(level in {"2", "3"} for level in levels)
            assert abs(in_place - percent / 100 * len(levels)) <= 0.5


def test_cohort_shows_notes_and_what_does_not_apply(rows: list[dict[str, str]]) -> None:
    cells = [(row[name.removesuffix(" note")], note) for row in rows for name, note in row.items() if "note" in name]
    assert [note for level, note in cells if level == "NA"] == ["No partner organisations"]
    assert len([note for level, note in cells if note and level != "NA"]) == 5
    assert all(level for level, note in cells if note)


def test_script_says_that_all_of_it_is_invented() -> None:
    said = runpy.run_path(str(SCRIPT))["__doc__"]
    assert "Every one of them is invented, and so is every answer." in said
