"""Groups, their readers, and places that an owner has to take."""

from __future__ import annotations

import pytest

from tests.webapp.conftest import TestTeam
from webapp.store.errors import AlreadyThereError, NotAllowedError, NotFoundError
from webapp.store.group_places import (
    accept_place,
    decline_place,
    find_offered_place,
    find_place,
    leave_group,
    offer_place,
    take_out,
)
from webapp.store.groups import (
    add_group_reader,
    create_group,
    delete_group,
    get_group,
    get_group_scope,
    list_own_groups,
    remove_group_reader,
    rename_group,
)
from webapp.store.scope import Scope


@pytest.fixture
def group_id(owner: Scope) -> str:
    return create_group(administrator_id=owner.user_id, name="North")


def offer(owner: Scope, group_id: str) -> None:
    offer_place(administrator_id=owner.user_id, organisation_id=owner.organisation_id, group_id=group_id)


def test_name_of_another_group_is_refused(owner: Scope, group_id: str) -> None:
    with pytest.raises(AlreadyThereError):
        create_group(administrator_id=owner.user_id, name="North")
    other = create_group(administrator_id=owner.user_id, name="South")
    with pytest.raises(AlreadyThereError):
        rename_group(administrator_id=owner.user_id, group_id=other, name="North")
    assert (get_group(group_id).name, get_group(other).name) == ("North", "South")


def test_scope_is_for_readers_only(owner: Scope, team: TestTeam, group_id: str) -> None:
    with pytest.raises(NotFoundError):
        get_group_scope(user_id=team.reader.id, group_id=group_id)
    add_group_reader(administrator_id=owner.user_id, group_id=group_id, user_id=team.reader.id)
    assert get_group_scope(user_id=team.reader.id, group_id=group_id).group_name == "North"
    assert [group.id for group in list_own_groups(team.reader.id)] == [group_id]
    assert list_own_groups(team.owner.id) == ()


def test_reader_is_named_once_and_removed_once(owner: Scope, team: TestTeam, group_id: str) -> None:
    def change(function: object) -> None:
        assert callable(function)
        function(administrator_id=owner.user_id, group_id=group_id, user_id=team.reader.id)

    change(add_group_reader)
    with pytest.raises(AlreadyThereError):
        change(add_group_reader)
    change(remove_group_reader)
    with pytest.raises(NotFoundError):
        change(remove_group_reader)


def test_offer_alone_puts_nobody_into_a_group(owner: Scope, group_id: str) -> None:
    offer(owner, group_id)
    assert find_place(owner) is None
    offered = find_offered_place(owner)
    assert offered
    assert offered.group_name == "North"


def test_accepted_place_can_be_left(owner: Scope, group_id: str) -> None:
    offer(owner, group_id)
    accept_place(owner, group_id=group_id)
    place = find_place(owner)
    assert place
    assert (place.group_id, find_offered_place(owner)) == (group_id, None)
    with pytest.raises(NotAllowedError):
        offer(owner, group_id)
    leave_group(owner)
    assert find_place(owner) is None
    with pytest.raises(NotFoundError):
        leave_group(owner)


def test_offer_that_was_replaced_cannot_be_taken(owner: Scope, group_id: str) -> None:
    other = create_group(administrator_id=owner.user_id, name="South")
    offer(owner, group_id)
    offer(owner, other)
    with pytest.raises(NotFoundError):
        accept_place(owner, group_id=group_id)
    with pytest.raises(NotFoundError):
        decline_place(owner, group_id=group_id)
    decline_place(owner, group_id=other)
    assert find_offered_place(owner) is None


def test_deleted_group_leaves_its_organisations(owner: Scope, group_id: str) -> None:
    offer(owner, group_id)
    accept_place(owner, group_id=group_id)
    delete_group(administrator_id=owner.user_id, group_id=group_id)
    assert find_place(owner) is None
    with pytest.raises(NotFoundError):
        get_group(group_id)


def test_missing_organisation_or_group_is_not_found(owner: Scope, group_id: str) -> None:
    with pytest.raises(NotFoundError):
        offer_place(administrator_id=owner.user_id, organisation_id="nobody", group_id=group_id)
    with pytest.raises(NotFoundError):
        offer(owner, "nothing")
    with pytest.raises(NotFoundError):
        take_out(administrator_id=owner.user_id, organisation_id=owner.organisation_id)
