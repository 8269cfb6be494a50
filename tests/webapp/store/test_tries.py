"""What may not be tried without end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from tests.webapp.auth.letters import later
from webapp.db.tables import Try
from webapp.db.work import session
from webapp.site import Site
from webapp.store.tries import count_try, forget_tries, is_tried_out


@pytest.fixture(autouse=True)
def work(app: Site) -> Iterator[None]:
    with app.run_work(write=True):
        yield


def test_tries_count_for_one_account_and_one_kind() -> None:
    for _ in range(3):
        count_try("password", whom="ann", whence="here")
    assert is_tried_out("password", whom="ann", whence="elsewhere", most=3)
    assert not is_tried_out("password", whom="ann", whence="elsewhere", most=4)
    assert not is_tried_out("password", whom="bob", whence="here", most=3)
    assert not is_tried_out("code", whom="ann", whence="here", most=3)


def test_one_place_may_try_eight_times_as_often_for_all_accounts() -> None:
    for number in range(16):
        assert not is_tried_out("password", whom="new", whence="here", most=2)
        count_try("password", whom=f"person {number}", whence="here")
    assert is_tried_out("password", whom="new", whence="here", most=2)
    assert not is_tried_out("password", whom="new", whence="elsewhere", most=2)


def test_old_tries_count_no_longer_and_are_deleted() -> None:
    count_try("password", whom="ann", whence="here")
    with later(minutes=15):
        assert not is_tried_out("password", whom="ann", whence="here", most=1)
        count_try("password", whom="bob", whence="here")
    assert session().scalar(select(func.count()).select_from(Try)) == 1


def test_forgotten_tries_are_those_of_the_account() -> None:
    count_try("password", whom="ann", whence="here")
    count_try("password", whom="bob", whence="here")
    forget_tries("password", whom="ann")
    assert not is_tried_out("password", whom="ann", whence="here", most=1)
    assert is_tried_out("password", whom="bob", whence="here", most=1)


def test_no_name_is_kept() -> None:
    count_try("password", whom="ann@example.org", whence="192.0.2.1")
    row = session().scalars(select(Try)).one()
    assert "ann" not in row.whom
    assert "192" not in row.whence
