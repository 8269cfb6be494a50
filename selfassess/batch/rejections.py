"""What was not scored, in the order of the files; however much it is, little of it is in memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from tempfile import TemporaryFile
from typing import IO, overload
from weakref import finalize

from selfassess.batch.blocks import Rejection
from selfassess.errors import Fault

__all__ = ["Rejections"]

KEPT = 20_000
"""So many are kept as they are; the others wait in a file, because a row with all its cells and reasons is large."""

_SIZE_BYTES = 4


class Rejections(Sequence[Rejection]):
    """Rejections by file and row."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: list[tuple[int, str, int, Rejection | int]] = []
        self._fault_counts: Counter[int] = Counter()
        self._end = 0
        self._headers: list[tuple[str, ...]] = []
        self._header_places: dict[tuple[str, ...], int] = {}

    @property
    def fault_count(self) -> int:
        """How many faults all of them have."""
        return self._fault_counts.total()

    def add(self, part: int, item: Rejection) -> None:
        """Take one more.

        Args:
            part: Where its file stands among the files.
            item: The rejection.
        """
        kept = item if len(self._held) < KEPT else self._write(item)
        self._held.append((part, item.file, item.row, kept))
        self._fault_counts[part] += len(item.faults)

    def forget(self, part: int) -> None:
        """Leave out what was said of a file so far."""
        self._held = [entry for entry in self._held if entry[0] != part]
        del self._fault_counts[part]

    def sort(self) -> None:
        """Bring them into the order of the files and their rows."""
        self._held.sort(key=lambda entry: entry[:3])

    def __len__(self) -> int:
        """How many there are."""
        return len(self._held)

    @overload
    def __getitem__(self, at: int) -> Rejection: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Rejection]: ...

    def __getitem__(self, at: int | slice) -> Rejection | Sequence[Rejection]:
        """One of them, or some."""
        if isinstance(at, slice):
            return [self._take(*entry) for entry in self._held[at]]
        return self._take(*self._held[at])

    def __iter__(self) -> Iterator[Rejection]:
        """All of them, of which one at a time is in memory."""
        return (self._take(*entry) for entry in self._held)

    def _take(self, _part: int, file: str, row: int, kept: Rejection | int) -> Rejection:
        return kept if isinstance(kept, Rejection) else self._read(file, row, kept)

    def _write(self, item: Rejection) -> int:
        """Put it into the file; returned is where."""
        faults = [(fault.file, fault.line, fault.place, fault.problem, fault.remedy) for fault in item.faults]
        header = self._header_places.setdefault(item.header, len(self._headers))
        if header == len(self._headers):
            self._headers.append(item.header)
        flags = (item.is_heading, item.is_whole_file)
        raw = json.dumps((item.organisation, faults, header, item.cells, item.because, flags)).encode()
        place = self._end
        self._spool.seek(place)
        self._end += self._spool.write(len(raw).to_bytes(_SIZE_BYTES, "little") + raw)
        return place

    @cached_property
    def _spool(self) -> IO[bytes]:
        """The file; it goes away with what it belongs to."""
        spool = TemporaryFile()  # noqa: SIM115
        finalize(self, spool.close)
        return spool

    def _read(self, file: str, row: int, place: int) -> Rejection:
        self._spool.seek(place)
        size = int.from_bytes(self._spool.read(_SIZE_BYTES), "little")
        organisation, faults, header, cells, because, flags = json.loads(self._spool.read(size))
        found = tuple(Fault(*fault) for fault in faults)
        return Rejection(file, row, organisation, found, self._headers[header], cells, because, *flags)
