"""A backup is whole, sound and private, or there is none."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from tests.webapp.conftest import TestTeam
from webapp.db.backups import REMAINS_FOR, BackupError
from webapp.db.backups.postgresql import PostgresqlKeeper
from webapp.db.engine import make_engine
from webapp.site import Site


def run(app: Site, *words: str | Path) -> Result:
    """What a command prints, and how it ends."""
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def files_in(folder: Path) -> set[str]:
    """The names of all files, hidden ones too."""
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def safe(tmp_path: Path) -> Path:
    """A folder for backups."""
    folder = tmp_path / "safe"
    folder.mkdir()
    return folder


def test_backup_is_one_private_file(app: Site, team: TestTeam, safe: Path) -> None:
    assert team.organisation_id
    result = run(app, "backup", safe / "today")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"The database is copied to {safe / 'today'} (")
    assert files_in(safe) == {"today"}
    assert (safe / "today").stat().st_mode & 0o777 == 0o600


@pytest.mark.sqlite_only
def test_backup_holds_what_was_committed_and_nothing_else(app: Site, team: TestTeam, safe: Path) -> None:
    with app.run_work(write=True) as work:
        work.connection().exec_driver_sql("UPDATE organisation SET name = 'Never committed'")
        assert run(app, "backup", safe / "today").exit_code == 0
    with closing(sqlite3.connect(safe / "today")) as copy:
        assert copy.execute("SELECT name FROM organisation").fetchall() == [(team.name,)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_backup_that_is_there_is_written_over_only_when_told(app: Site, safe: Path) -> None:
    (safe / "today").write_text("of yesterday")
    refused = run(app, "backup", safe / "today")
    assert refused.exit_code == 1
    assert "is there already. Choose another name, or add --replace" in refused.output
    assert (safe / "today").read_text() == "of yesterday"
    assert run(app, "backup", safe / "today", "--replace").exit_code == 0
    assert (safe / "today").stat().st_size > len("of yesterday")


def test_what_killed_backups_left_is_deleted_once_it_is_a_day_old(app: Site, safe: Path) -> None:
    old = {".2026-11-20.0123abcd.part", ".2026-11-20.0123abcd.part-journal"}
    new, others = {".2026-11-22.89abcdef.part"}, {"2026-11-20", ".notes.part", ".2026-11-20.0123abcd.parts"}
    for name in old | new | others:
        (safe / name).touch()
        if name not in new:
            moment = time.time() - REMAINS_FOR.total_seconds() - 60
            os.utime(safe / name, (moment, moment))
    assert run(app, "backup", safe / "2026-11-22").exit_code == 0
    assert files_in(safe) == new | others | {"2026-11-22"}


def test_folder_that_is_not_there_is_told(app: Site, safe: Path) -> None:
    result = run(app, "backup", safe / "none" / "today")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "cannot be written: No such file or directory." in result.output


@pytest.mark.sqlite_only
def test_database_that_is_not_there_is_told_and_not_made(app: Site, safe: Path) -> None:
    database = Path(app.engine.url.database or "")
    database.unlink()
    assert f"There is no database at {database}." in run(app, "backup", safe / "today").output
    assert not database.exists()
    assert not files_in(safe)


@pytest.mark.sqlite_only
def test_damaged_database_leaves_the_backup_that_was_there(app: Site, team: TestTeam, safe: Path) -> None:
    assert team.organisation_id
    assert run(app, "backup", safe / "today").exit_code == 0
    before = (safe / "today").read_bytes()
    damage(app)
    result = run(app, "backup", safe / "today", "--replace")
    assert result.exit_code == 1
    assert "is damaged" in result.output or "cannot be used" in result.output
    assert (safe / "today").read_bytes() == before
    assert files_in(safe) == {"today"}


def damage(app: Site) -> None:
    """Spoil a page in the middle of the database's file."""
    with app.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
    app.engine.dispose()
    path = Path(app.engine.url.database or "")
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(content)


def test_password_of_the_database_is_not_in_a_program_s_arguments(safe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = safe / "programs"
    programs.mkdir()
    (programs / "pg_dump").write_text(f'#!/bin/sh\necho "$PGPASSWORD" "$@" > {safe}/called\nexit 1\n')
    (programs / "pg_dump").chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    engine = make_engine("postgresql+psycopg://site:a%40secret@db.example:5433/site?sslmode=require")
    with pytest.raises(BackupError, match="pg_dump failed"):
        PostgresqlKeeper(engine).take(safe / "today", replace=False)
    password, *arguments = (safe / "called").read_text().split()
    assert password == "a@secret"  # noqa: S105
    assert "--dbname=postgresql://site@db.example:5433/site?sslmode=require" in arguments
    assert "secret" not in " ".join(arguments)


def test_missing_program_is_told(safe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(safe))
    engine = make_engine("postgresql+psycopg://site@db.example/site")
    with pytest.raises(BackupError, match="pg_dump is not installed"):
        PostgresqlKeeper(engine).take(safe / "today", replace=False)
    assert not files_in(safe)
