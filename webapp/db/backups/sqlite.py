"""Copies of a SQLite database: one file, which SQLite's own online backup makes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine
from sqlalchemy.exc import SQLAlchemyError

from webapp.db.backups.errors import BackupError
from webapp.db.backups.files import check_start, temporary_file, whole_file
from webapp.db.backups.keeper import Prepare
from webapp.db.backups.revisions import check_revision, check_tables, explain_failure
from webapp.db.backups.swapping import swap
from webapp.db.engine import make_engine

__all__ = ["APPLICATION_ID", "SqliteKeeper"]

APPLICATION_ID = 0x53415554
"""What SQLite keeps in a file to say whose it is; ours, in every backup."""

_MAGIC = b"SQLite format 3\0"
_NO_ID = 0
"""Of a file that somebody copied with another tool; its tables then say whether it is ours."""

_KIND = 0xFF
"""The bits of an error's code that say of what kind it is."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR)
"""What keeps nobody from restoring: a damaged database is what backups are for, and it is kept as it is."""

_RUNNING = "The site is running, or another command is: stop it, then restore again."


class SqliteKeeper:
    """Copies of a database in a file."""

    def __init__(self, engine: Engine) -> None:
        self._path = Path(engine.url.database or "").resolve()

    def take(self, path: Path, *, replace: bool) -> None:
        """See `Keeper`. One step reads one moment of the database, and keeps nobody from writing."""
        if not self._path.is_file():
            raise BackupError(f"There is no database at {self._path}.")
        with whole_file(path, replace=replace) as temporary, _told(self._path):
            _copy(self._path, temporary)

    def put_back(self, path: Path, *, kept: Path, prepare: Prepare) -> bool:
        """See `Keeper`. The copy is made ready beside the database, and takes its place in one step."""
        check_start(path, _MAGIC, "SQLite")
        with _staged(self._path, path) as staged, _told(path):
            _check_copy(staged)
            _prepare(staged, prepare)
            with closing(sqlite3.connect(staged)) as copy:
                _check_soundness(copy, "The restored database")
            return self._swap(staged, kept)

    def _swap(self, staged: Path, kept: Path) -> bool:
        if self._path.is_file():
            self._check_unused()
        return swap(staged, self._path, kept)

    def _check_unused(self) -> None:
        """Only who is alone with a database may change its journal, which also makes one file of it."""
        with closing(sqlite3.connect(self._path, timeout=0)) as present:
            try:
                present.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.DatabaseError as error:
                code = error.sqlite_errorcode & _KIND
                if code == sqlite3.SQLITE_BUSY:
                    raise BackupError(_RUNNING) from None
                if code not in _DAMAGED:
                    raise BackupError(f"{self._path} cannot be kept whole: {error}. Nothing was changed.") from None


@contextmanager
def _staged(path: Path, content: Path) -> Iterator[Path]:
    """A copy of a file beside a database, which is made ready there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary_file(path, content) as staged:
            yield staged
    except OSError as error:
        raise BackupError(f"No copy can be made beside {path}: {error.strerror}. Nothing was changed.") from None


def _copy(path: Path, target: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # so that the copy is one file, whoever opens it
        copy.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _check_soundness(copy, "The database")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in words what SQLite finds wrong with a file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path} cannot be used: {error}.") from None


def _check_copy(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        _check_soundness(copy, "The backup")
        (owner,) = copy.execute("PRAGMA application_id").fetchone()
        (foreign,) = copy.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()
        if owner not in (APPLICATION_ID, _NO_ID) or foreign:
            raise BackupError("The file is no backup of this site: it is another program’s database.")
        check_revision(_read_revision(copy))


def _check_soundness(connection: sqlite3.Connection, name: str) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != ("ok",) or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupError(f"{name} is damaged: its integrity check fails. Nothing was changed.")


def _read_revision(connection: sqlite3.Connection) -> str | None:
    is_there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if is_there else None
    return None if row is None else str(row[0])


def _prepare(path: Path, prepare: Prepare) -> None:
    engine = make_engine(URL.create("sqlite", database=str(path)).render_as_string())
    try:
        prepare(engine)
        check_tables(engine)
    except SQLAlchemyError as error:
        raise explain_failure(error) from None
    finally:
        engine.dispose()  # the last connection that closes makes one file of it
