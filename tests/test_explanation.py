from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfassess.explanation import RATING_RULES, READINESS_RULES, round_half_up
from selfassess.model.answer import DK, NA, Answer
from selfassess.readiness import Readiness
from selfassess.scoring import Rating
from tests.builders import Given, make_practice, make_source, make_standard, score_answers


def explain(subject: str, answers: Mapping[str, Given]) -> str:
    """The explanation as text, of a standard with one practice of each tier."""
    practices = {
        "safety": [
            make_practice("AA-01", "must", meets=["equal guide:1", "supports guide:2"], timeframe="3_months"),
            make_practice("AA-02", "core", meets=["part_of guide:3"], effort="high"),
            make_practice("AA-03", "stretch", meets=["part_of guide:3"]),
        ]
    }
    requirements = {"1": "required", "2": "required", "3": "required", "4": "not_applicable"}
    source = make_source("guide", requirements, readiness_note="A guide to help you prepare.")
    return str(score_answers(make_standard(practices, sources=[source]), answers).explain(subject))


@pytest.mark.parametrize(
    ("percentage", "shown"),
    [(0, 0), (0.49, 0), (0.5, 1), (12.5, 13), (49.5, 50), (100 * 2 / 3, 67), (99.4999, 99), (99.5, 100), (100, 100)],
)
def test_percentage_is_rounded_half_up(percentage: float, shown: int) -> None:
    assert round_half_up(percentage) == shown


def test_half_made_by_division_is_rounded_up() -> None:
    halves = [whole + 0.5 for whole in range(100)]
    assert [round_half_up(100 * (half * 7) / 700) for half in halves] == list(range(1, 101))


def test_every_rating_and_readiness_has_its_rule() -> None:
    assert set(RATING_RULES) == set(Rating)
    assert set(READINESS_RULES) == set(Readiness)
    assert all([*RATING_RULES.values(), *READINESS_RULES.values()])


def test_whole_gives_counts_first() -> None:
    said = explain("overall", {"AA-01": 0, "AA-02": DK}).splitlines()[1]
    assert "Practices: 3 asked, 2 answered, 1 not answered." in said
    assert "0 of them said not to apply; of the other 3, 0 met and 2 gaps." in said


def test_score_is_shown_with_what_it_is_made_of() -> None:
    # 3x2 + 2x1 = 8 of 3 x 6 = 18: 44.4 %.
    said = explain("overall", {"AA-01": 2, "AA-02": 1, "AA-03": 0})
    assert "Score 44 of 100: 8 of the 18 points that can be had." in said


def test_no_score_is_explained() -> None:
    assert "No score, because no practice applies." in explain("safety", dict.fromkeys(["AA-01", "AA-02", "AA-03"], NA))


@pytest.mark.parametrize(
    ("rating", "answers"),
    [
        (Rating.NOT_ASSESSED, {}),
        (Rating.URGENT, {"AA-01": 1}),
        (Rating.INCOMPLETE, {"AA-01": 2}),
        (Rating.ESTABLISHED, {"AA-01": 2, "AA-02": 2}),
        (Rating.DEVELOPING, {"AA-01": 2, "AA-02": 1, "AA-03": 2}),
        (Rating.STARTING, {"AA-01": 2, "AA-02": 1, "AA-03": 1}),
    ],
)
def test_rating_names_the_rule_that_gave_it(rating: Rating, answers: dict[str, Given]) -> None:
    for subject in ("overall", "safety"):
        said = explain(subject, answers)
        assert f"{rating.value.replace('_', ' ').capitalize()}".casefold() in said.casefold()
        assert RATING_RULES[rating] in said


def test_provisional_score_says_so() -> None:
    assert "Provisional: 1 of 3 answered" in explain("overall", {"AA-01": 3})
    assert "Provisional" not in explain("overall", {"AA-01": 3, "AA-02": DK, "AA-03": NA})


def test_theme_is_named_by_its_title() -> None:
    assert explain("safety", {}).splitlines()[0] == "Theme safety"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (0, "Answer: Not in place. Level 0 or 1, so it is a gap."),
        (1, "Answer: Partly in place. Level 0 or 1, so it is a gap."),
        (2, "Answer: In place. Level 2 or 3, so it is met."),
        (3, "Answer: Embedded. Level 2 or 3, so it is met."),
        (DK, "Answer: Do not know yet. Not known is a gap"),
        (Answer(level=NA, reason="No such roles"), "for this reason: No such roles"),
        (None, "Not answered. It is never met while it is not answered."),
    ],
)
def test_practice_says_how_its_answer_stands(answer: Given, said: str) -> None:
    assert said in explain("AA-01", {"AA-01": answer})


@pytest.mark.parametrize(
    ("practice", "answer", "said"),
    [
        ("AA-01", 2, "It adds 3 × 2 = 6 of 9 to the score."),
        ("AA-02", 1, "It adds 2 × 1 = 2 of 6 to the score."),
        ("AA-03", 3, "It adds 1 × 3 = 3 of 3 to the score."),
        ("AA-02", DK, "It adds 2 × 0 = 0 of 6 to the score."),
        ("AA-02", None, "It adds 2 × 0 = 0 of 6 to the score."),
        ("AA-02", NA, "It adds nothing to the score and nothing to what can be had."),
    ],
)
def test_practice_says_what_it_adds(practice: str, answer: Given, said: str) -> None:
    assert said in explain(practice, {practice: answer})


def test_practice_names_its_tier_and_the_reason_for_it() -> None:
    assert "Tier must, weight 3: Reason for the tier of AA-01." in explain("AA-01", {})


def test_gap_names_its_priority_and_why() -> None:
    said = explain("AA-01", {"AA-01": 0, "AA-02": 0})
    assert "Priority 1. A must" in said
    assert "quick win" in said
    assert "Priority 2. Core" in explain("AA-02", {"AA-01": 0, "AA-02": 0})
    assert "quick win" not in explain("AA-02", {"AA-01": 0, "AA-02": 0})


@pytest.mark.parametrize("answer", [2, 3, NA, None])
def test_what_is_no_gap_names_no_priority(answer: Given) -> None:
    assert "Priority" not in explain("AA-01", {"AA-01": answer})


def test_practice_lists_what_it_moves_with_relation_and_reason() -> None:
    said = explain("AA-01", {"AA-01": 1})
    assert "Is the same as Short guide, requirement 1 (at present: Partly). Reason for guide:1." in said
    assert "does not count towards, Short guide, requirement 2 (at present: Not covered). Reason for guide:2." in said
    assert "Is part of Short guide, requirement 3 (at present: Met)" in explain("AA-02", {"AA-02": 2})


def test_requirement_names_rule_place_and_deciding_practices() -> None:
    said = explain("guide:3", {"AA-02": 2, "AA-03": 1})
    assert "Label of guide 3" in said.splitlines()[0]
    assert READINESS_RULES[Readiness.MET] in said
    assert "Published at: Page 3." in said
    assert "Decided by: AA-02." in said
    assert "not counted (stretch beside others, or does not apply): AA-03." in said


def test_requirement_says_what_its_source_wants_said() -> None:
    assert "A guide to help you prepare." in explain("guide:1", {})


@pytest.mark.parametrize(
    ("subject", "answers", "status"),
    [
        ("guide:1", {"AA-01": 2}, Readiness.MET),
        ("guide:1", {"AA-01": 1}, Readiness.PARTLY),
        ("guide:1", {"AA-01": DK}, Readiness.NOT_MET),
        ("guide:1", {}, Readiness.UNKNOWN),
        ("guide:1", {"AA-01": NA}, Readiness.NOT_APPLICABLE),
        ("guide:2", {"AA-01": 2}, Readiness.NOT_COVERED),
        ("guide:4", {}, Readiness.NOT_APPLICABLE),
    ],
)
def test_readiness_names_the_rule_that_gave_it(subject: str, answers: dict[str, Given], status: Readiness) -> None:
    assert READINESS_RULES[status] in explain(subject, answers)


def test_requirement_nothing_decides_names_no_practice() -> None:
    assert "Decided by" not in explain("guide:4", {})
