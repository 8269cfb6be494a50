"""A plan is made once, follows newer answers, and never loses what people wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from selfassess import plan_actions
from selfassess.planning import ActionStatus, Standing
from tests.webapp.planning import LATER, START, answer
from tests.webapp.reviewing import sign
from webapp.db.tables import Answer as AnswerRow
from webapp.db.work import session
from webapp.store.actions import insert_action, save_action
from webapp.store.assessments import get_assessment, score_assessment
from webapp.store.errors import AlreadyThereError, NotAllowedError, NotFoundError
from webapp.store.plan_records import LivingPlan, Written
from webapp.store.plans import find_living_plan, find_plan, get_living_plan, make_plan, update_plan
from webapp.store.scope import Scope


def make(scope: Scope) -> LivingPlan:
    """A plan from a few gaps."""
    make_plan(scope, assessment_id=answer(scope), start=START)
    return get_living_plan(scope)


def write(scope: Scope, reference: str, **fields: object) -> None:
    """Write something about an action."""
    record = get_living_plan(scope).by_reference[reference]
    written = replace(record.written, **fields)  # type: ignore[arg-type]
    save_action(scope, record.id, written=written, version=record.version)


def references(living: LivingPlan) -> list[str]:
    """What is in the plan, in its order."""
    return [action.reference for action in living.plan.actions]


def test_new_plan_is_what_the_library_drafts(owner: Scope) -> None:
    assessment_id = answer(owner)
    assert make_plan(owner, assessment_id=assessment_id, start=START) == 3
    living = get_living_plan(owner)
    drafted = plan_actions(score_assessment(owner, get_assessment(owner, assessment_id)), start=START)
    assert living.plan == drafted
    assert references(living)[0] == "PRO-03"
    assert living.offers == ()


def test_second_plan_is_refused(owner: Scope) -> None:
    living = make(owner)
    with pytest.raises(AlreadyThereError):
        make_plan(owner, assessment_id=living.assessment.id, start=START)
    assert references(get_living_plan(owner)) == references(living)


def test_plan_of_an_assessment_of_others_is_refused(theirs: Scope, owner: Scope) -> None:
    assessment_id = answer(theirs)
    with pytest.raises(NotFoundError):
        make_plan(owner, assessment_id=assessment_id, start=START)
    make(owner)
    with pytest.raises(NotFoundError):
        get_living_plan(owner, assessment_id=assessment_id)
    with pytest.raises(NotFoundError):
        update_plan(owner, assessment_id=assessment_id, start=START, take=(), decline=())
    assert find_plan(theirs) is None
    assert find_living_plan(theirs) is None


def test_newer_answers_offer_new_gaps_and_overwrite_nothing(owner: Scope) -> None:
    make(owner)
    write(owner, "PRO-03", owner="Chaplain", progress_note="Half done", status=ActionStatus.UNDER_WAY)
    newer = answer(owner, LATER, year=2027)
    seen = get_living_plan(owner, assessment_id=newer)
    assert [action.reference for action in seen.offers] == ["REC-01"]
    added = update_plan(owner, assessment_id=newer, start=date(2027, 12, 1), take=["REC-01"], decline=())
    assert added == 1
    by_reference = {action.reference: action for action in get_living_plan(owner).plan.actions}
    closed, new = by_reference["PRO-03"], by_reference["REC-01"]
    assert (closed.owner, closed.progress_note, closed.status) == ("Chaplain", "Half done", ActionStatus.UNDER_WAY)
    assert closed.standing is Standing.CLOSED
    assert (closed.start, new.start) == (START, date(2027, 12, 1))
    assert by_reference["POL-01"].due == date(2027, 11, 22)


def test_looking_at_newer_answers_changes_nothing(owner: Scope) -> None:
    living = make(owner)
    get_living_plan(owner, assessment_id=answer(owner, LATER, year=2027))
    assert get_living_plan(owner).plan == living.plan


def test_words_of_the_standard_follow_the_answer_until_somebody_writes(owner: Scope) -> None:
    make(owner)
    write(owner, "POL-01", action="Ask the governor in person")
    update_plan(owner, assessment_id=answer(owner, LATER, year=2027), start=START, take=(), decline=())
    actions = {action.reference: action.action for action in get_living_plan(owner).plan.actions}
    assert actions["POL-01"] == "Ask the governor in person"
    assert not actions["POL-03"].startswith("Find out")


def test_declined_offer_is_not_made_again_but_kept(owner: Scope) -> None:
    make(owner)
    newer = answer(owner, LATER, year=2027)
    assert update_plan(owner, assessment_id=newer, start=START, take=(), decline=["REC-01"]) == 0
    living = get_living_plan(owner)
    assert living.offers == ()
    assert "REC-01" not in references(living)
    assert [action.reference for action in living.declined] == ["REC-01"]


def test_offer_that_nobody_decided_about_is_made_again(owner: Scope) -> None:
    make(owner)
    newer = answer(owner, LATER, year=2027)
    update_plan(owner, assessment_id=newer, start=START, take=(), decline=())
    assert [action.reference for action in get_living_plan(owner).offers] == ["REC-01"]


def test_what_is_no_offer_cannot_be_taken(owner: Scope) -> None:
    living = make(owner)
    taken = ["PRO-03", "VET-01", "nonsense"]
    assert update_plan(owner, assessment_id=living.assessment.id, start=START, take=taken, decline=()) == 0
    assert references(get_living_plan(owner)) == references(living)


def test_no_plan_cannot_be_updated(owner: Scope) -> None:
    with pytest.raises(NotFoundError):
        update_plan(owner, assessment_id=answer(owner), start=START, take=(), decline=())
    with pytest.raises(NotFoundError):
        get_living_plan(owner)


def test_standard_that_does_not_know_an_action_is_refused(owner: Scope) -> None:
    living = make(owner)
    written = Written(start=START, due=START)
    insert_action(owner, plan_id=living.record.id, reference="NEW-01", written=written, is_declined=False)
    with pytest.raises(NotAllowedError, match="older standard"):
        get_living_plan(owner)


def test_assessment_without_gaps_makes_an_empty_plan(owner: Scope) -> None:
    assert make_plan(owner, assessment_id=answer(owner, {}), start=START) == 0
    assert references(get_living_plan(owner)) == []


def test_plan_of_a_signed_assessment_follows_what_was_signed(owner: Scope) -> None:
    assessment_id = answer(owner)
    sign(owner, assessment_id)
    row = session().get_one(AnswerRow, (assessment_id, "PRO-03"))
    row.level = "3"
    session().flush()
    assert make_plan(owner, assessment_id=assessment_id, start=START) == 3
    assert references(get_living_plan(owner))[0] == "PRO-03"


def test_plan_of_a_signed_assessment_has_the_present_name(owner: Scope) -> None:
    assessment_id = answer(owner)
    sign(owner, assessment_id)
    make_plan(owner, assessment_id=assessment_id, start=START)
    renamed = replace(owner, organisation_name="HMP Renamed", reference="R2", group_name="North")
    told = get_living_plan(renamed).card.assessment.organisation
    assert (told.name, told.reference, told.group) == ("HMP Renamed", "R2", "North")
    assert told.kind == owner.kind
