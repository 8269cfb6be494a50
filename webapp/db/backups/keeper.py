"""Who takes and puts back copies of a database, for every kind of database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

__all__ = ["Keeper", "Prepare", "make_keeper"]

Prepare = Callable[[Engine], None]
"""Brings a database that was put back to the tables of this release."""


class Keeper(Protocol):
    """Takes and puts back copies."""

    def take(self, path: Path, *, replace: bool) -> None:
        """Copy the database as it is at one moment, while people write.

        Args:
            path: The file that is to hold the copy.
            replace: Whether it may take the place of a file that is there.

        Raises:
            BackupError: The copy cannot be taken; there is no file then, or the one that was there.
        """

    def put_back(self, path: Path, *, kept: Path, prepare: Prepare) -> bool:
        """Put a copy in the place of the database.

        Args:
            path: The copy; it is only read.
            kept: The file in which the present database is kept.
            prepare: Brings the copy to the tables of this release.

        Returns:
            Whether there was a database, which is kept now.

        Raises:
            BackupError: The copy is no backup, is damaged or of a newer release, or the site is running. The database
                is as it was.
        """


def make_keeper(engine: Engine) -> Keeper:
    """The keeper of the copies of a database."""
    if engine.dialect.name == "sqlite":
        from webapp.db.backups.sqlite import SqliteKeeper

        return SqliteKeeper(engine)
    from webapp.db.backups.postgresql import PostgresqlKeeper

    return PostgresqlKeeper(engine)
