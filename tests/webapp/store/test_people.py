"""Accounts, as the rest of the site sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.webapp.auth.letters import later
from tests.webapp.conftest import MakePerson, TestTeam
from webapp.site import Site
from webapp.store.errors import AlreadyThereError, NotAllowedError, NotFoundError
from webapp.store.people import (
    Person,
    close_account,
    create_person,
    delete_unconfirmed,
    find_person_by_email,
    get_person,
    is_administrator,
    list_sole_ownerships,
    make_administrator,
)


def test_person_is_found_by_address_however_it_is_written(app: Site, make_person: MakePerson) -> None:
    made = make_person("Ann Archer")
    with app.run_work(write=False):
        assert find_person_by_email(" ANN.archer@example.org ") == Person(made.id, made.name, made.email)
        assert find_person_by_email("nobody@example.org") is None


def test_unconfirmed_address_is_nobodys(app: Site) -> None:
    with app.run_work(write=True):
        create_person(name="Ann", email="ann@example.org", password_hash="x", is_confirmed=False)  # noqa: S106
        assert find_person_by_email("ann@example.org") is None


def test_address_belongs_to_one_person(app: Site) -> None:
    with app.run_work(write=True):
        create_person(name="Ann", email="Ann@example.org", password_hash="x")  # noqa: S106
        with pytest.raises(AlreadyThereError):
            create_person(name="Anne", email="ann@Example.org", password_hash="x")  # noqa: S106


def test_person_that_is_not_there_is_not_found(app: Site) -> None:
    with app.run_work(write=True):
        for ask in (get_person, make_administrator, close_account):
            with pytest.raises(NotFoundError):
                ask("nobody")


def test_administrator_is_one_until_the_account_is_closed(app: Site, make_person: MakePerson) -> None:
    ann = make_person("Ann")
    with app.run_work(write=True):
        assert not is_administrator(ann.id)
        make_administrator(ann.id)
        assert is_administrator(ann.id)
        close_account(ann.id)
        assert not is_administrator(ann.id)
        with pytest.raises(NotFoundError):
            close_account(ann.id)


def test_only_owner_cannot_close_the_account(app: Site, team: TestTeam) -> None:
    with app.run_work(write=True):
        assert list_sole_ownerships(team.owner.id) == (team.name,)
        assert list_sole_ownerships(team.approver.id) == ()
        with pytest.raises(NotAllowedError, match="only owner"):
            close_account(team.owner.id)


def test_account_that_nobody_confirmed_is_deleted_after_its_time(app: Site, make_person: MakePerson) -> None:
    ann = make_person("Ann")
    with app.run_work(write=True):
        create_person(name="Bob", email="bob@example.org", password_hash="x", is_confirmed=False)  # noqa: S106
        with later(days=6):
            assert delete_unconfirmed(older_than=timedelta(days=7)) == 0
        with later(days=8):
            assert delete_unconfirmed(older_than=timedelta(days=7)) == 1
        assert get_person(ann.id).name == "Ann"
