from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from selfassess.model.answer import DK, NA, Answer
from selfassess.model.practice import Effort, Timeframe
from selfassess.planning import Action, ActionStatus, plan_actions
from selfassess.scorecard import Scorecard
from tests.builders import Given, make_practice, make_source, make_standard, score_answers

START = date(2026, 11, 1)


def one_gap(timeframe: str = "immediate", level: Given = 1) -> Scorecard:
    return score_answers(make_standard([make_practice("AA-01", timeframe=timeframe)]), {"AA-01": level})


def due(timeframe: str, start: date) -> date:
    (action,) = plan_actions(one_gap(timeframe), start=start).actions
    return action.due


@pytest.mark.parametrize(
    ("timeframe", "expected"),
    [
        ("immediate", date(2026, 12, 1)),
        ("3_months", date(2027, 2, 1)),
        ("year_1", date(2027, 11, 1)),
        ("ongoing", date(2027, 11, 1)),
    ],
)
def test_timeframe_gives_the_due_date(timeframe: str, expected: date) -> None:
    assert due(timeframe, START) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2027, 1, 31), date(2027, 4, 30)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2027, 2, 28), date(2027, 5, 28)),
        (date(2026, 10, 31), date(2027, 1, 31)),
    ],
)
def test_three_months_on_ends_on_the_months_last_day_at_the_latest(start: date, expected: date) -> None:
    assert due("3_months", start) == expected


@pytest.mark.parametrize("timeframe", ["year_1", "ongoing"])
@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2027, 11, 1), date(2028, 11, 1)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_twelve_months_on_is_the_same_day_or_the_months_last(timeframe: str, start: date, expected: date) -> None:
    assert due(timeframe, start) == expected


@pytest.mark.parametrize(
    ("start", "expected"), [(date(2027, 1, 31), date(2027, 3, 2)), (date(2028, 1, 31), date(2028, 3, 1))]
)
def test_immediate_is_thirty_days_whatever_the_month(start: date, expected: date) -> None:
    assert due("immediate", start) == expected


def test_every_field_is_drafted() -> None:
    practices = [
        make_practice(
            "AA-01",
            "must",
            meets=["equal guide:1", "part_of law:1", "supports book:1", "part_of guide:2"],
            effort="low",
            timeframe="3_months",
            case_studies=["mill", "farm"],
        )
    ]
    sources = [make_source(name, {"1": "required", "2": "required"}) for name in ("law", "guide", "book")]
    standard = make_standard({"safety": practices}, sources=sources, case_studies=["farm", "mill"])
    card = score_answers(standard, {"AA-01": Answer(level=1, note="Ask the governor\nfirst")})
    (action,) = plan_actions(card, start=START).actions
    assert action == Action(
        reference="AA-01",
        theme="Theme safety",
        tier="must",
        gap="Title of AA-01",
        level_now=1,
        target_level=2,
        action="First action for AA-01.",
        effort=Effort.LOW,
        timeframe=Timeframe.THREE_MONTHS,
        start=START,
        due=date(2027, 2, 1),
        expected_evidence=("Evidence of AA-01", "More evidence of AA-01"),
        sources=("Short guide", "Short law"),
        case_studies=("Study mill: What mill shows", "Study farm: What farm shows"),
        why=card.priorities[0].why,
        is_quick_win=True,
        note="Ask the governor\nfirst",
        owner="",
        helpers="",
        status=ActionStatus.NOT_STARTED,
        progress_note="",
        last_reviewed=None,
    )


@pytest.mark.parametrize("level", [0, 1, DK])
def test_every_gap_aims_at_level_2(level: Given) -> None:
    (action,) = plan_actions(one_gap(level=level), start=START).actions
    assert (action.level_now, action.target_level) == (level, 2)


def test_action_names_for_people_are_those_of_the_design() -> None:
    named = {field.name for field in dataclasses.fields(Action)}
    assert named >= {
        "reference", "gap", "level_now", "target_level", "action", "effort", "owner", "helpers", "start", "due",
        "expected_evidence", "status", "progress_note", "last_reviewed", "sources", "case_studies",
    }  # fmt: skip


def test_statuses_are_those_of_the_design() -> None:
    assert [status.value for status in ActionStatus] == ["not_started", "under_way", "done", "blocked"]


def test_actions_keep_the_order_of_the_priorities() -> None:
    practices = [make_practice("AA-01", "stretch"), make_practice("AA-02"), make_practice("AA-03", "must")]
    card = score_answers(make_standard(practices), {"AA-01": 0, "AA-02": 1, "AA-03": DK})
    plan = plan_actions(card, start=START)
    assert [action.reference for action in plan.actions] == ["AA-03", "AA-02", "AA-01"]
    assert plan.scorecard is card
    assert plan.start == START


def test_what_is_no_gap_gets_no_action() -> None:
    given: list[Given] = [2, 3, NA, None]
    answers = {f"AA-{number:02}": answer for number, answer in enumerate(given)}
    card = score_answers(make_standard([make_practice(practice_id) for practice_id in answers]), answers)
    assert plan_actions(card, start=START).actions == ()


def test_where_nobody_knows_the_first_action_is_to_find_out() -> None:
    (action,) = plan_actions(one_gap(level=DK), start=START).actions
    assert action.action.startswith("Find out")
    assert action.action.endswith("First action for AA-01.")


def test_plan_without_a_start_starts_today() -> None:
    before = date.today()  # noqa: DTZ011 - a day on the reader's own calendar
    plan = plan_actions(one_gap())
    assert before <= plan.start <= date.today()  # noqa: DTZ011
    assert plan.actions[0].start == plan.start


def test_drafting_again_gives_the_same_and_leaves_the_first_as_it_was() -> None:
    card = one_gap()
    first = plan_actions(card, start=START)
    edited = dataclasses.replace(first.actions[0], owner="A. Person", status=ActionStatus.UNDER_WAY)
    assert plan_actions(card, start=START) == first
    assert (edited.owner, first.actions[0].owner) == ("A. Person", "")
