"""The migrations make the tables that the code has, from nothing and from every earlier revision, and lose nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Engine, event, inspect, text

from webapp.db.engine import make_engine
from webapp.db.migrating import migrate, newest_revision
from webapp.db.mode import writing
from webapp.db.tables import Base
from webapp.migrations import FOLDER

REVISIONS = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]


@pytest.fixture
def engine(bare_database: str) -> Iterator[Engine]:
    """A database without tables."""
    made = make_engine(bare_database)
    yield made
    made.dispose()


def revision_of(engine: Engine) -> str | None:
    """The revision that the tables have."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def checks_of(engine: Engine) -> dict[str, set[str | None]]:
    """The names of every table's checks, which Alembic does not compare."""
    inspector = inspect(engine)
    return {name: {check["name"] for check in inspector.get_check_constraints(name)} for name in Base.metadata.tables}


def checks_meant() -> dict[str, set[str | None]]:
    """The names of the checks in the code."""
    return {
        name: {str(check.name) for check in table.constraints if isinstance(check, CheckConstraint)}
        for name, table in Base.metadata.tables.items()
    }


def test_every_revision_but_the_first_follows_one() -> None:
    assert len(REVISIONS) > 1
    assert REVISIONS[-1] == newest_revision()


def test_tables_made_from_nothing_are_those_of_the_code(engine: Engine) -> None:
    migrate(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []
    assert checks_of(engine) == checks_meant()


@pytest.mark.parametrize("revision", REVISIONS)
def test_older_tables_become_those_of_the_code_and_keep_their_rows(engine: Engine, revision: str) -> None:
    migrate(engine, revision)
    token = writing.set(True)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO organisation_group VALUES ('g', 'North', '2026-11-22 10:00:00')"))
    writing.reset(token)
    migrate(engine)
    assert revision_of(engine) == newest_revision()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM organisation_group")).scalar_one() == "North"
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migration_that_fails_at_its_last_step_leaves_nothing_behind(engine: Engine) -> None:
    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if f"version_num='{newest_revision()}'" in statement:
            raise RuntimeError("the last step")

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(RuntimeError, match="the last step"):
        migrate(engine)
    assert inspect(engine).get_table_names() == []

    event.remove(engine, "before_cursor_execute", fail)
    migrate(engine)
    assert revision_of(engine) == newest_revision()


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    migrate(engine)
    migrate(engine)
    assert revision_of(engine) == newest_revision()
