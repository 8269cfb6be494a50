from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.model.answer import DK, NA
from selfassess.model.practice import Effort
from selfassess.planning import FIND_OUT, ActionStatus, Standing
from selfassess.revision import EditedAction, is_own_reference, own_reference, revise_plan
from tests.builders import Given
from tests.office.cases import START, small_plan

IDS = ("AA-01", "AA-02", "BB-01", "BB-02", "BB-03")

WRITTEN = EditedAction(
    reference="AA-01",
    action="Ask Jo",
    effort=Effort.HIGH,
    owner="Sam",
    helpers="Kim",
    start=date(2027, 1, 2),
    due=date(2027, 3, 4),
    expected_evidence=("Minutes",),
    status=ActionStatus.UNDER_WAY,
    progress_note="Half done",
    last_reviewed=date(2027, 2, 1),
)


def test_everything_written_is_kept() -> None:
    first = revise_plan(small_plan(), [WRITTEN]).actions[0]
    assert {name: getattr(first, name) for name in EditedAction.__slots__ if name not in ("gap", "theme", "note")} == {
        name: getattr(WRITTEN, name) for name in EditedAction.__slots__ if name not in ("gap", "theme", "note")
    }
    assert (first.gap, first.standing) == ("Title of AA-01", Standing.OPEN)


def test_nothing_written_changes_nothing() -> None:
    plan = small_plan()
    assert revise_plan(plan, []) == plan
    assert revise_plan(plan, [EditedAction(a.reference) for a in plan.actions]) == plan


def test_words_that_the_plan_drafted_follow_the_new_answer() -> None:
    drafted = EditedAction("AA-01", action=f"{FIND_OUT} First action for AA-01.")
    (action,) = revise_plan(small_plan({"AA-01": 1}), [drafted]).actions
    assert action.action == "First action for AA-01."


@pytest.mark.parametrize(
    ("answer", "standing", "why"),
    [
        (2, Standing.CLOSED, "The gap has closed: the answer is now “In place”."),
        (NA, Standing.DOES_NOT_APPLY, "No longer a gap: the answer is now that it does not apply."),
        (None, Standing.NOT_ANSWERED, "It was not answered this time, so nobody can say whether the gap has closed."),
    ],
)
def test_row_whose_gap_has_gone_stays_and_says_why(answer: Given, standing: Standing, why: str) -> None:
    plan = revise_plan(small_plan({"AA-01": answer, "AA-02": 0}), [WRITTEN])
    assert [action.reference for action in plan.actions] == ["AA-02", "AA-01"]
    kept = plan.actions[1]
    assert (kept.standing, kept.why, kept.level_now) == (standing, why, answer)
    assert (kept.owner, kept.status, kept.due) == ("Sam", ActionStatus.UNDER_WAY, date(2027, 3, 4))


def test_row_of_a_practice_that_is_not_asked_this_time_stays() -> None:
    plan = small_plan({"AA-01": 0}, questionnaire="short")
    kept = revise_plan(plan, [EditedAction("BB-01", owner="Sam")]).actions[1]
    assert (kept.reference, kept.owner, kept.standing) == ("BB-01", "Sam", Standing.NOT_ASKED)


def test_new_gap_is_added_in_its_place() -> None:
    plan = revise_plan(small_plan({"AA-01": 0, "AA-02": 0}), [EditedAction("AA-02", owner="Sam")])
    assert [(a.reference, a.owner) for a in plan.actions] == [("AA-01", ""), ("AA-02", "Sam")]


def test_action_that_people_added_stays_between_gaps_and_closed_ones() -> None:
    own = EditedAction(own_reference(1), gap="No kettle", theme="Comfort", note="Cold", action="Buy one", owner="Jo")
    plan = revise_plan(small_plan({"AA-01": 3, "AA-02": 0}), [EditedAction("AA-01"), own])
    assert [a.reference for a in plan.actions] == ["AA-02", "Own 1", "AA-01"]
    added = plan.actions[1]
    assert (added.gap, added.theme, added.note, added.action, added.owner) == (
        "No kettle", "Comfort", "Cold", "Buy one", "Jo",
    )  # fmt: skip
    assert (added.level_now, added.effort, added.tier, added.standing) == (None, None, "", Standing.OWN)
    assert (added.start, added.due) == (START, date(2027, 11, 21))


def test_reference_that_is_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="ZZ-99 is no practice"):
        revise_plan(small_plan(), [EditedAction("ZZ-99")])


@pytest.mark.parametrize(("text", "is_own"), [("Own 1", True), ("own 12", True), ("Own 0", False), ("OWN-01", False)])
def test_own_references_are_told_from_practices(text: str, *, is_own: bool) -> None:
    assert is_own_reference(text) is is_own


TEXT = st.text(min_size=1, max_size=8).filter(str.strip)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def edits_of(reference: str) -> st.SearchStrategy[EditedAction]:
    """Anything that people may have written about one action."""
    some: dict[str, Any] = {
        "action": TEXT, "owner": TEXT, "helpers": TEXT, "progress_note": TEXT, "start": DAYS, "due": DAYS,
        "last_reviewed": DAYS, "status": st.sampled_from(ActionStatus), "effort": st.sampled_from(Effort),
        "expected_evidence": st.lists(TEXT, max_size=2).map(tuple),
    }  # fmt: skip
    if is_own_reference(reference):
        some |= {"gap": TEXT, "theme": TEXT, "note": TEXT}
    return st.fixed_dictionaries({}, optional=some).map(lambda fields: EditedAction(reference, **fields))


EDITS = st.lists(st.sampled_from([*IDS, "Own 1", "Own 2"]), unique=True).flatmap(
    lambda references: st.tuples(*map(edits_of, references))
)
ANSWERS = st.fixed_dictionaries({}, optional={name: st.sampled_from([0, 1, 2, 3, DK, NA]) for name in IDS})


@given(ANSWERS, EDITS)
def test_revising_twice_changes_nothing(answers: dict[str, Given], edits: tuple[EditedAction, ...]) -> None:
    once = revise_plan(small_plan(answers), edits)
    assert revise_plan(once, edits) == once


@given(ANSWERS, ANSWERS, EDITS)
def test_nothing_typed_is_lost_however_the_answers_change(
    before: dict[str, Given], after: dict[str, Given], edits: tuple[EditedAction, ...]
) -> None:
    old = revise_plan(small_plan(before), edits)
    carried = [
        EditedAction(**{name: getattr(action, name) for name in EditedAction.__slots__}) for action in old.actions
    ]
    new = {action.reference: action for action in revise_plan(small_plan(after), carried).actions}
    for edit in edits:
        for name in EditedAction.__slots__:
            if getattr(edit, name) not in (None, "", ()):
                assert getattr(new[edit.reference], name) == getattr(edit, name)


@given(ANSWERS, EDITS)
def test_every_gap_of_the_answers_stays_open(answers: dict[str, Given], edits: tuple[EditedAction, ...]) -> None:
    drafted = small_plan(answers)
    revised = revise_plan(drafted, edits)
    still_open = [a for a in revised.actions if a.standing is Standing.OPEN]
    assert [a.reference for a in still_open] == [a.reference for a in drafted.actions]
    assert [(a.level_now, a.why, a.note) for a in still_open] == [(a.level_now, a.why, a.note) for a in drafted.actions]
