"""A backup is put back only once it is proven, and what was there before is kept."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.webapp.commands.test_backup import damage, files_in, run
from tests.webapp.conftest import MakePerson, MakeTeam, TestTeam
from webapp import create_app
from webapp.db.backups import BackupError
from webapp.db.backups.postgresql import PostgresqlKeeper
from webapp.db.tables import AuditEvent, LoginSession, Organisation
from webapp.site import Site


def names_in(app: Site) -> set[str]:
    """The organisations that there are."""
    with app.run_work(write=False) as work:
        return set(work.scalars(select(Organisation.name)))


def kept_in(folder: Path) -> list[Path]:
    """The databases that restoring kept."""
    return [path for path in folder.iterdir() if "before-restore" in path.name]


@pytest.fixture
def backup(app: Site, make_team: MakeTeam, tmp_path: Path) -> Path:
    """A backup with HMP Example; HMP Later came after it."""
    make_team()
    path = tmp_path / "backup"
    assert run(app, "backup", path).exit_code == 0
    make_team("HMP Later")
    app.engine.dispose()
    return path


def test_backup_takes_the_place_of_the_database_which_is_kept(app: Site, backup: Path, tmp_path: Path) -> None:
    result = run(app, "restore", backup)
    assert result.exit_code == 0, result.output
    assert names_in(app) == {"HMP Example"}
    (kept,) = kept_in(tmp_path)
    assert f"The database that was there is kept in {kept}" in result.output
    assert kept.stat().st_mode & 0o077 == 0 or app.engine.dialect.name == "sqlite"
    app.engine.dispose()
    assert run(app, "restore", kept).exit_code == 0, "what is kept is itself a backup"
    assert names_in(app) == {"HMP Example", "HMP Later"}


def test_backup_itself_stays_as_it_is(app: Site, backup: Path) -> None:
    before = backup.read_bytes()
    assert run(app, "restore", backup).exit_code == 0
    assert backup.read_bytes() == before


def test_everybody_is_signed_out_and_the_log_says_why(app: Site, backup: Path, make_person: MakePerson) -> None:
    assert "Everybody has to sign in again." in run(app, "restore", backup).output
    with app.run_work(write=True) as work:
        assert work.scalar(select(func.count()).select_from(LoginSession)) == 0
        assert work.scalar(select(func.count()).where(AuditEvent.event == "database_restored")) == 1
    ada = make_person("Ada")
    assert run(app, "administrator", ada.email).exit_code == 0
    assert "Restored the site from a backup" in ada.client.page("/administration/audit").words("table")


@pytest.mark.sqlite_only
def test_backup_is_put_where_no_database_is(app: Site, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "site.db").unlink()
    result = run(app, "restore", backup)
    assert result.exit_code == 0
    assert "is kept" not in result.output
    assert names_in(app) == {"HMP Example"}


@pytest.mark.sqlite_only
def test_damaged_database_is_replaced_and_kept(app: Site, backup: Path, tmp_path: Path) -> None:
    damage(app)
    assert run(app, "restore", backup).exit_code == 0
    assert names_in(app) == {"HMP Example"}
    assert len(kept_in(tmp_path)) == 1


Spoil = Callable[[Path], None]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def spoil_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 3000] = bytes(3000)
    path.write_bytes(content)


def change(statement: str) -> Spoil:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as copy:
            copy.executescript(statement)

    return spoil


_ORPHAN = "UPDATE membership SET organisation_id = 'nowhere'"
_TRIGGER = "CREATE TRIGGER t AFTER INSERT ON answer BEGIN DELETE FROM answer; END"
_DROP_ONE = "DROP TABLE audit_event"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda path: path.write_bytes(b""), "is no backup of a SQLite database"),
        (lambda path: path.write_text("organisation,kind\n"), "is no backup of a SQLite database"),
        (lambda path: path.write_bytes(b"PGDMP of another database"), "is no backup of a SQLite database"),
        (lambda path: path.unlink(), "cannot be read: No such file"),
        (cut, "is damaged"),
        (spoil_a_page, "is damaged"),
        (change(_ORPHAN), "is damaged"),
        (change("PRAGMA application_id = 42"), "another program’s database"),
        (change(_TRIGGER), "another program’s database"),
        (change("DROP TABLE alembic_version"), "no backup of this site"),
        (change("DELETE FROM alembic_version"), "no backup of this site"),
        (change("UPDATE alembic_version SET version_num = 'of_tomorrow'"), "of a newer release than this one"),
        (change("UPDATE alembic_version SET version_num = '0001'"), "could not be brought to the tables"),
        (change(_DROP_ONE), "could not be brought to the tables"),
        (change("CREATE TABLE theirs (id)"), "has beside its own, the tables theirs"),
    ],
)
def test_what_is_no_sound_backup_is_refused_and_nothing_is_changed(
    app: Site, backup: Path, tmp_path: Path, spoil: Spoil, why: str
) -> None:
    spoil(backup)
    before = files_in(tmp_path)
    result = run(app, "restore", backup)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert why in result.output or ("damaged" in why and "cannot be used" in result.output)
    assert result.output.count("\n") == 1
    assert names_in(app) == {"HMP Example", "HMP Later"}
    app.engine.dispose()
    assert files_in(tmp_path) == before


def test_database_is_not_taken_from_under_a_running_site(app: Site, backup: Path, tmp_path: Path) -> None:
    running = create_app(app.extensions["settings"])
    assert isinstance(running, Site)
    with running.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM organisation")).scalar() == 2
        connection.rollback()
        result = run(app, "restore", backup)
    running.engine.dispose()
    assert result.exit_code == 1
    assert "is: stop it, then restore again." in result.output or "uses its database: stop it" in result.output
    assert names_in(app) == {"HMP Example", "HMP Later"}
    assert not kept_in(tmp_path)


@pytest.mark.parametrize(
    ("revision", "why"),
    [("of_tomorrow", "of a newer release than this one"), ("0001", "could not be brought to the tables")],
)
def test_backup_of_other_tables_leaves_everything_as_it_was(
    app: Site, team: TestTeam, tmp_path: Path, revision: str, why: str
) -> None:
    current = set_revision(app, revision)
    assert run(app, "backup", tmp_path / "odd").exit_code == 0
    set_revision(app, current)
    result = run(app, "restore", tmp_path / "odd")
    assert result.exit_code == 1
    assert why in result.output
    assert names_in(app) == {team.name}
    assert set_revision(app, current) == current
    assert not kept_in(tmp_path)


# --- When something fails in the middle ---


def fail(*_: object) -> None:
    """As a disk does that is full."""
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("step", ["webapp.db.backups.swapping.put", "shutil.copyfileobj"])
def test_full_disk_is_told_in_one_line_and_the_database_stays(
    app: Site, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = files_in(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(step, fail)
        result = run(app, "restore", backup)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "No space left on device" in result.output
    assert str(tmp_path / "site.db") in result.output, "it says where the database is"
    assert result.output.count("\n") == 1
    assert names_in(app) == {"HMP Example", "HMP Later"}
    app.engine.dispose()
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("error", [RuntimeError, OSError, KeyboardInterrupt])
def test_whatever_fails_while_it_is_made_ready_the_database_is_as_it_was(
    app: Site, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def refuse(_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("webapp.commands.restore._prepare", refuse)
        assert run(app, "restore", backup).exit_code == 1
    assert names_in(app) == {"HMP Example", "HMP Later"}
    assert not kept_in(tmp_path)


@pytest.mark.postgresql_only
def test_database_that_cannot_be_put_back_either_is_kept_and_named(
    app: Site, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BackupError("No.")

    with monkeypatch.context() as patched:
        patched.setattr(PostgresqlKeeper, "_replace", refuse)
        result = run(app, "restore", backup)
    (kept,) = kept_in(tmp_path)
    assert result.exit_code == 1
    assert f"What was there is kept in {kept}: restore that." in result.output
    assert names_in(app) == {"HMP Example", "HMP Later"}
    app.engine.dispose()
    assert run(app, "restore", kept).exit_code == 0
    assert names_in(app) == {"HMP Example", "HMP Later"}


@pytest.mark.sqlite_only
def test_database_of_a_site_that_was_killed_is_kept_whole(app: Site, backup: Path, tmp_path: Path) -> None:
    journal = tmp_path / "site.db-wal"
    with app.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 0").close()
        connection.rollback()
        with app.run_work(write=True) as work:
            work.execute(text("UPDATE organisation SET name = 'HMP Last' WHERE name = 'HMP Later'"))
            work.commit()
        left, database = journal.read_bytes(), (tmp_path / "site.db").read_bytes()
    app.engine.dispose()
    (tmp_path / "site.db").write_bytes(database)
    journal.write_bytes(left)
    assert run(app, "restore", backup).exit_code == 0
    (kept,) = kept_in(tmp_path)
    with closing(sqlite3.connect(kept)) as database_kept:
        names = {name for (name,) in database_kept.execute("SELECT name FROM organisation")}
    assert names == {"HMP Example", "HMP Last"}


def set_revision(app: Site, revision: str) -> str:
    """Say that the tables are of another revision; the one that they were of."""
    with app.run_work(write=True) as work:
        before = work.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        work.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        work.commit()
    app.engine.dispose()
    return str(before)
