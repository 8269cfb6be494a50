"""What a folder of reports holds already, so that a batch that was interrupted does only what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from selfassess.batch.tasks import ReportTask, name_files
from selfassess.batch.writing import OutputFolder
from selfassess.errors import OutputError

__all__ = ["Manifest"]

_NAME = "manifest.jsonl"

FOLDER = "reports"
"""Where the reports are, inside the output."""


class Manifest:
    """One line for each organisation whose reports are whole, added when they are.

    A line that was cut off, because the machine stopped while it was written, counts as not there.
    """

    def __init__(self, output: OutputFolder) -> None:
        """Read what is done."""
        self._output = output
        self.folder = output.path / FOLDER
        self._path = self.folder / _NAME
        self._done: dict[str, tuple[str, list[int]]] = {}
        if self._path.is_file():
            for line in self._path.read_bytes().splitlines():
                self._read_line(line)

    def _read_line(self, line: bytes) -> None:
        try:
            entry = json.loads(line)
            name_files(entry["stem"])
            self._done[entry["stem"]] = (entry["key"], [int(size) for size in entry["sizes"]])
        except (ValueError, TypeError, KeyError):
            return

    def has(self, task: ReportTask) -> bool:
        """Whether the task's files are there, whole, and made from the same answers, standard and version."""
        key, sizes = self._done.get(task.stem, ("", []))
        return key == task.key and sizes == [_size(self.folder / name) for name in task.files]

    def add(self, task: ReportTask, contents: tuple[bytes, ...]) -> list[Path]:
        """Write the task's files, each in one step, and then the line that says so."""
        for name, content in zip(task.files, contents, strict=True):
            with self._output.replace(f"{FOLDER}/{name}") as partial:
                partial.write_bytes(content)
        self._done[task.stem] = (task.key, [len(content) for content in contents])
        try:
            with self._path.open("a", encoding="utf-8") as stream:
                # A line break first, in case the last line was cut off.
                stream.write(f"\n{self._line_of(task.stem)}\n")
        except OSError as error:
            raise OutputError(f"{self._path} cannot be written: {error.strerror}") from None
        return [self.folder / name for name in task.files]

    def list_others(self, stems: Iterable[str]) -> list[Path]:
        """The files of everybody else, where they are still as they were written."""
        others = sorted(self._done.keys() - set(stems))
        return [path for stem in others for path in self._list_unchanged(stem)]

    def remove_others(self, stems: Iterable[str]) -> list[Path]:
        """Remove those files; returned are their paths. What somebody else put there or changed stays."""
        kept = set(stems)
        removed = self.list_others(kept)
        if self._done.keys() <= kept:
            return removed
        try:
            for path in removed:
                path.unlink()
        except OSError as error:
            raise OutputError(f"{path} cannot be removed: {error.strerror}") from None
        self._done = {stem: entry for stem, entry in self._done.items() if stem in kept}
        with self._output.replace(f"{FOLDER}/{_NAME}") as partial:
            partial.write_text("".join(f"{self._line_of(stem)}\n" for stem in self._done), "utf-8")
        return removed

    def _list_unchanged(self, stem: str) -> list[Path]:
        paths = [self.folder / name for name in name_files(stem)]
        return [path for path, size in zip(paths, self._done[stem][1], strict=False) if _size(path) == size]

    def _line_of(self, stem: str) -> str:
        key, sizes = self._done[stem]
        return json.dumps({"stem": stem, "key": key, "sizes": sizes})


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1
