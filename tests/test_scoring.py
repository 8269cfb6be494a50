from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from selfassess.model.answer import DK, NA
from selfassess.model.practice import Retirement
from selfassess.scoring import LEVELS, Entry, Rating, list_entries, score_set, score_themes
from tests.builders import CLUB, SCHOOL, Given, make_answer, make_assessment, make_practice, make_standard


def entries(*given: tuple[str, Given]) -> list[Entry]:
    """One practice of each tier named, with its answer."""
    return [
        Entry(make_practice(f"AA-{number:02}", tier), make_answer(answer))
        for number, (tier, answer) in enumerate(given, start=1)
    ]


def test_each_answer_is_counted_once() -> None:
    given: list[Given] = [0, 1, 2, 3, NA, DK, None]
    result = score_set(entries(*(("core", answer) for answer in given)))
    assert result.levels == {0: 1, 1: 1, 2: 1, 3: 1, NA: 1, DK: 1}
    assert (result.asked, result.applicable, result.answered, result.unanswered) == (7, 6, 6, 1)
    assert (result.met, result.gaps) == (2, 3)


def test_levels_not_chosen_are_counted_as_none() -> None:
    assert score_set([]).levels == dict.fromkeys(LEVELS, 0)


@pytest.mark.parametrize(("tier", "weight"), [("must", 3), ("core", 2), ("stretch", 1)])
def test_tier_gives_the_weight(tier: str, weight: int) -> None:
    result = score_set(entries((tier, 2)))
    assert (result.weight, result.points) == (weight, 2 * weight)


@pytest.mark.parametrize(("answer", "points"), [(0, 0), (1, 1), (2, 2), (3, 3), (DK, 0), (None, 0)])
def test_level_gives_the_points_and_do_not_know_gives_none(answer: Given, points: int) -> None:
    result = score_set(entries(("stretch", answer)))
    assert (result.points, result.weight) == (points, 1)


def test_na_gives_neither_points_nor_weight() -> None:
    result = score_set(entries(("must", NA), ("core", 3)))
    assert (result.points, result.weight, result.score) == (6, 2, 100)


def test_weights_make_the_score() -> None:
    # 100 x (3x1 + 2x2 + 1x3) / (3 x 6)
    assert score_set(entries(("must", 1), ("core", 2), ("stretch", 3))).score == pytest.approx(1000 / 18)


@pytest.mark.parametrize("answers", [[], [NA], [NA, NA]])
def test_nothing_applicable_gives_no_score(answers: Sequence[Given]) -> None:
    result = score_set(entries(*(("must", answer) for answer in answers)))
    assert result.score is None
    assert result.rating is Rating.NOT_ASSESSED


def test_nothing_answered_scores_zero_and_provisionally() -> None:
    result = score_set(entries(("core", None)))
    assert result.score == 0
    assert result.is_provisional


def test_na_and_do_not_know_count_as_answered() -> None:
    result = score_set(entries(("core", NA), ("core", DK), ("core", None), ("core", None)))
    assert result.completeness == 50
    assert result.is_provisional


def test_all_answered_is_not_provisional() -> None:
    result = score_set(entries(("core", DK), ("stretch", NA)))
    assert result.completeness == 100
    assert not result.is_provisional


@pytest.mark.parametrize(
    ("rating", "given"),
    [
        (Rating.NOT_ASSESSED, [("must", None), ("core", None)]),
        (Rating.NOT_ASSESSED, [("must", NA)]),
        (Rating.URGENT, [("must", 0), ("core", 3)]),
        (Rating.URGENT, [("must", 1), ("core", 3)]),
        (Rating.URGENT, [("must", DK), ("core", 3)]),
        (Rating.URGENT, [("must", 1), ("core", None)]),
        (Rating.URGENT, [("must", 0), ("must", None), ("must", NA)]),
        (Rating.INCOMPLETE, [("must", None), ("core", 3)]),
        (Rating.INCOMPLETE, [("must", 3), ("core", None)]),
        (Rating.INCOMPLETE, [("core", 0), ("core", None)]),
        (Rating.INCOMPLETE, [("core", NA), ("core", None)]),
        (Rating.INCOMPLETE, [("stretch", 3), ("core", None)]),
        (Rating.ESTABLISHED, [("must", 2), ("core", 3), ("stretch", 0)]),
        (Rating.ESTABLISHED, [("must", 2), ("core", NA), ("stretch", None)]),
        (Rating.DEVELOPING, [("must", 2), ("core", 1)]),
        (Rating.DEVELOPING, [("core", 2), ("core", DK), ("core", NA)]),
        (Rating.DEVELOPING, [("core", 1), ("stretch", 2)]),
        (Rating.STARTING, [("core", 2), ("core", 1), ("core", 1)]),
        (Rating.STARTING, [("core", DK)]),
        (Rating.STARTING, [("core", 2), ("core", 0), ("stretch", None)]),
    ],
)
def test_first_rule_that_fits_gives_the_rating(rating: Rating, given: list[tuple[str, Given]]) -> None:
    assert score_set(entries(*given)).rating is rating


def test_theme_without_asked_practices_is_left_out() -> None:
    clubs, schools = make_practice("AA-01"), make_practice("BB-01", kinds=[SCHOOL])
    standard = make_standard({"first": [clubs], "second": [schools]})
    held = score_themes(standard, list_entries(standard, make_assessment(standard, {"AA-01": 2}, kind=CLUB)))
    assert [(item.theme.id, item.result.asked) for item in held] == [("first", 1)]


def test_themes_are_scored_apart_in_the_standards_order() -> None:
    standard = make_standard({"second": [make_practice("BB-01")], "first": [make_practice("AA-01")]})
    held = score_themes(standard, list_entries(standard, make_assessment(standard, {"AA-01": 3, "BB-01": 0})))
    assert [(item.theme.id, item.result.score) for item in held] == [("second", 0), ("first", 100)]
    assert [entry.practice.id for entry in held[1].entries] == ["AA-01"]


def test_questionnaire_chooses_the_practices_in_the_standards_order() -> None:
    practices = [make_practice(f"AA-0{number}") for number in range(1, 5)]
    standard = make_standard(practices, questionnaires={"short": ["AA-04", "AA-02"]})
    assessment = make_assessment(standard, {"AA-02": 1}, questionnaire="short")
    listed = list_entries(standard, assessment)
    assert [(entry.practice.id, entry.answer.level) for entry in listed] == [("AA-02", 1), ("AA-04", None)]


def test_practice_of_another_kind_is_not_asked() -> None:
    both = make_practice("AA-01", kinds=[CLUB, SCHOOL])
    standard = make_standard([both, make_practice("AA-02", kinds=[SCHOOL])])
    assert len(list_entries(standard, make_assessment(standard, {}, kind=CLUB))) == 1
    assert len(list_entries(standard, make_assessment(standard, {}, kind=SCHOOL))) == 2


def test_retired_practice_is_not_asked() -> None:
    retired = make_practice("AA-02").model_copy(update={"retired": Retirement(on=date(2026, 1, 1), reason="Merged")})
    standard = make_standard([make_practice("AA-01"), retired])
    assert [entry.practice.id for entry in list_entries(standard, make_assessment(standard, {}))] == ["AA-01"]
