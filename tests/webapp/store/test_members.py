"""Members: one role each, and never without an owner."""

from __future__ import annotations

import pytest

from tests.webapp.conftest import TestTeam
from webapp.store.audit import list_events
from webapp.store.errors import AlreadyThereError, NotFoundError
from webapp.store.members import (
    LastOwnerError,
    add_member,
    change_role,
    get_member,
    hand_over,
    leave_organisation,
    list_members,
    remove_member,
)
from webapp.store.scope import Role, Scope


def test_second_membership_is_refused_and_the_first_kept(owner: Scope, team: TestTeam) -> None:
    with pytest.raises(AlreadyThereError):
        add_member(owner, user_id=team.reader.id, role=Role.OWNER)
    assert get_member(owner, team.reader.id).role is Role.READER


def test_only_owner_cannot_go_in_any_way(owner: Scope) -> None:
    with pytest.raises(LastOwnerError):
        leave_organisation(owner)
    with pytest.raises(LastOwnerError):
        remove_member(owner, user_id=owner.user_id)
    with pytest.raises(LastOwnerError):
        change_role(owner, user_id=owner.user_id, role=Role.READER)
    assert get_member(owner, owner.user_id).role is Role.OWNER


def test_two_owners_cannot_both_go(owner: Scope, team: TestTeam) -> None:
    change_role(owner, user_id=team.approver.id, role=Role.OWNER)
    remove_member(owner, user_id=team.approver.id)
    with pytest.raises(LastOwnerError):
        leave_organisation(owner)


def test_handing_over_to_oneself_is_refused(owner: Scope) -> None:
    with pytest.raises(LastOwnerError):
        hand_over(owner, user_id=owner.user_id, own_role=Role.READER)


def test_member_of_another_organisation_is_not_found(owner: Scope, team: TestTeam) -> None:
    with pytest.raises(NotFoundError):
        get_member(owner, "00000000000000000000")
    with pytest.raises(NotFoundError):
        change_role(owner, user_id="00000000000000000000", role=Role.OWNER)
    assert len(list_members(owner)) == 4, team.name


def test_every_change_is_in_the_log(owner: Scope, team: TestTeam) -> None:
    change_role(owner, user_id=team.reader.id, role=Role.CONTRIBUTOR)
    change_role(owner, user_id=team.reader.id, role=Role.CONTRIBUTOR)
    remove_member(owner, user_id=team.reader.id)
    events = [event for event in list_events(number=1).items if event.subject_id == team.reader.id]
    assert {(event.event, event.user_id) for event in events} == {
        (name, owner.user_id) for name in ("member_removed", "role_changed", "member_added")
    }
    assert len(events) == 3, "a role that stays the same is no change"
    changed = next(event for event in events if event.event == "role_changed")
    assert changed.details == {"was": "reader", "role": "contributor"}
