"""Prepared queries say what SQLAlchemy would say, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    event,
    insert,
    literal,
    select,
)
from sqlalchemy.exc import DBAPIError

from webapp.db.engine import make_engine
from webapp.db.prepared import Prepared
from webapp.db.types import UtcDateTime
from webapp.db.work import ask, commit, session, work_on

THINGS = Table(
    "thing",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", Text),
    Column("seen_at", UtcDateTime),
    Column("is_good", Boolean),
    Column("parts", JSON),
)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SEEN = select(THINGS).where(THINGS.c.seen_at >= bindparam("since"), THINGS.c.is_good.is_(True))


@pytest.fixture
def engine(bare_database: str) -> Iterator[Engine]:
    """A database with one table and a few rows."""
    made = make_engine(bare_database)
    with work_on(made, write=True):
        THINGS.create(session().connection())
        good = {"id": 1, "name": "Ö", "seen_at": NOON, "is_good": True, "parts": ["a", "b"]}
        session().execute(insert(THINGS), [good, {**good, "id": 2, "is_good": False}, {**good, "id": 3, "name": None}])
        commit()
    yield made
    made.dispose()


def test_values_mean_what_the_columns_say(engine: Engine) -> None:
    with work_on(engine, write=False):
        rows = ask(Prepared(SEEN.order_by(THINGS.c.id)), {"since": NOON})
    assert rows == [(1, "Ö", NOON, True, ["a", "b"]), (3, None, NOON, True, ["a", "b"])]


def test_prepared_and_unprepared_say_the_same(engine: Engine) -> None:
    with work_on(engine, write=False):
        plain = session().execute(SEEN, {"since": NOON}).all()
        assert [tuple(row) for row in plain] == ask(Prepared(SEEN), {"since": NOON})


def test_value_that_stands_in_the_query_is_sent(engine: Engine) -> None:
    with work_on(engine, write=False):
        query = Prepared(select(THINGS.c.id, literal("x")).where(THINGS.c.name == "Ö").order_by(THINGS.c.id))
        assert ask(query, {}) == [(1, "x"), (2, "x")]


def test_parameter_is_never_part_of_the_query(engine: Engine) -> None:
    with work_on(engine, write=False):
        query = Prepared(select(THINGS.c.id).where(THINGS.c.name == bindparam("name")))
        assert ask(query, {"name": "Ö' OR '1'='1"}) == []


def test_missing_parameter_is_an_error(engine: Engine) -> None:
    with work_on(engine, write=False), pytest.raises((KeyError, DBAPIError)):
        ask(Prepared(SEEN), {})


def test_refusal_is_an_error_of_sqlalchemy_without_the_values(engine: Engine) -> None:
    missing = Table("missing", MetaData(), Column("name", Text))
    query = Prepared(select(missing).where(missing.c.name == bindparam("name")))
    with work_on(engine, write=False), pytest.raises(DBAPIError) as caught:
        ask(query, {"name": "what somebody wrote"})
    assert "missing" in str(caught.value)
    assert "what somebody wrote" not in str(caught.value)


def test_who_counts_queries_hears_of_it(engine: Engine) -> None:
    heard: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: heard.append(args[2]))
    with work_on(engine, write=False):
        ask(Prepared(SEEN), {"since": NOON})
    assert len(heard) == 1
    assert heard[0].startswith("SELECT")


def test_what_the_session_holds_is_seen(engine: Engine) -> None:
    with work_on(engine, write=True):
        session().execute(insert(THINGS).values(id=4, name="new", seen_at=NOON, is_good=True, parts=[]))
        assert [row[0] for row in ask(Prepared(SEEN), {"since": NOON})] == [1, 3, 4]
