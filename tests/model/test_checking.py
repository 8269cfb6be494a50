"""Whether an assessment made in memory fits its standard; that files are told so is tested with the files."""

from __future__ import annotations

from typing import Any

import pytest

from selfassess.errors import AssessmentError
from selfassess.model.answer import Assessment
from selfassess.model.checking import find_misplaced
from selfassess.scorecard import score
from tests.places import load_allotments


def make(**about: Any) -> Assessment:
    given: dict[str, Any] = {
        "standard": "allotment-society",
        "organisation": {"name": "Us", "kind": "society"},
        "answers": {"PLT-01": 2},
    }
    return Assessment.model_validate(given | about)


MISPLACED: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"standard": "reading-group"}, ("standard",)),
    ({"standard": {"id": "allotment-society", "version": "2.0.0"}}, ("standard",)),
    ({"standard": {"id": "allotment-society", "hash": "0" * 64}}, ("standard",)),
    ({"organisation": {"name": "Us", "kind": "prison"}}, ("organisation", "kind")),
    ({"questionnaire": "harvest"}, ("questionnaire",)),
    ({"answers": {"PLT-09": 2}}, ("answers", "PLT-09")),
    ({"answers": {"MEM-02": 2}}, ("answers", "MEM-02")),
    ({"answers": {"PLT-02": 2}, "questionnaire": "taster"}, ("answers", "PLT-02")),
    ({"answers": {"MEM-01": "DK"}, "organisation": {"name": "Us", "kind": "landlord"}}, ("answers", "MEM-01")),
    ({"answers": {"PLT-01": {"level": "NA", "reason": "No"}}}, ("answers", "PLT-01")),
    ({"answers": {"WAT-01": "NA"}}, ("answers", "WAT-01")),
    ({"answers": {"WAT-01": {"level": 2, "reason": "No"}}}, ("answers", "WAT-01", "reason")),
]


@pytest.mark.parametrize(("about", "loc"), MISPLACED)
def test_what_the_standard_has_no_place_for_is_found_and_not_scored(
    about: dict[str, Any], loc: tuple[str, ...]
) -> None:
    assessment = make(**about)
    (found,) = find_misplaced(load_allotments(), assessment)
    assert found.loc == loc
    with pytest.raises(AssessmentError) as caught:
        score(load_allotments(), assessment)
    assert found.problem in str(caught.value)
    assert found.remedy in str(caught.value)


FITTING: list[dict[str, Any]] = [
    {},
    {"answers": {}},
    {"standard": {"id": "allotment-society", "version": "2.1.0"}},
    {"questionnaire": "taster"},
    {"answers": {"WAT-01": {"level": "NA", "reason": "There is no tap"}}},
    {"answers": {"PLT-01": "DK", "PLT-02": None}},
]


@pytest.mark.parametrize("about", FITTING)
def test_what_fits_has_nothing_misplaced(about: dict[str, Any]) -> None:
    assert find_misplaced(load_allotments(), make(**about)) == []


def test_answers_are_not_looked_at_while_the_standard_is_another() -> None:
    """Every answer would be told as unknown."""
    found = find_misplaced(load_allotments(), make(standard="reading-group", answers={"BK-01": 2}))
    assert [item.loc for item in found] == [("standard",)]
