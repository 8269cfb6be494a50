"""Copies of a PostgreSQL database: archives of ``pg_dump``, which read one moment and keep nobody from writing."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from webapp.db.backups.errors import BackupError
from webapp.db.backups.files import check_start, temporary_file, whole_file
from webapp.db.backups.keeper import Prepare
from webapp.db.backups.revisions import check_revision, check_tables, explain_failure

__all__ = ["PostgresqlKeeper"]

_MAGIC = b"PGDMP"
_PLAIN = ("--no-owner", "--no-privileges")
"""Whose the tables are is a matter of the database that gets them."""

_REVISION = re.compile(r"^COPY [^\n]*\balembic_version\b[^\n]*\n(\S+)$", re.MULTILINE)
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)
_RUNNING = "The site is running, or something else uses its database: stop it, then restore again."


class PostgresqlKeeper:
    """Copies of a database on a server, through the programs that come with PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        url = engine.url
        self._password = url.password or ""
        # Everybody on a machine can read how a program was called, so the password goes another way.
        without = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
        self._address = without.render_as_string(hide_password=False)

    def take(self, path: Path, *, replace: bool) -> None:
        """See `Keeper`."""
        with whole_file(path, replace=replace) as temporary:
            self._run("pg_dump", "--format=custom", *_PLAIN, f"--file={temporary}", f"--dbname={self._address}")
            self._check_soundness(temporary)

    def put_back(self, path: Path, *, kept: Path, prepare: Prepare) -> bool:
        """See `Keeper`. The tables take the place of the others in one transaction."""
        self._check(path)
        tables = self._list_tables()
        if tables:
            self.take(kept, replace=False)
        try:
            self._replace(tables, path, near=kept)
            self._prepare(prepare)
        except BaseException:  # somebody who interrupts it wants everything as it was, too
            self._undo(kept if tables else None, near=kept)
            raise
        return bool(tables)

    def _undo(self, before: Path | None, *, near: Path) -> None:
        """Put back what was there before, if anything; what is kept of it is deleted only then.

        Raises:
            BackupError: That failed too; the message says where it is kept.
        """
        try:
            self._replace(self._list_tables(), before, near=near)
        except (BackupError, SQLAlchemyError) as error:
            where = f"What was there is kept in {before}: restore that." if before else "There was nothing before."
            raise BackupError(f"The backup could not be put back, and that could not be undone. {where}") from error
        if before is not None:
            before.unlink()

    def _prepare(self, prepare: Prepare) -> None:
        try:
            prepare(self._engine)
            check_tables(self._engine)
        except SQLAlchemyError as error:
            raise explain_failure(error) from None

    def _list_tables(self) -> list[str]:
        """The tables, once nobody else uses them."""
        self._engine.dispose()  # of what this program itself holds open
        with self._engine.connect() as connection:
            if connection.execute(_OTHERS).scalar_one():
                raise BackupError(_RUNNING)
            tables = inspect(connection).get_table_names()
        self._engine.dispose()
        return tables

    def _replace(self, tables: Sequence[str], path: Path | None, *, near: Path) -> None:
        """Let an archive's tables, or none, take the place of others, or leave everything as it was.

        The archive is unpacked before, beside another file: one that were unpacked meanwhile and broke off would look
        as if it ended there.
        """
        names = ", ".join(f'"{name}"' for name in tables)
        drop = [f"--command=DROP TABLE {names} CASCADE"] if tables else []
        with _script(near) as script:
            if path is not None:
                self._run("pg_restore", *_PLAIN, f"--file={script}", str(path))
            once = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
            self._run("psql", *once, *drop, f"--file={script}", f"--dbname={self._address}")

    def _check(self, path: Path) -> None:
        check_start(path, _MAGIC, "PostgreSQL")
        self._check_soundness(path)
        found = _REVISION.search(
            self._run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(path))
        )
        check_revision(found[1] if found else None)

    def _check_soundness(self, path: Path) -> None:
        """Read all of an archive, so that one that was cut off is found before anything is changed."""
        self._run("pg_restore", f"--file={os.devnull}", str(path))

    def _run(self, program: str, *options: str) -> str:
        environment = os.environ | ({"PGPASSWORD": self._password} if self._password else {})
        try:
            done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
                [program, *options], capture_output=True, env=environment, check=False, text=True
            )
        except FileNotFoundError:
            raise BackupError(f"{program} is not installed: install PostgreSQL’s client programs.") from None
        if done.returncode:
            lines = done.stderr.strip().splitlines()
            raise BackupError(f"{program} failed: {lines[0] if lines else 'it did not say why'}")
        return done.stdout


@contextmanager
def _script(near: Path) -> Iterator[Path]:
    """A place for an archive that is unpacked."""
    try:
        with temporary_file(near) as script:
            yield script
    except OSError as error:
        raise BackupError(f"Nothing can be unpacked in {near.parent}: {error.strerror}.") from None
