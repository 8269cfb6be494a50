from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from selfassess.model.answer import DK, NA
from selfassess.model.practice import Practice
from selfassess.readiness import Readiness, RequirementReadiness
from tests.builders import CLUB, SCHOOL, Given, make_practice, make_source, make_standard, score_answers


def assess(practices: Sequence[Practice], answers: Mapping[str, Given], status: str = "required") -> Readiness:
    """How requirement 1 of the only source stands."""
    return find(practices, answers, status).status


def find(practices: Sequence[Practice], answers: Mapping[str, Given], status: str = "required") -> RequirementReadiness:
    standard = make_standard(practices, sources=[make_source("guide", {"1": status})])
    return score_answers(standard, answers).readiness[0].requirements[0]


def mapped(count: int, relation: str = "part_of") -> list[Practice]:
    """AA-01, AA-02 and so on, all core, all mapped to requirement 1."""
    return [make_practice(f"AA-{number:02}", meets=[f"{relation} guide:1"]) for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("expected", "first", "second"),
    [
        (Readiness.MET, 2, 2),
        (Readiness.MET, 3, 2),
        (Readiness.MET, 2, NA),
        (Readiness.PARTLY, 3, 1),
        (Readiness.PARTLY, 3, 0),
        (Readiness.PARTLY, 1, 1),
        (Readiness.PARTLY, 1, DK),
        (Readiness.PARTLY, 2, None),
        (Readiness.PARTLY, 1, None),
        (Readiness.PARTLY, 1, NA),
        (Readiness.NOT_MET, 0, 0),
        (Readiness.NOT_MET, 0, DK),
        (Readiness.NOT_MET, DK, DK),
        (Readiness.NOT_MET, 0, None),
        (Readiness.NOT_MET, DK, None),
        (Readiness.NOT_MET, 0, NA),
        (Readiness.UNKNOWN, None, None),
        (Readiness.UNKNOWN, None, NA),
        (Readiness.NOT_APPLICABLE, NA, NA),
    ],
)
def test_answers_to_two_parts_give_the_status(expected: Readiness, first: Given, second: Given) -> None:
    assert assess(mapped(2), {"AA-01": first, "AA-02": second}) is expected
    assert assess(mapped(2), {"AA-01": second, "AA-02": first}) is expected


@pytest.mark.parametrize("relation", ["equal", "part_of"])
def test_equal_and_part_of_count_alike(relation: str) -> None:
    assert assess(mapped(1, relation), {"AA-01": 2}) is Readiness.MET


def test_two_equal_practices_must_both_be_met() -> None:
    assert assess(mapped(2, "equal"), {"AA-01": 3, "AA-02": 1}) is Readiness.PARTLY


@pytest.mark.parametrize("level", [0, 3, NA, None])
def test_supporting_practice_never_counts(level: Given) -> None:
    supporting = make_practice("BB-01", "must", meets=["supports guide:1"])
    found = find([*mapped(1), supporting], {"AA-01": 2, "BB-01": level})
    assert found.status is Readiness.MET
    assert [practice.id for practice in found.practices] == ["AA-01"]


def test_requirement_with_supporting_practices_only_is_not_covered() -> None:
    assert assess(mapped(1, "supports"), {"AA-01": 3}) is Readiness.NOT_COVERED


def test_requirement_nobody_maps_is_not_covered() -> None:
    assert assess([make_practice("AA-01")], {"AA-01": 3}) is Readiness.NOT_COVERED


def test_stretch_practice_beside_a_core_one_does_not_count() -> None:
    stretch = make_practice("BB-01", "stretch", meets=["part_of guide:1"])
    found = find([*mapped(1), stretch], {"AA-01": 2, "BB-01": 0})
    assert found.status is Readiness.MET
    assert [practice.id for practice in found.practices] == ["AA-01", "BB-01"]
    assert [practice.id for practice in found.counted] == ["AA-01"]


def test_stretch_practice_does_not_lift_an_unanswered_core_one() -> None:
    stretch = make_practice("BB-01", "stretch", meets=["part_of guide:1"])
    assert assess([*mapped(1), stretch], {"BB-01": 3}) is Readiness.UNKNOWN


@pytest.mark.parametrize(
    ("level", "expected"),
    [(2, Readiness.MET), (1, Readiness.PARTLY), (0, Readiness.NOT_MET), (None, Readiness.UNKNOWN)],
)
def test_stretch_practice_counts_where_there_is_no_other(level: Given, expected: Readiness) -> None:
    assert assess([make_practice("AA-01", "stretch", meets=["equal guide:1"])], {"AA-01": level}) is expected


def test_stretch_practice_counts_where_the_core_one_does_not_apply() -> None:
    stretch = make_practice("BB-01", "stretch", meets=["part_of guide:1"])
    found = find([*mapped(1), stretch], {"AA-01": NA, "BB-01": 1})
    assert found.status is Readiness.PARTLY
    assert [practice.id for practice in found.counted] == ["BB-01"]


def test_stretch_practice_does_not_replace_one_of_two_core_ones() -> None:
    stretch = make_practice("BB-01", "stretch", meets=["part_of guide:1"])
    found = find([*mapped(2), stretch], {"AA-01": NA, "AA-02": 2, "BB-01": 0})
    assert found.status is Readiness.MET
    assert [practice.id for practice in found.counted] == ["AA-02"]


def test_must_and_core_count_together() -> None:
    must = make_practice("BB-01", "must", meets=["part_of guide:1"])
    assert assess([*mapped(1), must], {"AA-01": 0, "BB-01": 2}) is Readiness.PARTLY


def test_not_applicable_to_the_source_stands_whatever_is_answered() -> None:
    assert assess(mapped(1), {"AA-01": 3}, "not_applicable") is Readiness.NOT_APPLICABLE
    assert assess([make_practice("AA-01")], {}, "not_applicable") is Readiness.NOT_APPLICABLE


def test_absent_from_the_source_is_left_out() -> None:
    source = make_source("guide", {"1": "absent", "2": "required"})
    standard = make_standard([make_practice("AA-01", meets=["equal guide:2"])], sources=[source])
    (found,) = score_answers(standard, {}).readiness
    assert [item.requirement.id for item in found.requirements] == ["2"]
    assert sum(found.counts.values()) == 1


def test_practice_of_another_kind_does_not_cover() -> None:
    practice = make_practice("AA-01", meets=["equal guide:1"], kinds=[SCHOOL])
    assert assess([practice, make_practice("AA-02")], {}) is Readiness.NOT_COVERED


def test_part_asked_of_another_kind_leaves_the_rest_to_decide() -> None:
    other = make_practice("BB-01", meets=["part_of guide:1"], kinds=[SCHOOL])
    standard = make_standard([make_practice("AA-01", meets=["part_of guide:1"], kinds=[CLUB, SCHOOL]), other])
    club, school = (score_answers(standard, {"AA-01": 2}, kind=kind).readiness[0] for kind in (CLUB, SCHOOL))
    assert club.requirements[0].status is Readiness.MET
    assert school.requirements[0].status is Readiness.PARTLY


def test_practice_left_out_of_a_questionnaire_does_not_cover() -> None:
    practices = [make_practice("AA-01", meets=["equal guide:1"]), make_practice("AA-02", meets=["equal guide:2"])]
    standard = make_standard(practices, questionnaires={"short": ["AA-02"]})
    found = score_answers(standard, {"AA-02": 2}, questionnaire="short").readiness[0]
    assert [item.status for item in found.requirements] == [Readiness.NOT_COVERED, Readiness.MET]


def test_counts_name_every_status() -> None:
    standard = make_standard(mapped(1))
    (found,) = score_answers(standard, {"AA-01": 2}).readiness
    assert found.counts == dict.fromkeys(Readiness, 0) | {Readiness.MET: 1}


def test_sources_and_requirements_keep_the_standards_order() -> None:
    sources = [make_source("law", {"2": "required", "1": "required"}), make_source("book", {"7": "required"})]
    standard = make_standard([make_practice("AA-01", meets=["equal book:7"])], sources=sources)
    found = score_answers(standard, {}).readiness
    assert [(s.source.id, [r.requirement.id for r in s.requirements]) for s in found] == [
        ("law", ["2", "1"]),
        ("book", ["7"]),
    ]
