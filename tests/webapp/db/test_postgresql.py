"""PostgreSQL: what a transaction sees and may do, what it holds, and what its errors say."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError

from webapp.db.engine import make_engine
from webapp.db.locks import hold
from webapp.db.work import commit, session, work_on

pytestmark = pytest.mark.postgresql_only


@pytest.fixture
def engine(bare_database: str) -> Iterator[Engine]:
    """A database with one table, which takes only long words."""
    made = make_engine(bare_database)
    with work_on(made, write=True):
        say_sql("CREATE TABLE word (text TEXT PRIMARY KEY, CONSTRAINT ck_long CHECK (length(text) > 3))")
        commit()
    yield made
    made.dispose()


def say_sql(command: str, **values: str) -> None:
    """Ask something of the work at hand that has no answer."""
    session().execute(text(command), values)


def ask_sql(question: str) -> object:
    """The first word of an answer."""
    return session().scalar(text(question))


def count_words() -> object:
    return ask_sql("SELECT count(*) FROM word")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("synchronous_commit", "on"), ("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "150s")],
)
def test_connection_is_durable_and_waits_for_nobody_for_ever(engine: Engine, setting: str, value: str) -> None:
    for _ in range(2):  # the second time after a transaction that was rolled back
        with work_on(engine, write=True):
            assert ask_sql(f"SHOW {setting}") == value


def test_reading_sees_one_moment(engine: Engine) -> None:
    with work_on(engine, write=False):
        assert count_words() == 0
        with ThreadPoolExecutor(1) as others:
            others.submit(write_word, engine, "others").result()
        assert count_words() == 0
    with work_on(engine, write=False):
        assert count_words() == 1


def write_word(engine: Engine, word: str) -> None:
    with work_on(engine, write=True):
        say_sql("INSERT INTO word VALUES (:word)", word=word)
        commit()


def test_writing_sees_what_others_committed(engine: Engine) -> None:
    with work_on(engine, write=True):
        assert count_words() == 0
        with ThreadPoolExecutor(1) as others:
            others.submit(write_word, engine, "others").result()
        assert count_words() == 1


def test_reading_can_write_nothing(engine: Engine) -> None:
    with work_on(engine, write=False), pytest.raises(InternalError, match="read-only transaction"):
        say_sql("INSERT INTO word VALUES ('never')")


@pytest.mark.parametrize("word", ["twice", "abc"])
def test_error_says_which_constraint_and_nothing_that_was_written(engine: Engine, word: str) -> None:
    write_word(engine, "twice")
    with work_on(engine, write=True), pytest.raises(IntegrityError) as refusal:
        say_sql("INSERT INTO word VALUES (:word)", word=word)
    for words in (str(refusal.value), str(refusal.value.orig)):
        assert "word_pkey" in words or "ck_long" in words
        assert "DETAIL" not in words
        assert f"({word})" not in words


def test_nul_that_the_server_would_refuse_finds_nothing_and_is_written_as_a_sign(engine: Engine) -> None:
    with work_on(engine, write=True):
        say_sql("INSERT INTO word VALUES (:word)", word="no\0end")
        query = text("SELECT text FROM word WHERE text = :word OR text LIKE 'no%'")
        assert session().scalar(query, {"word": "\0"}) == "no\ufffdend"


def test_name_is_held_until_the_transaction_ends(engine: Engine) -> None:
    order: list[str] = []

    def second() -> None:
        with work_on(engine, write=True):
            hold("a name")
            order.append("second")

    with ThreadPoolExecutor(1) as others:
        with work_on(engine, write=True):
            hold("another name")
            hold("a name")
            waiting = others.submit(second)
            wait([waiting], timeout=0.4)
            order.append("first")
        waiting.result()
    assert order == ["first", "second"]


def test_waiting_for_too_long_ends(engine: Engine) -> None:
    def impatient() -> None:
        with work_on(engine, write=True):
            say_sql("SET LOCAL lock_timeout = '50ms'")
            hold("a name")

    with ThreadPoolExecutor(1) as others, work_on(engine, write=True):
        hold("a name")
        with pytest.raises(OperationalError, match="lock timeout"):
            others.submit(impatient).result()


def test_two_who_wait_for_each_other_do_not_wait_for_ever(engine: Engine) -> None:
    write_word(engine, "left")
    write_word(engine, "right")

    def turn(first: str, second: str) -> None:
        with work_on(engine, write=True):
            for word in (first, second):
                say_sql("UPDATE word SET text = text WHERE text = :word", word=word)
                say_sql("SELECT pg_sleep(0.3)")

    with ThreadPoolExecutor(2) as two:
        turns = [two.submit(turn, *words) for words in (("left", "right"), ("right", "left"))]
    refusals = [str(one.exception()) for one in turns if one.exception()]
    assert len(refusals) == 1
    assert "deadlock" in refusals[0]
