"""What a folder of reports holds already, so that a batch that was interrupted does only what is missing."""

from __future__ import annotations

import json
from pathlib import Path

from selfassess.batch.tasks import ReportTask
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
        self._path = output.path / FOLDER / _NAME
        self._done: dict[str, tuple[str, list[int]]] = {}
        if self._path.is_file():
            for line in self._path.read_bytes().splitlines():
                self._read_line(line)

    def _read_line(self, line: bytes) -> None:
        try:
            entry = json.loads(line)
            self._done[entry["stem"]] = (entry["key"], entry["sizes"])
        except (ValueError, TypeError, KeyError):
            return

    def has(self, task: ReportTask) -> bool:
        """Whether the task's files are there, whole, and made from the same answers, standard and version."""
        key, sizes = self._done.get(task.stem, ("", []))
        return key == task.key and sizes == [_size(self._output.path / FOLDER / name) for name in task.files]

    def add(self, task: ReportTask, contents: tuple[bytes, ...]) -> list[Path]:
        """Write the task's files, each in one step, and then the line that says so."""
        for name, content in zip(task.files, contents, strict=True):
            with self._output.replace(f"{FOLDER}/{name}") as partial:
                partial.write_bytes(content)
        line = json.dumps({"stem": task.stem, "key": task.key, "sizes": [len(content) for content in contents]})
        try:
            with self._path.open("a", encoding="utf-8") as stream:
                # A line break first, in case the last line was cut off.
                stream.write(f"\n{line}\n")
        except OSError as error:
            raise OutputError(f"{self._path} cannot be written: {error.strerror}") from None
        return [self._output.path / FOLDER / name for name in task.files]


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1
