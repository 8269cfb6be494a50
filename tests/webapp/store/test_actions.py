"""What people write about an action is never overwritten unseen, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from selfassess.model.practice import Effort
from selfassess.planning import ActionStatus, Standing
from tests.webapp.conftest import TestTeam
from tests.webapp.planning import START, add_plan, answer, ids_of
from webapp.db.tables import User
from webapp.site import Site
from webapp.store.actions import (
    ActionOutcome,
    add_own_action,
    get_action,
    list_action_changes,
    list_actions,
    put_back,
    save_action,
    take_out,
)
from webapp.store.answers import Result
from webapp.store.errors import NotFoundError
from webapp.store.plan_records import Written
from webapp.store.plans import get_living_plan, make_plan
from webapp.store.scope import Scope, get_scope

FULL = Written(
    start=START,
    due=date(2027, 1, 31),
    action="Ask the governor",
    effort=Effort.HIGH,
    owner="Chaplain",
    helpers="Education",
    status=ActionStatus.BLOCKED,
    progress_note="Line one\nLine two – ŵ",
    evidence=("https://example.org/policy", "Minutes"),
    last_reviewed=date(2026, 12, 24),
)

OWN = Written(start=START, due=date(2027, 3, 1), gap="A quiet room", theme="Policy", action="Find one")

Save = Callable[..., ActionOutcome]


@pytest.fixture
def action_id(owner: Scope) -> str:
    """An action of a plan."""
    make_plan(owner, assessment_id=answer(owner), start=START)
    return get_living_plan(owner).by_reference["POL-01"].id


@pytest.fixture
def save(action_id: str) -> Save:
    """Save some fields of the action, on the version that is named."""

    def save(scope: Scope, version: int, base: Written | None = None, **fields: Any) -> ActionOutcome:
        written = replace(base or get_action(scope, action_id).written, **fields)
        return save_action(scope, action_id, written=written, version=version)

    return save


def test_every_field_comes_back_as_it_was_written(owner: Scope, action_id: str) -> None:
    assert save_action(owner, action_id, written=FULL, version=1).result is Result.SAVED
    record = get_action(owner, action_id)
    assert (record.written, record.version, record.changed_by) == (FULL, 2, "HMP Example Owner")
    assert list_action_changes(owner, action_id)[0].after == FULL


def test_same_words_again_are_no_change(owner: Scope, action_id: str) -> None:
    save_action(owner, action_id, written=FULL, version=1)
    assert save_action(owner, action_id, written=FULL, version=2).result is Result.UNCHANGED
    assert save_action(owner, action_id, written=FULL, version=1).result is Result.UNCHANGED
    assert [change.kind for change in list_action_changes(owner, action_id)] == ["saved", "added"]


def test_changes_of_different_fields_are_both_kept(owner: Scope, colleague: Scope, action_id: str, save: Save) -> None:
    first = get_action(owner, action_id).written
    save(owner, 1, owner="Chaplain")
    assert save(colleague, 1, first, helpers="Education").result is Result.SAVED
    written = get_action(owner, action_id).written
    assert (written.owner, written.helpers) == ("Chaplain", "Education")


def test_two_texts_in_one_field_are_a_conflict_and_neither_is_lost(
    owner: Scope, colleague: Scope, action_id: str, save: Save
) -> None:
    first = get_action(owner, action_id).written
    save(owner, 1, progress_note="Theirs", status=ActionStatus.UNDER_WAY)
    outcome = save(colleague, 1, first, progress_note="Mine", helpers="Education")
    assert (outcome.result, outcome.parts) == (Result.CONFLICT, ("progress_note",))
    assert (outcome.kept.written.progress_note, outcome.kept.written.helpers) == ("Theirs", "")
    mine = outcome.mine
    assert (mine.progress_note, mine.helpers, mine.status) == ("Mine", "Education", ActionStatus.UNDER_WAY)
    lost = list_action_changes(owner, action_id)[0]
    assert (lost.kind, lost.after, lost.changed_by) == ("not_kept", mine, "HMP Example Contributor")
    assert get_action(owner, action_id).changed_by == "HMP Example Owner"


def test_conflict_that_is_settled_is_saved(owner: Scope, colleague: Scope, action_id: str, save: Save) -> None:
    first = get_action(owner, action_id).written
    save(owner, 1, owner="Theirs")
    outcome = save(colleague, 1, first, owner="Mine")
    settled = save_action(colleague, action_id, written=outcome.mine, version=outcome.kept.version)
    assert settled.result is Result.SAVED
    assert get_action(owner, action_id).written.owner == "Mine"


def test_dates_are_settled_together(owner: Scope, colleague: Scope, action_id: str, save: Save) -> None:
    first = get_action(owner, action_id).written
    save(owner, 1, due=date(2026, 12, 1))
    outcome = save(colleague, 1, first, start=date(2027, 1, 1), due=date(2027, 11, 22))
    assert outcome.parts == ("dates",)


def test_version_that_never_was_overwrites_nothing(owner: Scope, save: Save) -> None:
    save(owner, 1, owner="Chaplain")
    outcome = save(owner, 99, owner="Somebody")
    assert (outcome.result, outcome.parts) == (Result.CONFLICT, ("owner",))


def test_own_actions_are_numbered_and_stand_in_the_plan(owner: Scope, action_id: str) -> None:
    first, second = add_own_action(owner, written=OWN), add_own_action(owner, written=OWN)
    take_out(owner, second)
    third = add_own_action(owner, written=OWN)
    numbers = [get_action(owner, own).reference for own in (first, second, third)]
    assert numbers == ["Own 1", "Own 2", "Own 3"]
    own = next(action for action in get_living_plan(owner).plan.actions if action.reference == "Own 1")
    assert (own.standing, own.gap, own.theme, own.due) == (Standing.OWN, "A quiet room", "Policy", OWN.due)
    assert get_action(owner, action_id).version == 1


def test_own_action_without_a_plan_is_refused(owner: Scope) -> None:
    with pytest.raises(NotFoundError):
        add_own_action(owner, written=OWN)


def test_action_that_is_taken_out_keeps_what_was_written(owner: Scope, action_id: str, save: Save) -> None:
    save(owner, 1, owner="Chaplain")
    take_out(owner, action_id)
    take_out(owner, action_id)
    assert "POL-01" not in [action.reference for action in get_living_plan(owner).plan.actions]
    put_back(owner, action_id)
    put_back(owner, action_id)
    by_reference = {action.reference: action for action in get_living_plan(owner).plan.actions}
    assert by_reference["POL-01"].owner == "Chaplain"
    kinds = [change.kind for change in list_action_changes(owner, action_id)]
    assert kinds == ["put_back", "taken_out", "saved", "added"]


def test_action_of_others_is_not_found(theirs: Scope, owner: Scope, action_id: str) -> None:
    make_plan(theirs, assessment_id=answer(theirs), start=START)
    for refused in (
        lambda: get_action(theirs, action_id),
        lambda: save_action(theirs, action_id, written=FULL, version=1),
        lambda: take_out(theirs, action_id),
        lambda: put_back(theirs, action_id),
        lambda: list_action_changes(theirs, action_id),
    ):
        with pytest.raises(NotFoundError):
            refused()
    assert action_id not in {record.id for record in list_actions(theirs)}
    assert get_action(owner, action_id).version == 1


def test_author_whose_account_is_gone_leaves_the_text(
    owner: Scope, action_id: str, work: Session, team: TestTeam
) -> None:
    colleague = get_scope(user_id=team.contributor.id, organisation_id=team.organisation_id)
    save_action(colleague, action_id, written=FULL, version=1)
    work.delete(work.get_one(User, team.contributor.id))
    work.flush()
    work.expire_all()
    record = get_action(owner, action_id)
    assert (record.written, record.changed_by) == (FULL, "")
    assert [action.reference for action in list_actions(owner)].count("POL-01") == 1


def test_twenty_savers_at_once_lose_nothing(app: Site, team: TestTeam) -> None:
    add_plan(app, team)
    action = ids_of(app, team)["POL-01"]

    def save_one(number: int) -> ActionOutcome:
        with app.run_work(write=True) as opened:
            scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
            kept = get_action(scope, action).written
            outcome = save_action(scope, action, written=replace(kept, owner=f"Person {number}"), version=1)
            opened.commit()
        return outcome

    with ThreadPoolExecutor(4) as pool:
        results = [outcome.result for outcome in pool.map(save_one, range(20))]
    assert (results.count(Result.SAVED), results.count(Result.CONFLICT)) == (1, 19)
    with app.run_work(write=False):
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        changes = list_action_changes(scope, action)
    assert {change.after.owner for change in changes} >= {f"Person {number}" for number in range(20)}
