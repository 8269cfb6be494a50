from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from selfassess.comparison import Comparison, Movement, compare
from selfassess.errors import ComparisonError
from selfassess.model.answer import DK, NA
from selfassess.readiness import Readiness
from tests.builders import CLUB, SCHOOL, Given, make_practice, make_source, make_standard, score_answers

TWO = make_standard([make_practice("AA-01", kinds=[CLUB, SCHOOL]), make_practice("AA-02", kinds=[CLUB, SCHOOL])])


def compare_answers(
    old: Mapping[str, Given],
    new: Mapping[str, Given],
    *,
    about_old: Mapping[str, Any] | None = None,
    about_new: Mapping[str, Any] | None = None,
) -> Comparison:
    return compare(score_answers(TWO, old, **about_old or {}), score_answers(TWO, new, **about_new or {}))


def refusal(about_old: Mapping[str, Any], about_new: Mapping[str, Any]) -> str:
    with pytest.raises(ComparisonError) as caught:
        compare_answers({}, {}, about_old=about_old, about_new=about_new)
    return str(caught.value)


def is_comparable(about_old: Mapping[str, Any], about_new: Mapping[str, Any]) -> bool:
    return len(compare_answers({}, {}, about_old=about_old, about_new=about_new).practices) == 2


MOVES: list[tuple[Given, Given, Movement]] = [
    (0, 1, Movement.IMPROVED),
    (1, 2, Movement.IMPROVED),
    (2, 3, Movement.IMPROVED),
    (DK, 1, Movement.IMPROVED),
    (3, 2, Movement.FELL),
    (1, 0, Movement.FELL),
    (2, DK, Movement.FELL),
    (None, 0, Movement.NEWLY_ANSWERED),
    (None, 3, Movement.NEWLY_ANSWERED),
    (None, DK, Movement.NEWLY_ANSWERED),
    (None, NA, Movement.NEWLY_ANSWERED),
    (0, None, Movement.NO_LONGER_ANSWERED),
    (3, None, Movement.NO_LONGER_ANSWERED),
    (DK, None, Movement.NO_LONGER_ANSWERED),
    (NA, None, Movement.NO_LONGER_ANSWERED),
    (NA, 0, Movement.BEGAN_TO_APPLY),
    (NA, 3, Movement.BEGAN_TO_APPLY),
    (NA, DK, Movement.BEGAN_TO_APPLY),
    (0, NA, Movement.NO_LONGER_APPLIES),
    (3, NA, Movement.NO_LONGER_APPLIES),
    (DK, NA, Movement.NO_LONGER_APPLIES),
    (0, DK, Movement.RECONSIDERED),
    (DK, 0, Movement.RECONSIDERED),
    (0, 0, Movement.SAME),
    (2, 2, Movement.SAME),
    (DK, DK, Movement.SAME),
    (NA, NA, Movement.SAME),
    (None, None, Movement.SAME),
]


@pytest.mark.parametrize(("old", "new", "expected"), MOVES)
def test_two_answers_give_the_movement(old: Given, new: Given, expected: Movement) -> None:
    comparison = compare_answers({"AA-01": old}, {"AA-01": new})
    assert comparison.practices[0].movement is expected


def test_every_movement_has_a_case() -> None:
    assert {movement for _, _, movement in MOVES} == set(Movement)


def test_moved_picks_one_movement() -> None:
    comparison = compare_answers({"AA-01": 1, "AA-02": 1}, {"AA-01": 2, "AA-02": 0})
    assert [change.practice.id for change in comparison.moved(Movement.IMPROVED)] == ["AA-01"]
    assert [change.practice.id for change in comparison.moved(Movement.FELL)] == ["AA-02"]
    assert comparison.moved(Movement.SAME) == ()


def test_themes_and_sources_show_both_sides() -> None:
    standard = make_standard({"safety": [make_practice("AA-01", meets=["equal guide:1"])]})
    comparison = compare(score_answers(standard, {"AA-01": 1}), score_answers(standard, {"AA-01": 3}))
    (theme,), (source,) = comparison.themes, comparison.sources
    assert (theme.theme.id, theme.old.met, theme.new.met) == ("safety", 0, 1)
    assert (source.source, source.title) == ("guide", "Short guide")
    assert (source.old[Readiness.PARTLY], source.old[Readiness.MET]) == (1, 0)
    assert (source.new[Readiness.PARTLY], source.new[Readiness.MET]) == (0, 1)


def test_same_fully_answered_twice_calls_for_no_remark() -> None:
    answers: dict[str, Given] = {"AA-01": 1, "AA-02": NA}
    comparison = compare_answers(answers, answers)
    assert comparison.remarks == ()
    assert comparison.moved(Movement.SAME) == comparison.practices


@pytest.mark.parametrize(("old", "new"), [({"AA-01": 1}, {"AA-01": 1, "AA-02": 1}), ({"AA-01": 1, "AA-02": 1}, {})])
def test_unanswered_on_either_side_is_remarked_as_provisional(old: dict[str, Given], new: dict[str, Given]) -> None:
    (remark,) = compare_answers(old, new).remarks
    assert "provisional" in remark


@pytest.mark.parametrize(
    ("old", "new", "remarked"),
    [
        (date(2026, 2, 1), date(2025, 2, 1), True),
        (date(2025, 2, 1), date(2026, 2, 1), False),
        (date(2025, 2, 1), date(2025, 2, 1), False),
        (None, date(2025, 2, 1), False),
        (date(2026, 2, 1), None, False),
    ],
)
def test_dates_the_wrong_way_round_are_remarked(old: date | None, new: date | None, remarked: bool) -> None:
    answers: dict[str, Given] = {"AA-01": 1, "AA-02": 1}
    remarks = compare_answers(answers, answers, about_old={"day": old}, about_new={"day": new}).remarks
    assert [("dated later" in remark) for remark in remarks] == [True] * remarked


def test_other_questionnaire_is_remarked_and_only_common_practices_are_compared() -> None:
    practices = [make_practice("AA-01"), make_practice("AA-02")]
    standard = make_standard({"first": practices[:1], "second": practices[1:]}, questionnaires={"short": ["AA-02"]})
    short = score_answers(standard, {"AA-02": 1}, questionnaire="short")
    full = score_answers(standard, {"AA-01": 1, "AA-02": 2})
    comparison = compare(short, full)
    assert [change.practice.id for change in comparison.practices] == ["AA-02"]
    assert [theme.theme.id for theme in comparison.themes] == ["second"]
    assert (comparison.only_old, comparison.only_new) == ({}, {"AA-01": "Title of AA-01"})
    (remark,) = comparison.remarks
    assert "short" in remark
    assert "full" in remark
    assert compare(full, short).only_old == {"AA-01": "Title of AA-01"}


def test_other_version_is_remarked_and_lost_and_new_practices_are_listed() -> None:
    source, later = make_source("guide", {"1": "required"}), make_source("law", {"1": "required"})
    old = make_standard([make_practice("AA-01"), make_practice("AA-02")], sources=[source], content_hash="1" * 64)
    new = make_standard(
        {"fresh": [make_practice("AA-03")], "everything": [make_practice("AA-02")]},
        sources=[later, source],
        version="2.0.0",
        content_hash="2" * 64,
    )
    comparison = compare(score_answers(old, {"AA-01": 1, "AA-02": 1}), score_answers(new, {"AA-02": 2, "AA-03": 2}))
    (remark,) = comparison.remarks
    assert "1.0.0" in remark
    assert "2.0.0" in remark
    assert [change.practice.id for change in comparison.practices] == ["AA-02"]
    assert comparison.practices[0].practice is new.practices["AA-02"]
    assert (list(comparison.only_old), list(comparison.only_new)) == (["AA-01"], ["AA-03"])
    assert [theme.theme.id for theme in comparison.themes] == ["everything"]
    assert [change.source for change in comparison.sources] == ["guide"]


def test_other_text_of_one_version_is_remarked() -> None:
    practices = [make_practice("AA-01")]
    cards = [score_answers(make_standard(practices, content_hash=text * 64), {"AA-01": 1}) for text in "12"]
    (remark,) = compare(*cards).remarks
    assert "different texts of version 1.0.0" in remark


def test_practices_come_in_the_newer_standards_order() -> None:
    old = make_standard([make_practice("AA-01"), make_practice("AA-02")])
    new = make_standard([make_practice("AA-02"), make_practice("AA-01")])
    comparison = compare(score_answers(old, {}), score_answers(new, {}))
    assert [change.practice.id for change in comparison.practices] == ["AA-02", "AA-01"]


def test_other_standard_is_refused() -> None:
    practices = [make_practice("AA-01")]
    cards = [score_answers(make_standard(practices, standard_id=name), {}) for name in ("tiny", "huge")]
    with pytest.raises(ComparisonError, match=r"tiny.*huge"):
        compare(*cards)


def test_other_organisation_is_refused_by_name() -> None:
    said = refusal({"name": "One Club"}, {"name": "Another Club"})
    assert "One Club" in said
    assert "Another Club" in said
    assert "reference" in said


def test_every_reason_against_comparing_is_given() -> None:
    practices = [make_practice("AA-01")]
    old = score_answers(make_standard(practices, standard_id="tiny"), {}, name="One")
    new = score_answers(make_standard(practices, standard_id="huge"), {}, name="Two")
    with pytest.raises(ComparisonError) as caught:
        compare(old, new)
    assert [fault.place for fault in caught.value.faults] == ["standard", "organisation"]


def test_renamed_organisation_with_the_same_reference_is_compared() -> None:
    assert is_comparable({"name": "Old Name", "reference": "EX-1"}, {"name": "New Name", "reference": "ex-1"})


def test_same_name_under_another_reference_is_refused_with_the_references() -> None:
    said = refusal({"reference": "EX-1"}, {"reference": "EX-2"})
    assert "EX-1" in said
    assert "EX-2" in said


def test_reference_on_one_side_only_leaves_the_name_to_decide() -> None:
    assert is_comparable({"reference": "EX-1"}, {})
    assert refusal({"name": "One", "reference": "EX-1"}, {"name": "Two"})


def test_case_and_spacing_of_a_name_do_not_matter() -> None:
    assert is_comparable({"name": "HMP  Example"}, {"name": "Hmp Example "})


def test_other_kind_is_refused_with_the_kinds() -> None:
    said = refusal({"kind": CLUB}, {"kind": SCHOOL})
    assert CLUB in said
    assert SCHOOL in said


def test_plain_data_holds_what_moved() -> None:
    standard = make_standard(
        {"safety": [make_practice("AA-01", meets=["equal guide:1"]), make_practice("AA-02")]},
        questionnaires={"short": ["AA-01"]},
    )
    old = score_answers(standard, {"AA-01": DK}, questionnaire="short", day=date(2025, 11, 1))
    new = score_answers(standard, {"AA-01": 2, "AA-02": 2})
    found = compare(old, new).to_dict()
    before = {"asked": 1, "met": 0, "gaps": 1, "unanswered": 0, "score": 0, "rating": "starting"}
    after = {"asked": 2, "met": 2, "gaps": 0, "unanswered": 0, "score": pytest.approx(200 / 3), "rating": "established"}
    assert found["organisation"] == {"name": "Example Club", "kind": "club", "reference": None, "group": None}
    assert found["old"] == {"date": "2025-11-01"} | before
    assert found["new"] == {"date": None} | after
    assert found["themes"] == [{"id": "safety", "title": "Theme safety", "old": before, "new": after}]
    assert found["sources"] == [{"source": "guide", "title": "Short guide", "old_met": 0, "new_met": 1}]
    assert found["practices"] == [
        {"practice": "AA-01", "title": "Title of AA-01", "old": "DK", "new": 2, "movement": "improved"}
    ]
    assert (found["only_old"], found["only_new"]) == ([], ["AA-02"])
    assert len(found["remarks"]) == 1
    assert json.loads(json.dumps(found)) == found


def test_plain_data_leaves_out_what_stayed() -> None:
    found = compare_answers({"AA-01": 1, "AA-02": 2}, {"AA-01": 1, "AA-02": 3}).to_dict()
    assert [change["practice"] for change in found["practices"]] == ["AA-02"]
