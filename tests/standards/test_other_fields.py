"""Nothing is hard-wired to prisons: standards of other fields go all the way, in their own words.

The figures were worked out by hand from DESIGN, section 4, and from the files under ``data/standards``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from selfassess.catalogue import load_standard
from selfassess.comparison import Comparison, Movement, compare
from selfassess.files.assessments import read_assessment
from selfassess.model.answer import Answer, Assessment, Organisation, StandardReference
from selfassess.model.standard import Standard
from selfassess.planning import plan_actions
from selfassess.readiness import Readiness
from selfassess.scorecard import Scorecard, score
from selfassess.scoring import Rating
from tests.places import DATA, READING_GROUP, ROOT, load_allotments

MET, PARTLY, NOT_MET = Readiness.MET, Readiness.PARTLY, Readiness.NOT_MET
NOT_APPLICABLE, NOT_COVERED = Readiness.NOT_APPLICABLE, Readiness.NOT_COVERED


def score_file(name: str) -> Scorecard:
    standard = load_allotments()
    return score(standard, read_assessment(DATA / "assessments" / name, standard=standard))


@pytest.fixture(scope="module")
def lower_meadow() -> Scorecard:
    return score_file("lower-meadow.yaml")


@pytest.fixture(scope="module")
def moved(lower_meadow: Scorecard) -> Comparison:
    return compare(score_file("lower-meadow-2025.yaml"), lower_meadow)


def test_another_field_asks_each_kind_its_own_practices() -> None:
    asked = {kind: [p.id for p in load_allotments().asked("full", kind)] for kind in ("society", "landlord")}
    assert asked == {
        "society": ["PLT-01", "PLT-02", "WAT-01", "WAT-02", "MEM-01"],
        "landlord": ["PLT-01", "PLT-02", "WAT-01", "WAT-02"],
    }


def test_another_field_is_scored(lower_meadow: Scorecard) -> None:
    overall = lower_meadow.overall
    assert (overall.asked, overall.applicable, overall.answered, overall.met, overall.gaps) == (5, 4, 5, 2, 2)
    assert overall.score == 100 * (3 * 3 + 2 * 1 + 1 * 0 + 2 * 2) / (3 * (3 + 2 + 1 + 2))
    assert overall.rating is Rating.DEVELOPING
    assert not overall.is_provisional


def test_another_field_keeps_its_own_themes_in_order(lower_meadow: Scorecard) -> None:
    assert [(item.theme.title, item.result.met) for item in lower_meadow.themes] == [
        ("Plots", 1),
        ("Water and tools", 0),
        ("Members", 1),
    ]


def test_another_field_has_readiness_against_its_own_sources(lower_meadow: Scorecard) -> None:
    found = {s.source.id: {r.requirement.id: r.status for r in s.requirements} for s in lower_meadow.readiness}
    assert found == {
        "plot-guide": {"1": NOT_COVERED, "2": MET, "3": PARTLY, "5": NOT_APPLICABLE, "6": NOT_APPLICABLE},
        "water-code": {"W1": NOT_APPLICABLE, "W2": NOT_COVERED, "W3": NOT_MET},
    }


def test_another_field_is_set_beside_its_own_survey(lower_meadow: Scorecard) -> None:
    (row,) = lower_meadow.survey
    assert (row.practice.id, row.in_place, row.same_kind_percent) == ("PLT-01", True, 40)
    assert row.base
    assert row.base.n == 12


def test_kind_that_no_survey_asked_has_no_figure_to_compare_with() -> None:
    assessment = Assessment(
        standard=StandardReference(id="allotment-society"),
        organisation=Organisation(name="The Council", kind="landlord"),
        answers={"PLT-01": Answer(level=0)},
    )
    (row,) = score(load_allotments(), assessment).survey
    assert (row.in_place, row.same_kind_percent, row.base) == (False, None, None)


def test_another_field_ranks_its_gaps(lower_meadow: Scorecard) -> None:
    assert [(p.rank, p.practice.id) for p in lower_meadow.priorities] == [(1, "PLT-02"), (2, "WAT-02")]


def test_another_field_gets_an_action_plan(lower_meadow: Scorecard) -> None:
    first, second = plan_actions(lower_meadow, start=date(2026, 2, 28)).actions
    assert (first.reference, first.due, first.sources) == ("PLT-02", date(2027, 2, 28), ("Plot guide",))
    assert (second.reference, second.theme, second.level_now) == ("WAT-02", "Water and tools", "DK")


def test_another_field_is_compared_with_last_year(moved: Comparison) -> None:
    assert {change.practice.id: change.movement for change in moved.practices} == {
        "PLT-01": Movement.IMPROVED,
        "PLT-02": Movement.FELL,
        "WAT-01": Movement.NEWLY_ANSWERED,
        "WAT-02": Movement.RECONSIDERED,
        "MEM-01": Movement.NEWLY_ANSWERED,
    }


def test_another_field_explains_itself_in_its_own_words(lower_meadow: Scorecard) -> None:
    assert "Answer: Seedling." in str(lower_meadow.explain("PLT-02"))
    assert "Plots" in str(lower_meadow.explain("plots"))
    assert "Decided by: PLT-02, MEM-01." in str(lower_meadow.explain("plot-guide:3"))


@pytest.mark.parametrize("subject", ["overall", "plots", "PLT-01", "PLT-02", "WAT-01", "plot-guide:3", "water-code:W3"])
def test_another_field_is_explained_without_a_word_of_prisons(lower_meadow: Scorecard, subject: str) -> None:
    assert not re.search(r"prison|volunt", str(lower_meadow.explain(subject)), re.IGNORECASE)


def test_questionnaire_of_its_own_asks_only_what_it_lists() -> None:
    assert [p.id for p in load_allotments().asked("taster", "landlord")] == ["PLT-01", "WAT-01"]


@pytest.fixture(scope="module")
def reading_group() -> Standard:
    return load_standard(READING_GROUP)


def test_smallest_standard_has_none_of_the_files_that_may_be_left_out(reading_group: Standard) -> None:
    assert (reading_group.survey, reading_group.rules, reading_group.case_studies) == (None, {}, None)


def test_smallest_standard_goes_all_the_way(reading_group: Standard, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(
        "standard: reading-group\norganisation: {name: Us, kind: group}\nanswers: {BK-01: sometimes}", "utf-8"
    )
    card = score(reading_group, read_assessment(path, standard=reading_group))
    assert card.overall.rating is Rating.STARTING
    assert card.survey == ()
    assert card.readiness[0].counts[PARTLY] == 1
    assert [action.reference for action in plan_actions(card).actions] == ["BK-01"]
    assert compare(card, card).moved(Movement.SAME)


def strings_in_code() -> Iterator[tuple[str, str]]:
    """Every string in the library that is not a docstring, with its file."""
    for path in sorted((ROOT / "selfassess").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
                yield path.name, node.value


def test_library_names_no_kind_source_theme_or_practice_of_a_standard(prison_standard: Standard) -> None:
    ids = {
        prison_standard.id,
        *prison_standard.kinds,
        *prison_standard.source_by_id,
        *prison_standard.practices,
        *(theme.id for theme in prison_standard.head.themes if "-" in theme.id),
    }
    strings = list(strings_in_code())
    assert len(strings) > 500
    assert [(name, text) for name, text in strings if text in ids] == []


def test_templates_of_reports_have_no_word_of_prisons() -> None:
    """What a report says of a field must come from its standard: the meaning of a tier, the kinds, the sources."""
    templates = sorted((ROOT / "selfassess" / "reports" / "templates").rglob("*.jinja"))
    said = [(path.name, line) for path in templates for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(templates) > 5
    assert [(name, line) for name, line in said if re.search(r"prison|volunt|clinks", line, re.IGNORECASE)] == []
