"""A clock that jumps forward and back: nothing is lost or told in the wrong order, and nobody is locked out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from passlib.totp import TOTP  # type: ignore[import-untyped]
from sqlalchemy import select

from tests.webapp.auth.letters import later, make_fresh, read_letters
from tests.webapp.conftest import PASSWORD, MakePerson, TestTeam, make_client
from tests.webapp.routes.answering.conftest import Sheet, start
from webapp.auth.limits import ALLOWANCES
from webapp.auth.limits import PASSWORD as OF_PASSWORD
from webapp.auth.passwords import security
from webapp.auth.signing_in import check_code
from webapp.db.tables import AuditEvent, Try
from webapp.site import Site
from webapp.store.accounts import get_account
from webapp.store.audit import list_events, record_event

YEAR = 365
JUMPS = (0, 10, -20, 0.5, -YEAR, YEAR, 0)
"""Days by which the clock is wrong, one after the other."""


@pytest.fixture
def sheet(app: Site, team: TestTeam) -> Sheet:
    return start(app, team)


@contextmanager
def phone_and_site_at(moment: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the machine's clock said this; codes of apps do not ask ours."""
    with monkeypatch.context() as patched:
        patched.setattr(time, "time", lambda: moment)
        patched.setattr(TOTP, "now", staticmethod(lambda: moment))
        yield


def test_history_and_versions_follow_the_order_of_saving(sheet: Sheet) -> None:
    for number, days in enumerate(JUMPS):
        with later(days=days):
            client = sheet.team.contributor.client
            client.sign_in(sheet.team.contributor.id, sheet.team.contributor.uniquifier)
            sheet.answer(sheet.team.contributor, {"level": "2", "note": f"text {number}"})
    changes = sheet.changes()[::-1]
    assert [change.after.note for change in changes] == [f"text {number}" for number in range(len(JUMPS))]
    assert [change.before.note for change in changes[1:]] == [change.after.note for change in changes[:-1]]
    assert [change.version for change in changes] == list(range(1, len(JUMPS) + 1))
    assert sheet.answers["POL-01"].answer.note == f"text {len(JUMPS) - 1}"


def test_log_tells_things_in_the_order_in_which_they_happened(app: Site) -> None:
    with app.run_work(write=True) as work:
        for number, days in enumerate(JUMPS):
            with later(days=days):
                record_event("name_changed", user_id=None, subject=str(number))
                work.flush()
        assert [event.subject_id for event in list_events(number=1).items] == [
            str(number) for number in reversed(range(len(JUMPS)))
        ]
        work.rollback()


@pytest.mark.parametrize("days", [YEAR, -YEAR])
def test_session_begun_by_a_wrong_clock_ends_when_it_is_right_again(app: Site, team: TestTeam, days: int) -> None:
    client = make_client(app)
    with later(days=days):
        client.sign_in(team.owner.id, team.owner.uniquifier)
        assert client.get(team.address).status_code == 200
    assert client.get(team.address).status_code == 303, "a year more would be too long"
    client.send("/sign-in", {"email": team.owner.email, "password": PASSWORD})
    assert client.get(team.address).status_code == 200


@pytest.mark.parametrize("minutes", [5, -5])
def test_small_step_of_the_clock_signs_nobody_out(team: TestTeam, minutes: int) -> None:
    with later(minutes=minutes):
        assert team.owner.client.get(team.address).status_code == 200
    assert team.owner.client.get(team.address).status_code == 200


@pytest.mark.parametrize("days", [YEAR, -YEAR])
def test_tries_counted_by_a_wrong_clock_lock_nobody_out(app: Site, team: TestTeam, days: int) -> None:
    client = make_client(app)
    wrong = {"email": team.owner.email, "password": "not the password"}
    with later(days=days):
        for _ in range(ALLOWANCES[OF_PASSWORD].for_one):
            client.send("/sign-in", wrong)
        assert client.send("/sign-in", wrong).status_code == 429
    assert client.send("/sign-in", wrong | {"password": PASSWORD}).status_code == 303
    other = make_client(app)
    assert other.send("/sign-in", wrong).status_code != 429
    with app.run_work(write=False) as work:
        assert len(work.scalars(select(Try)).all()) <= 1, "the wrong ones are gone"


def test_code_used_while_the_clock_was_ahead_does_not_refuse_those_that_come(
    app: Site, make_person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, right = make_person("Ann Archer"), time.time()
    with app.app_context(), app.run_work(write=True):
        secret = security().totp_factory.generate_totp_secret()
        phone: Any = TOTP(security().totp_factory.get_totp_b32_key(secret))
        security().datastore.tf_set(get_account(person.id), "authenticator", secret)
        ahead = right + timedelta(days=30).total_seconds()
        with phone_and_site_at(ahead, monkeypatch):
            assert check_code(get_account(person.id), phone.generate(ahead).token)
            assert not check_code(get_account(person.id), phone.generate(ahead).token), "a code is used once"
        with phone_and_site_at(right, monkeypatch):
            assert check_code(get_account(person.id), phone.generate(right).token)
            assert not check_code(get_account(person.id), phone.generate(right).token), "still once"


def test_link_made_by_a_wrong_clock_is_refused_and_another_one_works(
    app: Site, team: TestTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, right = make_client(app), time.time()
    with phone_and_site_at(right + timedelta(days=30).total_seconds(), monkeypatch):
        client.send("/reset-password", {"email": team.owner.email})
    client.send("/reset-password", {"email": team.owner.email})
    made_ahead, made_now = read_letters(app)
    assert not client.page(made_ahead.link).all("input[type=password]"), "it would hold until that day"
    assert client.page(made_now.link).all("input[type=password]")


def test_nothing_is_taken_back_when_the_clock_is(app: Site, team: TestTeam) -> None:
    make_fresh(team.owner.client)
    with later(days=-YEAR):
        with app.run_work(write=True) as work:
            record_event("name_changed", user_id=team.owner.id)
            work.commit()
        output = app.test_cli_runner().invoke(args=["purge"]).output
    assert "ended sessions 0" in output, "a clock that is behind deletes nothing"
    with app.run_work(write=False) as work:
        assert work.scalars(select(AuditEvent.event).where(AuditEvent.event == "name_changed")).all()
