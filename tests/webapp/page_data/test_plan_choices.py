"""What is overdue, and what an address can choose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from selfassess.planning import Action, ActionStatus, Standing
from webapp.pages.plan_choices import PlanChoices, fits, is_overdue, read_choices, sort_actions

TODAY = date(2026, 11, 22)

ACTION = Action(
    reference="POL-01",
    theme="Policy",
    tier="core",
    gap="A policy",
    level_now=0,
    target_level=2,
    action="Write one",
    effort=None,
    timeframe=None,
    start=TODAY,
    due=date(2026, 11, 21),
    expected_evidence=(),
    sources=(),
    case_studies=(),
    why="",
    is_quick_win=False,
    note="",
)


def test_action_is_overdue_the_day_after_it_was_due() -> None:
    assert is_overdue(ACTION, TODAY)
    assert not is_overdue(replace(ACTION, due=TODAY), TODAY)


@pytest.mark.parametrize("status", list(ActionStatus))
def test_only_what_is_done_is_never_overdue(status: ActionStatus) -> None:
    assert is_overdue(replace(ACTION, status=status), TODAY) is (status is not ActionStatus.DONE)


@pytest.mark.parametrize("standing", list(Standing))
def test_closed_gap_is_never_overdue(standing: Standing) -> None:
    is_settled = standing in (Standing.CLOSED, Standing.DOES_NOT_APPLY)
    assert is_overdue(replace(ACTION, standing=standing), TODAY) is not is_settled


def test_address_that_says_nothing_sensible_chooses_nothing() -> None:
    asked = {"group": "x", "sort": "", "status": "DROP", "owner": "is:Nobody of ours"}
    assert read_choices(asked, ("", "Ann")) == PlanChoices()


def test_every_choice_is_read() -> None:
    asked = {"group": "due", "sort": "owner", "status": "overdue", "owner": "is:Ann"}
    assert read_choices(asked, ("", "Ann")) == PlanChoices("due", "owner", "overdue", "Ann")


def test_owner_called_all_can_be_told_from_everybody() -> None:
    assert read_choices({"owner": "is:all"}, ("all",)).owner == "all"
    assert read_choices({"owner": "all"}, ("all",)).owner is None
    assert read_choices({"owner": "is:"}, ("", "all")).owner == ""


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (PlanChoices(), True),
        (PlanChoices(state="to_do"), True),
        (PlanChoices(state="overdue"), True),
        (PlanChoices(state="blocked"), True),
        (PlanChoices(state="done"), False),
        (PlanChoices(owner="Ann"), True),
        (PlanChoices(owner=""), False),
        (PlanChoices(state="done", owner="Ann"), False),
    ],
)
def test_filters_leave_out_what_does_not_fit(choices: PlanChoices, expected: bool) -> None:
    action = replace(ACTION, status=ActionStatus.BLOCKED, owner=" Ann ")
    assert fits(action, choices, TODAY) is expected


def test_equal_actions_stay_in_the_order_of_the_plan() -> None:
    first, second = replace(ACTION, reference="B", owner="ann"), replace(ACTION, reference="A", owner="Ann")
    third = replace(ACTION, reference="C", owner="", due=date(2026, 1, 1), status=ActionStatus.BLOCKED)
    for sort, expected in {"priority": "BAC", "owner": "CBA", "due": "CBA", "status": "CBA"}.items():
        assert "".join(action.reference for action in sort_actions([first, second, third], sort)) == expected
