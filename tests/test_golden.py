"""Golden cases: answers in, expected parts of the scorecard out, worked out by hand from DESIGN, section 4.

Each file of ``golden/`` names a standard of the library or a folder beside this module, or describes a tiny standard
(practices by theme, each as for ``make_practice``; ``sources`` where not every requirement is required). It gives
``answers`` (and ``all_others``, the answer to every practice asked and not listed), and ``expects`` parts of the
JSON object: only what it lists is compared. Scores are written as fractions.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from selfassess.catalogue import load_standard
from selfassess.model.standard import Standard
from tests.builders import CLUB, make_practice, make_source, make_standard, score_answers

CASES = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


def build_standard(described: Any) -> Standard:
    if isinstance(described, str):
        return load_standard(Path(__file__).parent / described if "/" in described else described)
    practices = {
        theme: [make_practice(practice_id, **about) for practice_id, about in held.items()]
        for theme, held in described["practices"].items()
    }
    sources = [make_source(name, requirements) for name, requirements in described.get("sources", {}).items()]
    return make_standard(practices, sources=sources or None)


def score_case(case: dict[str, Any]) -> dict[str, Any]:
    """The scorecard's JSON object for a case."""
    standard = build_standard(case["standard"])
    kind, questionnaire = case.get("kind", CLUB), case.get("questionnaire", "full")
    answers = dict(case["answers"])
    if "all_others" in case:
        asked = (practice.id for practice in standard.asked(questionnaire, kind))
        answers = dict.fromkeys(asked, case["all_others"]) | answers
    return score_answers(standard, answers, kind=kind, questionnaire=questionnaire).to_dict()


def outline(card: dict[str, Any]) -> dict[str, Any]:
    """The same, with lists turned into dictionaries by id, so that a case can name what it means."""
    return {
        "overall": card["overall"],
        "themes": {theme["id"]: theme for theme in card["themes"]},
        "readiness": {
            source["source"]: source | {"requirements": {r["id"]: r["status"] for r in source["requirements"]}}
            for source in card["readiness"]
        },
        "priorities": [priority["practice"] for priority in card["priorities"]],
        "quick_wins": [priority["practice"] for priority in card["priorities"] if priority["quick_win"]],
        "survey": {row["row"]: row for row in card["survey"]},
    }


def find_differences(expected: Any, found: Any, place: str = "") -> list[str]:
    """Where what was found is not as expected; what is not expected in so many words may be anything."""
    if isinstance(expected, dict):
        missing = [f"{place}/{key} is missing" for key in expected if key not in found]
        inner = [
            find_differences(value, found[key], f"{place}/{key}") for key, value in expected.items() if key in found
        ]
        return missing + [difference for differences in inner for difference in differences]
    if place.endswith(("/score", "/completeness")) and expected is not None:
        expected = pytest.approx(float(Fraction(expected)), abs=1e-9)
    return [] if expected == found else [f"{place}: expected {expected}, found {found}"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden_case_scores_as_worked_out_by_hand(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    expected = case["expects"]
    assert expected
    found = outline(score_case(case))
    if "first_priorities" in expected:
        first = expected.pop("first_priorities")
        assert found["priorities"][: len(first)] == first
    assert find_differences(expected, found) == []


def test_golden_cases_are_all_collected() -> None:
    assert len(CASES) >= 20
