"""Whatever the disk refuses, and wherever it is killed: a whole database has the name, and the old one is not lost."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.figures import Figure
from webapp.db.backups import BackupError
from webapp.db.backups.swapping import swap

STEPS = ("link", "open", "fsync", "replace", "unlink")
"""What changes anything on the disk, or waits for it."""

MOST = 40


class Killed(BaseException):
    """The end of the process."""


class Disk:
    """Counts the steps of a swap, and refuses some of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, refuses: Callable[[int, str], BaseException | None]) -> None:
        self.steps: list[str] = []
        self._refuses = refuses
        for name in STEPS:
            monkeypatch.setattr(os, name, self._watch(name, getattr(os, name)))

    def _watch(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:
            self.steps.append(name)
            error = self._refuses(len(self.steps), name)
            if error is not None:
                raise error
            return work(*arguments, **options)

        return watched


def make(path: Path, content: str) -> Path:
    """A database that says what it is."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (c)")
        database.execute("INSERT INTO t VALUES (?)", (content,))
        database.commit()
    return path


def read(path: Path) -> str:
    """What a database says that it is, once it is found whole."""
    assert path.is_file(), f"no database at {path.name}"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return str(database.execute("SELECT c FROM t").fetchone()[0])


class Place:
    """A folder with a database, another that is to take its place, and what became of them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.live, self.kept = folder / "site.db", folder / "site.db.before-restore"
        make(self.live, "old")
        self.staged = make(folder / ".site.db.12345678.part", "new")

    def swap(self) -> str:
        """Swap them; what it says."""
        try:
            return "" if swap(self.staged, self.live, self.kept) else "there was none"
        except BackupError as error:
            return str(error)

    def others(self) -> set[str]:
        """The files beside the two databases."""
        return {path.name for path in self.folder.iterdir()} - {self.live.name, self.staged.name}


def no_links(number: int, name: str) -> OSError | None:
    """As a file system on which a file has one name."""
    del number
    return OSError(errno.EPERM, "Operation not permitted") if name == "link" else None


def test_database_gives_its_name_to_the_other_and_keeps_another(tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    assert place.swap() == ""
    assert (read(place.live), read(place.kept)) == ("new", "old")
    assert place.others() == {place.kept.name}


def test_database_is_copied_where_a_file_has_one_name_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path / "place")
    with monkeypatch.context() as patched:
        Disk(patched, no_links)
        assert place.swap() == ""
    assert (read(place.live), read(place.kept)) == ("new", "old")
    assert place.kept.stat().st_mode & 0o077 == 0
    assert place.others() == {place.kept.name}


@pytest.mark.parametrize("links", [True, False], ids=["linked", "copied"])
@pytest.mark.parametrize("how", ["once", "from then on", "killed"])
def test_whole_database_has_the_name_wherever_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: Figure, how: str, links: bool
) -> None:
    step = 0
    for step in range(1, MOST):
        place = Place(tmp_path / str(step))

        def refuse(number: int, name: str, step: int = step) -> BaseException | None:
            if number == step or (number > step and how != "once"):
                return Killed() if how == "killed" else OSError(errno.EIO, "Input/output error")
            return None if links else no_links(number, name)

        with monkeypatch.context() as patched:
            disk = Disk(patched, refuse)
            try:
                said = place.swap()
            except Killed:
                said = "killed"
        check(place, said, how)
        if len(disk.steps) < step:
            break
    assert 5 < step < MOST - 1, "not every step was reached"
    figure("steps of putting a backup back at which the disk failed or the program was killed", step - 1)


def check(place: Place, said: str, how: str) -> None:
    """The one or the other is whole under the name, and nobody has to guess where the old one is."""
    live = read(place.live)
    if said == "":
        assert (live, read(place.kept)) == ("new", "old")
    elif said == "killed":
        assert live == "old" or read(place.kept) == "old"
    else:
        assert "Input/output error" in said
        told = place.kept if str(place.kept) in said else place.live
        assert f"in {told}" in said
        assert read(told) == "old", said
        if how == "once":
            assert said.endswith(f"in {place.live}, as it was.")
            assert not place.others()


def test_what_a_deleted_database_left_does_not_spoil_the_new_one(tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    with closing(sqlite3.connect(place.live)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE t SET c = 'written last'")
        writer.commit()
        left = place.live.with_name("site.db-wal").read_bytes()
    place.live.unlink()
    place.live.with_name("site.db-wal").write_bytes(left)
    assert place.swap() == "there was none"
    assert read(place.live) == "new"
    assert place.kept.with_name(place.kept.name + "-wal").read_bytes() == left


def test_journal_of_a_damaged_database_is_back_when_it_could_not_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path / "place")
    journal = place.live.with_name("site.db-wal")
    journal.write_text("what was written last")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", lambda path, to: replace(path, to, place.staged))
        said = place.swap()
    assert "Device or resource busy" in said
    assert said.endswith(f"in {place.live}, as it was.")
    assert journal.read_text() == "what was written last"
    assert place.others() == {journal.name}


def replace(path: Path, to: Path, refused: Path) -> None:
    """Rename every file but one."""
    if path == refused:
        raise OSError(errno.EBUSY, "Device or resource busy")
    os.replace(path, to)  # noqa: PTH105 - the method is what is replaced here
