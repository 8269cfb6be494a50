"""What must hold whatever is answered (DESIGN, section 4), tried on made-up standards and on the real one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import combinations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from selfassess.catalogue import load_standard
from selfassess.model.answer import DK, NA, Code
from selfassess.model.practice import Practice
from selfassess.model.standard import Standard
from selfassess.planning import plan_actions
from selfassess.readiness import Readiness
from selfassess.scorecard import Scorecard
from selfassess.scoring import SetScore
from tests.builders import Given, make_practice, make_source, make_standard, score_answers
from tests.contract import check_card

SOURCES = [
    make_source("guide", {"1": "required", "2": "required", "3": "not_applicable", "4": "absent"}),
    make_source("law", {"1": "required", "2": "required"}),
]
CLAIMS = [
    f"{relation} {requirement}"
    for requirement in ("guide:1", "guide:2", "law:1", "law:2")
    for relation in ("equal", "part_of", "supports")
]
MAPPINGS: list[list[str]] = [
    [],
    *([claim] for claim in CLAIMS),
    *([one, two] for one, two in combinations(CLAIMS, 2) if one.split()[1] != two.split()[1]),
]
SHAPES = list(
    product(
        ["first", "second", "third"],
        ["must", "core", "stretch"],
        ["low", "medium", "high"],
        ["immediate", "3_months", "year_1", "ongoing"],
    )
)
LEVELS: list[Given] = [2, None, 1, 3, DK, NA, 0]

IMPROVEMENTS: list[tuple[Given, Given]] = [
    *((worse, better) for worse in (None, DK, 0) for better in (1, 2, 3)),
    (1, 2),
    (1, 3),
    (2, 3),
]

Answers = dict[str, Given]


@cache
def real_standard() -> Standard:
    return load_standard("prison-volunteering")


@st.composite
def practice_lists(draw: st.DrawFn) -> dict[str, list[Practice]]:
    """One to eight practices in up to three themes, of any tier, effort and timeframe, mapped at will."""
    shapes = draw(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=8))
    mappings = draw(st.lists(st.sampled_from(MAPPINGS), min_size=len(shapes), max_size=len(shapes)))
    themes: dict[str, list[Practice]] = {}
    for number, ((theme, tier, effort, timeframe), meets) in enumerate(zip(shapes, mappings, strict=True), start=1):
        practice = make_practice(f"AA-{number:02}", tier, meets=meets, effort=effort, timeframe=timeframe)
        themes.setdefault(theme, []).append(practice)
    return themes


small_standards = st.builds(lambda themes: make_standard(themes, sources=SOURCES), practice_lists())


def answers_to(standard: Standard, kind: str, questionnaire: str = "full") -> st.SearchStrategy[Answers]:
    """Any answers at all that the standard allows, some not given."""
    asked = standard.asked(questionnaire, kind)

    def allow(drawn: list[Given]) -> Answers:
        pairs = zip(asked, drawn, strict=True)
        return {practice.id: None if level == NA and not practice.na_allowed else level for practice, level in pairs}

    return st.lists(st.sampled_from(LEVELS), min_size=len(asked), max_size=len(asked)).map(allow)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Standard, str, str, Answers]:
    """A standard with answers: standard, kind, questionnaire, answers."""
    if draw(st.sampled_from([True, True, True, False])):
        standard, kind, questionnaire = draw(small_standards), "club", "full"
    else:
        standard = real_standard()
        kind = draw(st.sampled_from(list(standard.kinds)))
        questionnaire = draw(st.sampled_from(list(standard.questionnaires)))
    return standard, kind, questionnaire, draw(answers_to(standard, kind, questionnaire))


@st.composite
def improvements(draw: st.DrawFn) -> tuple[Scorecard, Scorecard]:
    """Two scorecards: in the second one answer has a higher level, or has one where there was none."""
    standard, kind, questionnaire, answers = draw(answered())
    target = draw(st.sampled_from(sorted(answers)))
    worse, better = draw(st.sampled_from(IMPROVEMENTS))
    before, after = answers | {target: worse}, answers | {target: better}
    return (
        score_answers(standard, before, kind=kind, questionnaire=questionnaire),
        score_answers(standard, after, kind=kind, questionnaire=questionnaire),
    )


def score_case(case: tuple[Standard, str, str, Mapping[str, Given]]) -> Scorecard:
    standard, kind, questionnaire, answers = case
    return score_answers(standard, answers, kind=kind, questionnaire=questionnaire)


def sets_of(card: Scorecard) -> dict[str, SetScore]:
    return {"overall": card.overall} | {item.theme.id: item.result for item in card.themes}


def statuses_of(card: Scorecard) -> dict[tuple[str, str], Readiness]:
    return {(s.source.id, r.requirement.id): r.status for s in card.readiness for r in s.requirements}


HEIGHT = {Readiness.UNKNOWN: 0, Readiness.NOT_MET: 0, Readiness.PARTLY: 1, Readiness.MET: 2}


@given(improvements())
def test_improving_one_answer_never_lowers_a_score_or_a_count_of_met(cards: tuple[Scorecard, Scorecard]) -> None:
    before, after = (sets_of(card) for card in cards)
    assert before.keys() == after.keys()
    for name, old in before.items():
        assert old.score is not None or name != "overall"
        assert (after[name].score or 0) >= (old.score or 0)
        assert (after[name].score is None) == (old.score is None)
        assert after[name].met >= old.met
    assert after["overall"].points > before["overall"].points


@given(improvements())
def test_improving_one_answer_never_lowers_a_readiness(cards: tuple[Scorecard, Scorecard]) -> None:
    before, after = (statuses_of(card) for card in cards)
    for requirement, old in before.items():
        new = after[requirement]
        if old in HEIGHT:
            assert HEIGHT[new] >= HEIGHT[old]
        else:
            assert new is old


@given(improvements())
def test_improving_one_answer_never_lowers_the_number_of_requirements_met(cards: tuple[Scorecard, Scorecard]) -> None:
    before, after = ([source.counts[Readiness.MET] for source in card.readiness] for card in cards)
    assert all(new >= old for old, new in zip(before, after, strict=True))


@given(answered(), st.randoms(use_true_random=False))
def test_order_of_answers_never_matters(case: tuple[Standard, str, str, Answers], random: Any) -> None:
    standard, kind, questionnaire, answers = case
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    first, again = score_case(case), score_case((standard, kind, questionnaire, dict(shuffled)))
    assert again.to_dict() == first.to_dict()
    assert again.entries == first.entries


@given(answered())
def test_answer_left_out_is_as_an_answer_not_given(case: tuple[Standard, str, str, Answers]) -> None:
    standard, kind, questionnaire, answers = case
    given_only = {practice_id: answer for practice_id, answer in answers.items() if answer is not None}
    assert score_case((standard, kind, questionnaire, given_only)).to_dict() == score_case(case).to_dict()


@st.composite
def with_and_without(draw: st.DrawFn) -> tuple[Scorecard, Scorecard]:
    """Two scorecards: one practice answered NA, and a standard that lacks the practice, all else alike."""
    themes = draw(practice_lists().filter(lambda themes: sum(map(len, themes.values())) > 1))
    dropped = draw(st.sampled_from(sorted(p.id for practices in themes.values() for p in practices)))
    kept = {theme: [p for p in practices if p.id != dropped] for theme, practices in themes.items()}
    standard = make_standard(themes, sources=SOURCES)
    lacking = make_standard({theme: practices for theme, practices in kept.items() if practices}, sources=SOURCES)
    answers = draw(answers_to(lacking, "club"))
    return score_answers(standard, answers | {dropped: NA}), score_answers(lacking, answers)


def arithmetic(result: SetScore) -> tuple[object, ...]:
    levels: dict[Code, int] = {level: count for level, count in result.levels.items() if level != NA}
    counts = (result.applicable, result.unanswered, result.met, result.gaps, result.points, result.weight)
    return counts, result.score, result.is_provisional, levels


@given(with_and_without())
def test_na_leaves_the_scores_as_without_the_practice(cards: tuple[Scorecard, Scorecard]) -> None:
    na, lacking = (sets_of(card) for card in cards)
    for name, without in lacking.items():
        assert arithmetic(na[name]) == arithmetic(without)
        assert (na[name].asked, na[name].answered) in (
            (without.asked, without.answered),
            (without.asked + 1, without.answered + 1),
        )
        if without.answered:
            assert na[name].rating is without.rating
    assert na["overall"].asked == lacking["overall"].asked + 1
    for name in na.keys() - lacking.keys():
        assert (na[name].score, na[name].applicable) == (None, 0)


@given(with_and_without())
def test_na_leaves_readiness_as_without_the_practice(cards: tuple[Scorecard, Scorecard]) -> None:
    na, lacking = (statuses_of(card) for card in cards)
    for requirement, without in lacking.items():
        if without is Readiness.NOT_COVERED:
            assert na[requirement] in (Readiness.NOT_COVERED, Readiness.NOT_APPLICABLE)
        else:
            assert na[requirement] is without


@given(with_and_without())
def test_na_leaves_the_priorities_as_without_the_practice(cards: tuple[Scorecard, Scorecard]) -> None:
    na, lacking = ([(p.rank, p.practice.id, p.why) for p in card.priorities] for card in cards)
    assert na == lacking


@given(answered())
def test_counts_add_up(case: tuple[Standard, str, str, Answers]) -> None:
    card = score_case(case)
    for result in sets_of(card).values():
        levels = result.levels
        assert result.answered + result.unanswered == result.asked
        assert result.met + result.gaps + levels[NA] == result.answered == sum(levels.values())
        assert result.applicable == result.asked - levels[NA]
        assert result.met == levels[2] + levels[3]
        assert result.gaps == levels[0] + levels[1] + levels[DK]
        assert result.is_provisional == (result.completeness < 100)
        assert 0 <= result.completeness <= 100


@given(answered())
def test_themes_add_up_to_the_whole(case: tuple[Standard, str, str, Answers]) -> None:
    card = score_case(case)
    for count in ("asked", "applicable", "answered", "unanswered", "met", "gaps", "points", "weight"):
        assert sum(getattr(item.result, count) for item in card.themes) == getattr(card.overall, count)
    in_themes = [entry.practice.id for item in card.themes for entry in item.entries]
    assert in_themes == [entry.practice.id for entry in card.entries]


@given(answered())
def test_score_lies_between_0_and_100_and_is_missing_only_where_nothing_applies(
    case: tuple[Standard, str, str, Answers],
) -> None:
    for result in sets_of(score_case(case)).values():
        assert (result.score is None) == (result.applicable == 0)
        assert result.score is None or 0 <= result.score <= 100


@given(answered())
def test_nothing_unanswered_is_ever_met(case: tuple[Standard, str, str, Answers]) -> None:
    card = score_case(case)
    unanswered = {entry.practice.id for entry in card.entries if not entry.answer.is_answered}
    for source in card.readiness:
        for item in source.requirements:
            if item.status is Readiness.MET:
                assert item.counted
                assert not unanswered & {practice.id for practice in item.counted}
    assert not unanswered & {priority.practice.id for priority in card.priorities}


@given(answered())
def test_readiness_counts_every_requirement_that_a_source_asks_for(case: tuple[Standard, str, str, Answers]) -> None:
    for source in score_case(case).readiness:
        asked_for = [r.id for r in source.source.requirements if r.status != "absent"]
        assert [item.requirement.id for item in source.requirements] == asked_for
        assert sum(source.counts.values()) == len(asked_for)


@given(answered())
def test_object_keeps_the_contract_and_is_json(case: tuple[Standard, str, str, Answers]) -> None:
    card = score_case(case).to_dict()
    check_card(card)
    assert json.loads(json.dumps(card, allow_nan=False)) == card


@given(answered())
def test_priorities_are_the_gaps_ranked_from_1(case: tuple[Standard, str, str, Answers]) -> None:
    card = score_case(case)
    gaps = {entry.practice.id for entry in card.entries if entry.answer.level in (0, 1, DK)}
    assert {priority.practice.id for priority in card.priorities} == gaps
    assert [priority.rank for priority in card.priorities] == list(range(1, len(gaps) + 1))
    assert all(priority.why.endswith(".") for priority in card.priorities)


@given(answered())
def test_priorities_never_put_a_lower_tier_or_a_smaller_shortfall_first(
    case: tuple[Standard, str, str, Answers],
) -> None:
    tiers = {"must": 0, "core": 1, "stretch": 2}
    priorities = score_case(case).priorities
    keys = [(tiers[p.practice.tier.value], p.answer.level == 1) for p in priorities]
    assert keys == sorted(keys)


@given(answered(), st.dates(date(2000, 1, 1), date(2200, 1, 1)))
def test_plan_has_one_action_for_each_gap_in_order(case: tuple[Standard, str, str, Answers], start: date) -> None:
    card = score_case(case)
    plan = plan_actions(card, start=start)
    assert [action.reference for action in plan.actions] == [p.practice.id for p in card.priorities]
    for action in plan.actions:
        assert action.start == start
        assert 28 <= (action.due - start).days <= 366
        assert action.target_level == 2
        assert action.action
        assert action.expected_evidence


@given(answered())
def test_everything_asked_can_be_explained(case: tuple[Standard, str, str, Answers]) -> None:
    card = score_case(case)
    subjects = ["overall", *(item.theme.id for item in card.themes)]
    subjects += [entry.practice.id for entry in card.entries]
    subjects += [f"{s.source.id}:{r.requirement.id}" for s in card.readiness for r in s.requirements]
    for subject in subjects:
        explanation = card.explain(subject)
        assert explanation.subject
        assert explanation.sentences
        assert all(sentence.strip() for sentence in explanation.sentences)
