"""What a unit of work means, on every database; SQLite is opened so that nothing acknowledged is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Column, Engine, MetaData, Table, Text, event, select, text
from sqlalchemy.exc import OperationalError

from webapp.db.engine import make_engine
from webapp.db.prepared import PreparedChange
from webapp.db.work import commit, fetch, savepoint, session, work_on, write

WORDS = Table("word", MetaData(), Column("text", Text, primary_key=True))
SAY = PreparedChange(WORDS.insert(), ["text"])


@pytest.fixture
def engine(bare_database: str) -> Iterator[Engine]:
    """A database with one table."""
    made = make_engine(bare_database)
    with work_on(made, write=True):
        session().execute(text("CREATE TABLE word (text TEXT PRIMARY KEY)"))
        commit()
    yield made
    made.dispose()


def say(word: str) -> None:
    """Write a word."""
    session().execute(text("INSERT INTO word VALUES (:word)"), {"word": word})


def say_and_fail(word: str) -> None:
    """Write a word, then fail, within a savepoint."""
    with savepoint():
        say(word)
        raise RuntimeError


def words(engine: Engine) -> list[str]:
    """What another connection sees."""
    with work_on(engine, write=False):
        return list(session().scalars(text("SELECT text FROM word ORDER BY text")))


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10000)]
)
def test_connection_is_durable_and_strict(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("write", "begin"), [(True, "BEGIN IMMEDIATE"), (False, "BEGIN")])
def test_work_that_writes_takes_the_lock_at_once(engine: Engine, write: bool, begin: str) -> None:
    seen: list[str] = []
    event.listen(engine, "checkout", lambda connection, *_: connection.set_trace_callback(seen.append))
    with work_on(engine, write=write):
        session().execute(text("SELECT 1"))
    assert [said for said in seen if not said.startswith("PRAGMA")] == [begin, "SELECT 1", "ROLLBACK"]


@pytest.mark.sqlite_only
def test_writer_who_waited_too_long_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.db.engine.WAIT", 0.05)
    with work_on(engine, write=True):
        say("first")
        with pytest.raises(OperationalError, match="locked"), work_on(engine, write=True):
            say("second")
        commit()
    assert words(engine) == ["first"]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 10_000


@pytest.mark.sqlite_only
def test_writer_who_waits_goes_on_when_the_other_is_done(engine: Engine) -> None:
    with ThreadPoolExecutor() as others, work_on(engine, write=True):
        say("first")
        second = others.submit(_say_and_commit, engine, "second")
        with pytest.raises(TimeoutError):
            second.result(timeout=0.1)
        commit()
        second.result(timeout=5)
    assert words(engine) == ["first", "second"]


def _say_and_commit(engine: Engine, word: str) -> None:
    with work_on(engine, write=True):
        say(word)
        commit()


def test_what_was_not_committed_is_gone(engine: Engine) -> None:
    with work_on(engine, write=True):
        say("lost")
    assert words(engine) == []


def test_what_was_committed_is_seen_by_others(engine: Engine) -> None:
    with work_on(engine, write=True):
        say("kept")
        commit()
    assert words(engine) == ["kept"]


def test_what_went_past_the_session_is_committed_with_it(engine: Engine) -> None:
    with work_on(engine, write=True) as work:
        write(SAY, {}, [{"text": "past"}])
        work.commit()
    assert words(engine) == ["past"]


def test_what_the_session_holds_is_seen_past_it(engine: Engine) -> None:
    with work_on(engine, write=True):
        session().execute(WORDS.insert(), {"text": "within"})
        assert [row.text for row in fetch(select(WORDS.c.text))] == ["within"]
        write(SAY, {}, [{"text": "past"}])
        commit()
    assert words(engine) == ["past", "within"]


def test_savepoint_undoes_only_its_part(engine: Engine) -> None:
    with work_on(engine, write=True):
        say("before")
        with pytest.raises(RuntimeError):
            say_and_fail("within")
        commit()
    assert words(engine) == ["before"]


def test_session_without_work_is_refused() -> None:
    with pytest.raises(RuntimeError, match="use work_on"):
        session()


def test_work_that_asks_nothing_opens_no_connection(engine: Engine) -> None:
    seen: list[object] = []
    event.listen(engine, "checkout", lambda *args: seen.append(args))
    with work_on(engine, write=True):
        commit()
    assert seen == []
