"""Pages sent by people who were signed out: kept for them alone, for a day, and not without bounds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.webapp.conftest import TestTeam
from webapp.clock import fixed_time, now
from webapp.db.tables import HeldForm
from webapp.store.held import HOURS, LARGEST, MOST, drop_held, find_held, hold_form

PATH = "/a/page"
FIELDS = {"POL-01.note": "Typed"}


def hold(team: TestTeam, fields: dict[str, str] = FIELDS) -> str:
    token = hold_form(uniquifier=team.owner.uniquifier, path=PATH, fields=fields)
    assert token is not None
    return token


@pytest.fixture(autouse=True)
def in_work(work: Session) -> Session:
    """All of these write."""
    return work


def test_page_is_found_by_its_person_with_its_secret(team: TestTeam) -> None:
    token = hold(team)
    assert find_held(token=token, user_id=team.owner.id, path=PATH) == FIELDS


def test_page_is_not_found_by_anybody_else_or_elsewhere(team: TestTeam) -> None:
    token = hold(team)
    assert find_held(token=token, user_id=team.reader.id, path=PATH) is None
    assert find_held(token=token, user_id=team.owner.id, path="/another") is None
    assert find_held(token="another", user_id=team.owner.id, path=PATH) is None  # noqa: S106


def test_secret_is_not_in_the_database(team: TestTeam, in_work: Session) -> None:
    assert hold(team) not in str(in_work.scalars(select(HeldForm.token_hash)).all())


def test_page_is_gone_after_its_time(team: TestTeam) -> None:
    token = hold(team)
    moment = fixed_time.set(now() + timedelta(hours=HOURS))
    try:
        assert find_held(token=token, user_id=team.owner.id, path=PATH) is None
    finally:
        fixed_time.reset(moment)


def test_page_that_is_dropped_is_gone_and_only_by_its_person(team: TestTeam) -> None:
    token = hold(team)
    drop_held(token=token, user_id=team.reader.id)
    assert find_held(token=token, user_id=team.owner.id, path=PATH) == FIELDS
    drop_held(token=token, user_id=team.owner.id)
    assert find_held(token=token, user_id=team.owner.id, path=PATH) is None


def test_oldest_page_goes_when_there_are_too_many(team: TestTeam, in_work: Session) -> None:
    start = now()
    tokens = []
    for minute in range(MOST + 2):
        moment = fixed_time.set(start + timedelta(minutes=minute))
        tokens.append(hold(team))
        fixed_time.reset(moment)
    assert in_work.scalar(select(func.count()).select_from(HeldForm)) == MOST
    found = [find_held(token=token, user_id=team.owner.id, path=PATH) is not None for token in tokens]
    assert found == [False, False] + [True] * MOST


def test_page_of_an_address_that_no_page_has_is_not_kept(team: TestTeam) -> None:
    assert hold_form(uniquifier=team.owner.uniquifier, path="/" * 301, fields=FIELDS) is None


def test_page_that_is_too_large_is_not_kept(team: TestTeam) -> None:
    fields = {"POL-01.note": "x" * LARGEST}
    assert hold_form(uniquifier=team.owner.uniquifier, path=PATH, fields=fields) is None


def test_page_of_nobody_is_not_kept() -> None:
    assert hold_form(uniquifier="nobody", path=PATH, fields=FIELDS) is None
