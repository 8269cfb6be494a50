"""Prepared queries and changes say and do what SQLAlchemy would, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import format_exception

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
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from webapp.db.engine import make_engine
from webapp.db.prepared import Prepared, PreparedChange
from webapp.db.types import UtcDateTime
from webapp.db.work import ask, commit, session, work_on, write

THINGS = Table(
    "thing",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", Text),
    Column("seen_at", UtcDateTime),
    Column("is_good", Boolean, nullable=False),
    Column("parts", JSON),
)
TYPED = "what somebody wrote"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SEEN = select(THINGS).where(THINGS.c.seen_at >= bindparam("since"), THINGS.c.is_good.is_(True))
ADD = PreparedChange(insert(THINGS), ["id", "name", "seen_at", "is_good", "parts"])
RENAME = PreparedChange(update(THINGS).where(THINGS.c.id == bindparam("its_id")), ["name", "parts"])
NEW = {"seen_at": NOON, "is_good": True, "parts": ["ß"]}


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


def test_value_that_stands_in_the_query_means_what_its_column_says(engine: Engine) -> None:
    query = select(THINGS.c.id).where(THINGS.c.seen_at == NOON).order_by(THINGS.c.id)
    with work_on(engine, write=False):
        assert ask(Prepared(query), {}) == [(1,), (2,), (3,)]


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


def test_rows_are_added_as_the_columns_say(engine: Engine) -> None:
    with work_on(engine, write=True):
        assert write(ADD, NEW, [{"id": 4, "name": "Ö"}, {"id": 5, "name": None}]) == 2
        commit()
    with work_on(engine, write=False):
        found = session().execute(select(THINGS).where(THINGS.c.id > 3).order_by(THINGS.c.id)).all()
    assert [tuple(row) for row in found] == [(4, "Ö", NOON, True, ["ß"]), (5, None, NOON, True, ["ß"])]


def test_row_may_say_otherwise_than_most(engine: Engine) -> None:
    with work_on(engine, write=True):
        write(ADD, NEW, [{"id": 4, "name": "Ö", "parts": []}])
        assert session().scalars(select(THINGS.c.parts).where(THINGS.c.id == 4)).all() == [[]]


def test_rows_that_are_there_are_changed_and_counted(engine: Engine) -> None:
    with work_on(engine, write=True):
        assert write(RENAME, {"parts": []}, [{"its_id": 1, "name": "A"}, {"its_id": 9, "name": "B"}]) == 1
        found = session().execute(select(THINGS.c.id, THINGS.c.name, THINGS.c.parts).order_by(THINGS.c.id)).all()
    assert [tuple(row) for row in found] == [(1, "A", []), (2, "Ö", ["a", "b"]), (3, None, ["a", "b"])]


@pytest.mark.parametrize("wrong", [{"id": 1}, {"id": 4, "is_good": None}], ids=["twice", "missing"])
def test_change_that_is_refused_names_no_value(engine: Engine, wrong: dict[str, object]) -> None:
    with work_on(engine, write=True), pytest.raises(IntegrityError) as caught:
        write(ADD, NEW, [{"name": TYPED} | wrong])
    assert TYPED not in "".join(format_exception(caught.value))


def test_change_without_a_value_is_an_error(engine: Engine) -> None:
    with work_on(engine, write=True), pytest.raises((KeyError, DBAPIError)):
        write(ADD, NEW, [{"id": 4}])


def test_who_counts_hears_of_changes_too(engine: Engine) -> None:
    heard: list[tuple[str, bool]] = []
    event.listen(engine, "before_cursor_execute", lambda *args: heard.append((args[2], args[5])))
    with work_on(engine, write=True):
        write(ADD, NEW, [{"id": 4, "name": ""}])
    assert [(sql.split()[0], is_many) for sql, is_many in heard] == [("INSERT", True)]
