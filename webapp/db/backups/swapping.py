"""One database's file in the place of another: whatever fails or is killed, a whole one has the name."""

from __future__ import annotations

from pathlib import Path

from webapp.db.backups.errors import BackupError
from webapp.db.backups.files import COMPANIONS, put, sync, temporary_file

__all__ = ["swap"]

_PARTS = ("", *COMPANIONS)


def swap(staged: Path, path: Path, kept: Path) -> bool:
    """Give a file the name of a database, which is kept under another name.

    The database that is there gets its second name first, and loses its own only to the new one, in one step.

    Args:
        staged: The new one, whole, in the same folder.
        path: The name.
        kept: The other name for the database that is there; nothing has it yet.

    Returns:
        Whether there was a database, which is kept now.

    Raises:
        BackupError: The disk refused something; the message says where the database is that was there.
    """
    is_there = path.is_file()
    try:
        _keep(path, kept)
        # What a damaged database, or one that was deleted, left beside it SQLite would take for the new one's.
        for ending in COMPANIONS:
            _part(path, ending).unlink(missing_ok=True)
        put(staged, path)
    except OSError as error:
        raise _undo(staged, path, kept, is_there=is_there, error=error) from None
    return is_there


def _part(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _keep(path: Path, kept: Path) -> None:
    for ending in _PARTS:
        if _part(path, ending).is_file():
            _name_again(_part(path, ending), _part(kept, ending))
    sync(kept.parent)


def _name_again(path: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(path)
    except OSError:  # not every file system, and not every owner, may give a file two names
        with temporary_file(kept, path) as copy:
            put(copy, kept)


def _undo(staged: Path, path: Path, kept: Path, *, is_there: bool, error: OSError) -> BackupError:
    """Let everything be as it was, and say what failed and where the database is."""
    failed = f"The backup could not be put in the place of the database: {error.strerror}."
    try:
        _put_back(staged, path, kept, is_there=is_there)
    except OSError:
        where = kept if kept.is_file() else path
        return BackupError(f"{failed} The database that was there is in {where}." if is_there else failed)
    return BackupError(f"{failed} The database that was there is in {path}, as it was." if is_there else failed)


def _put_back(staged: Path, path: Path, kept: Path, *, is_there: bool) -> None:
    if not staged.exists():  # it has the name already
        if is_there:
            kept.replace(path)
        else:
            path.unlink()
    for ending in _PARTS:
        part, other = _part(path, ending), _part(kept, ending)
        if part.is_file():
            other.unlink(missing_ok=True)
        elif other.is_file():
            other.replace(part)
    sync(path.parent)
