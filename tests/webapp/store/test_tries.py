"""What may not be tried without end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.webapp.auth.letters import later
from webapp.db.tables import Try
from webapp.db.work import session
from webapp.site import Site
from webapp.store.tries import WINDOW, Allowance, count_try, find_wait, forget_tries


@pytest.fixture(autouse=True)
def work(app: Site) -> Iterator[None]:
    with app.run_work(write=True):
        yield


def _is_free(kind: str, whom: str, whence: str, *, for_one: int = 100, from_one_place: int = 100) -> bool:
    return find_wait(kind, Allowance(for_one, from_one_place), whom=whom, whence=whence) is None


def test_tries_count_for_one_account_and_one_kind() -> None:
    for _ in range(3):
        count_try("password", whom="ann", whence="here")
    assert not _is_free("password", "ann", "elsewhere", for_one=3)
    assert _is_free("password", "ann", "elsewhere", for_one=4)
    assert _is_free("password", "bob", "here", for_one=3)
    assert _is_free("code", "ann", "here", for_one=3)


def test_one_place_has_its_own_number_for_all_accounts_together() -> None:
    for number in range(16):
        assert _is_free("password", "new", "here", from_one_place=16)
        count_try("password", whom=f"person {number}", whence="here")
    assert not _is_free("password", "new", "here", from_one_place=16)
    assert _is_free("password", "new", "elsewhere", from_one_place=16)


def test_wait_ends_when_the_oldest_try_that_stands_in_the_way_counts_no_longer() -> None:
    for minutes in (0, 4, 10):
        with later(minutes=minutes):
            count_try("password", whom="ann", whence="here")
    with later(minutes=11):
        wait = find_wait("password", Allowance(2, 100), whom="ann", whence="here")
        assert wait is not None
        assert abs(wait - timedelta(minutes=8)) < timedelta(seconds=30)
    with later(minutes=19, seconds=5):
        assert _is_free("password", "ann", "here", for_one=2)


def test_longer_of_two_waits_is_said() -> None:
    count_try("password", whom="ann", whence="elsewhere")
    with later(minutes=5):
        count_try("password", whom="bob", whence="here")
        wait = find_wait("password", Allowance(1, 1), whom="ann", whence="here")
    assert wait is not None
    assert abs(wait - WINDOW) < timedelta(seconds=30)


def test_old_tries_count_no_longer_and_are_deleted() -> None:
    count_try("password", whom="ann", whence="here")
    with later(minutes=15):
        assert _is_free("password", "ann", "here", for_one=1)
        count_try("password", whom="bob", whence="here")
    assert session().scalar(select(func.count()).select_from(Try)) == 1


def test_forgotten_tries_are_those_of_the_account() -> None:
    count_try("password", whom="ann", whence="here")
    count_try("password", whom="bob", whence="here")
    forget_tries("password", whom="ann")
    assert _is_free("password", "ann", "here", for_one=1)
    assert not _is_free("password", "bob", "here", for_one=1)


def test_no_name_is_kept() -> None:
    count_try("password", whom="ann@example.org", whence="192.0.2.1")
    row = session().scalars(select(Try)).one()
    assert "ann" not in row.whom
    assert "192" not in row.whence
