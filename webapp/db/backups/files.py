"""Files that are whole or not there, and that nobody else on the machine may read."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from webapp.db.backups.errors import BackupError

__all__ = [
    "COMPANIONS",
    "REMAINS_FOR",
    "check_start",
    "delete_remains",
    "put",
    "sync",
    "temporary_file",
    "whole_file",
]

_OWNER_ONLY = 0o600
COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite may leave beside a file that it was interrupted with."""

REMAINS_FOR = timedelta(days=1)
"""How long half of a copy of the database may lie about that somebody interrupted; a whole one takes less."""

_REMAINS = ".*." + "[0-9a-f]" * 8 + ".part"
"""How temporary files are called, whatever the copy's own name was to be."""


def check_start(path: Path, magic: bytes, kind: str) -> None:
    """Refuse a file that does not begin as copies of a kind of database do.

    Raises:
        BackupError: It does not, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(magic))
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from None
    if start != magic:
        raise BackupError(f"{path} is no backup of a {kind} database, which is what this site uses.")


@contextmanager
def whole_file(path: Path, *, replace: bool) -> Iterator[Path]:
    """A place to write a file to, which gets its name only once it is whole and on the disk.

    What copies that were killed left in the same folder is deleted first, when it is old enough.

    Args:
        path: The name that it gets.
        replace: Whether it may take the place of a file that is there.

    Raises:
        BackupError: It is there already, or cannot be written.
    """
    if path.exists() and not replace:
        raise BackupError(f"{path} is there already. Choose another name, or add --replace to write over it.")
    try:
        delete_remains(path.parent)
        with temporary_file(path) as temporary:
            yield temporary
            put(temporary, path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from None


@contextmanager
def temporary_file(beside: Path, content: Path | None = None) -> Iterator[Path]:
    """A file of its owner's alone, which goes away unless it is put elsewhere.

    Args:
        beside: The file in whose folder it is made, so that it can be put there in one step.
        content: What it holds at first.
    """
    path = beside.with_name(f".{beside.name}.{uuid4().hex[:8]}.part")
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY), "wb") as file:
            if content is not None:
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file)
        yield path
    finally:
        for name in (path.name, *(path.name + ending for ending in COMPANIONS)):
            with suppress(OSError):  # then it is deleted with the remains of copies that were killed
                path.with_name(name).unlink(missing_ok=True)


def delete_remains(folder: Path) -> int:
    """Delete what copies that were killed left in a folder.

    Their age is what the disk says, which does not follow the clock of a test.

    Returns:
        How many files they were.
    """
    oldest = time.time() - REMAINS_FOR.total_seconds()
    found = [path for ending in ("", *COMPANIONS) for path in folder.glob(_REMAINS + ending)]
    return sum(_delete(path) for path in found if path.lstat().st_mtime < oldest)


def _delete(path: Path) -> bool:
    """Delete a file; what somebody else left may stay, and keeps nobody from taking a copy."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def put(temporary: Path, path: Path) -> None:
    """Give a file its name in one step, and let it survive a power cut."""
    sync(temporary)
    temporary.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
