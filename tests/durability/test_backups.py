"""Backups that are taken while people write hold one moment; those of an earlier release lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, MetaData, Table, insert, select, text

from selfassess import Answer
from tests.figures import Figure
from tests.webapp.commands.test_backup import run
from tests.webapp.conftest import TestTeam, make_settings
from tests.webapp.databases import Databases
from webapp import create_app
from webapp.db.migrating import migrate, newest_revision
from webapp.db.mode import writing
from webapp.site import Site
from webapp.store.answers import Draft, list_answers, save_answers
from webapp.store.assessments import create_assessment, get_assessment, get_open_assessment
from webapp.store.scope import get_scope

pytestmark = pytest.mark.slow

BACKUPS = 20
WRITERS = 2
PREVIOUS = "0002"
"""The revision of the release before this one's tables."""

GONE = {"login_session", "alembic_version"}
"""Tables that restoring changes on purpose: everybody is signed out, and the tables are brought up to date."""


@contextmanager
def opened(address: str, folder: Path) -> Iterator[Site]:
    """A site on another database."""
    app = create_app(make_settings(folder, database_url=address))
    assert isinstance(app, Site)
    try:
        yield app
    finally:
        app.engine.dispose()


# --- While people write ---


class Writer:
    """Somebody who saves all answers of an assessment again and again, each time with the same note."""

    def __init__(self, app: Site, team: TestTeam) -> None:
        self.app, self.team = app, team
        self.saved = 0
        with app.run_work(write=True) as work:
            self.assessment = create_assessment(self._scope(), title="2026", day=date(2026, 11, 1))
            work.commit()

    def write_until(self, stop: Event) -> None:
        while not stop.is_set():
            with self.app.run_work(write=True) as work:
                record = get_open_assessment(self._scope(), self.assessment)
                answer = Answer(level=1, note=f"save {self.saved + 1}")
                asked = record.standard.asked(record.questionnaire, "prison")
                save_answers(self._scope(), record, [Draft(each.id, answer, self.saved) for each in asked])
                work.commit()
            self.saved += 1

    def notes_in(self, app: Site) -> set[str]:
        """The notes of all answers, as a site has them."""
        with app.run_work(write=False):
            answers = list_answers(get_assessment(self._scope(), self.assessment))
        return {saved.answer.note for saved in answers.values()}

    def _scope(self) -> Any:
        return get_scope(user_id=self.team.owner.id, organisation_id=self.team.organisation_id)


def test_backups_taken_while_people_write_hold_one_moment_each(
    app: Site, team: TestTeam, tmp_path: Path, databases: Databases, figure: Figure
) -> None:
    writers, stop = [Writer(app, team) for _ in range(WRITERS)], Event()
    with ThreadPoolExecutor(WRITERS) as people:
        jobs = [people.submit(writer.write_until, stop) for writer in writers]
        taken = []
        for number in range(BACKUPS):
            while sum(writer.saved for writer in writers) < 2 * number:
                stop.wait(0.01)
            before = [writer.saved for writer in writers]
            result = run(app, "backup", tmp_path / f"backup-{number}")
            assert result.exit_code == 0, result.output
            taken.append((tmp_path / f"backup-{number}", before, [writer.saved for writer in writers]))
        stop.set()
        for job in jobs:
            job.result()
    assert any(before != after for _, before, after in taken), "nobody wrote meanwhile"
    for number, (path, before, after) in enumerate(taken):
        check_moment(path, tmp_path / f"restored-{number}", databases, writers, before, after)
    figure("backups taken while people wrote, each of one moment", BACKUPS)
    figure("saves of 73 answers during these backups", sum(writer.saved for writer in writers))


def check_moment(
    path: Path, folder: Path, databases: Databases, writers: list[Writer], before: list[int], after: list[int]
) -> None:
    """A backup has no save by halves, none that came later, and lacks none that was acknowledged before."""
    folder.mkdir()
    address = databases.make(folder)
    with opened(address, folder) as app:
        assert run(app, "restore", path).exit_code == 0
        for writer, least, most in zip(writers, before, after, strict=True):
            notes = writer.notes_in(app)
            assert len(notes) <= 1, f"half of a save: {notes}"
            number = int(next(iter(notes), "save 0").removeprefix("save "))
            assert least <= number <= most + 1  # the last one may be acknowledged after the backup has it
    databases.drop(address)


# --- Of an earlier release ---


@pytest.fixture
def demonstration(app: Site) -> Site:
    """A site with something in nearly every table."""
    result = run(app, "demo")
    assert result.exit_code == 0, result.output
    return app


def test_backup_of_the_previous_release_loses_no_answer(
    demonstration: Site, databases: Databases, tmp_path: Path, figure: Figure
) -> None:
    assert newest_revision() != PREVIOUS
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    earlier = databases.make(old)
    with opened(earlier, old) as app:
        migrate(app.engine, PREVIOUS)
        meant = copy_rows(demonstration.engine, app.engine)
        assert run(app, "backup", tmp_path / "kept").exit_code == 0
    databases.drop(earlier)
    later = databases.make(new)
    with opened(later, new) as app:
        result = run(app, "restore", tmp_path / "kept")
        assert result.exit_code == 0, result.output
        tables = reflect(app.engine)
        assert rows_of(app.engine, tables["alembic_version"]) == [{"version_num": newest_revision()}]
        for name, rows in meant.items():
            columns = set(rows[0]) if rows else set()
            found = rows_of(app.engine, tables[name])
            kept = [{key: row[key] for key in columns} for row in found]
            assert all(row in kept for row in rows), name
            assert len(found) == len(rows) + (name == "audit_event"), "the log tells of the restoring"
        assert {row["kind"] for row in rows_of(app.engine, tables["plan_action_change"])} <= {"saved"}
    databases.drop(later)
    answers = len(meant["answer"])
    assert answers > 100
    figure(f"answers in a backup of revision {PREVIOUS}, all found after restoring", answers)
    figure("tables of that backup compared row by row", len(meant))


def copy_rows(source: Engine, target: Engine) -> dict[str, list[dict[str, Any]]]:
    """Fill older tables with what newer ones hold, as far as the older ones had it."""
    newer, older = reflect(source), reflect(target)
    meant = {}
    token = writing.set(True)
    with closing(target.connect()) as connection:
        for table in older.values():
            if table.name not in GONE:
                rows = [{key: row[key] for key in table.columns.keys()} for row in rows_of(source, newer[table.name])]  # noqa: SIM118
                meant[table.name] = rows
                if rows:
                    connection.execute(insert(table), rows)
        if target.dialect.name == "postgresql":
            count_on(connection, meant)
        connection.commit()
    writing.reset(token)
    return meant


def count_on(connection: Connection, meant: dict[str, list[dict[str, Any]]]) -> None:
    """Let numbered rows that come later follow those that were copied."""
    for name, rows in meant.items():
        if rows and isinstance(rows[0].get("id"), int):
            last = max(row["id"] for row in rows)
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})"))


def reflect(engine: Engine) -> dict[str, Table]:
    """The tables as the database has them, those first to which others refer."""
    metadata = MetaData()
    metadata.reflect(engine)
    return {table.name: table for table in metadata.sorted_tables}


def rows_of(engine: Engine, table: Table) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(select(table))]
