"""Invitations: only the hash is kept, one person can accept, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.webapp.conftest import TestTeam
from webapp.clock import fixed_time, now
from webapp.db.tables import Invitation
from webapp.store.errors import AlreadyThereError, NotFoundError
from webapp.store.invitations import (
    accept_invitation,
    find_invitation,
    invite,
    list_invitations,
    renew_invitation,
    withdraw_invitation,
)
from webapp.store.members import get_member
from webapp.store.people import Person, create_person
from webapp.store.scope import Role, Scope

HASH = "of nothing"


def make_ann(*, is_confirmed: bool = True) -> Person:
    return create_person(name="Ann Lee", email="ann@example.org", password_hash=HASH, is_confirmed=is_confirmed)


def test_token_is_not_kept(work: Session, owner: Scope) -> None:
    token = invite(owner, email="Ann@Example.org", role=Role.READER)
    row = work.scalars(select(Invitation)).one()
    assert row.email == "ann@example.org"
    assert token not in str(vars(row))
    assert len(row.token_hash) == 64


def test_accepted_invitation_gives_its_role_once(owner: Scope) -> None:
    ann, token = make_ann(), invite(owner, email="ann@example.org", role=Role.APPROVER)
    accept_invitation(token=token, user_id=ann.id)
    assert get_member(owner, ann.id).role is Role.APPROVER
    assert list_invitations(owner) == ()
    with pytest.raises(NotFoundError):
        accept_invitation(token=token, user_id=ann.id)


def test_another_person_cannot_accept(owner: Scope, eve: Person) -> None:
    token = invite(owner, email="ann@example.org", role=Role.READER)
    with pytest.raises(NotFoundError):
        accept_invitation(token=token, user_id=eve.id)
    assert find_invitation(token)


@pytest.fixture
def eve(work: Session) -> Person:
    assert work.is_active
    return create_person(name="Eve", email="eve@example.org", password_hash=HASH)


def test_unconfirmed_address_cannot_accept(owner: Scope) -> None:
    ann = make_ann(is_confirmed=False)
    token = invite(owner, email="ann@example.org", role=Role.READER)
    with pytest.raises(NotFoundError):
        accept_invitation(token=token, user_id=ann.id)


def test_invitation_ends_after_fourteen_days(owner: Scope) -> None:
    token, moment = invite(owner, email="ann@example.org", role=Role.READER), now()
    for days, is_there in ((13, True), (15, False)):
        mark = fixed_time.set(moment + timedelta(days=days))
        assert bool(find_invitation(token)) == is_there
        fixed_time.reset(mark)


def test_member_cannot_be_invited_again(owner: Scope, team: TestTeam) -> None:
    with pytest.raises(AlreadyThereError):
        invite(owner, email=team.reader.email.upper(), role=Role.OWNER)
    assert list_invitations(owner) == ()


def test_renewed_invitation_has_another_token(owner: Scope) -> None:
    first = invite(owner, email="ann@example.org", role=Role.READER)
    found, second = renew_invitation(owner, invitation_id=list_invitations(owner)[0].id)
    assert find_invitation(first) is None
    assert find_invitation(second) == found


def test_withdrawn_invitation_is_gone(owner: Scope) -> None:
    token = invite(owner, email="ann@example.org", role=Role.READER)
    withdraw_invitation(owner, invitation_id=list_invitations(owner)[0].id)
    assert find_invitation(token) is None


def test_missing_invitation_is_not_found(owner: Scope) -> None:
    with pytest.raises(NotFoundError):
        withdraw_invitation(owner, invitation_id="00000000000000000000")
    with pytest.raises(NotFoundError):
        renew_invitation(owner, invitation_id="00000000000000000000")
