"""Parquet files are read through once by a process of its own before they are read here.

The library that reads them ends its whole process over some damaged files, and would take every other file of the batch
along. One process looks at all files of a batch; after one that ends it, another takes its place.
"""

from __future__ import annotations

import atexit
import sys
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Lock
from typing import BinaryIO

import polars as pl

__all__ = ["ROWS_AT_ONCE", "is_sound"]

ROWS_AT_ONCE = 20_000
"""So many rows are held in memory together, here and where they are read for good."""

_SOUND, _DAMAGED = b"1", b"0"


def is_sound(path: Path) -> bool:
    """Whether a file can be read to its end; it is there, and may be read.

    Raises:
        OSError: No process can be started.
    """
    with _one_at_a_time:
        process = _prober.start()
        return process.ask(path)


class _Prober:
    """The process that looks at files, once it is needed."""

    def __init__(self) -> None:
        self._process: Popen[bytes] | None = None

    def start(self) -> _Prober:
        """A process that lives."""
        if self._process is None or self._process.poll() is not None:
            self.stop()
            command = (sys.executable, "-P", __file__)
            self._process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)  # noqa: S603 - our own
        return self

    def ask(self, path: Path) -> bool:
        """Whether it can read a file; one that ends it is damaged."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise AssertionError("it was started with both pipes")
        process.stdin.write(f"{path.resolve().as_posix()!a}\n".encode())
        process.stdin.flush()
        answer = process.stdout.read(1)
        if not answer:
            process.wait()
        return answer == _SOUND

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


_one_at_a_time = Lock()
_prober = _Prober()
atexit.register(_prober.stop)


def _serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Look at files until there are no more: each line of the source is the name of one, as Python writes texts."""
    from ast import literal_eval

    for line in source:
        sink.write(_SOUND if _can_read(Path(literal_eval(line.decode()))) else _DAMAGED)
        sink.flush()


def _can_read(path: Path) -> bool:
    try:
        frame = pl.scan_parquet(path, glob=False)
        batches = frame.collect_batches(chunk_size=ROWS_AT_ONCE, maintain_order=True)
        # Where part of a file cannot be read, the batches may simply end before it.
        found, claimed = sum(batch.height for batch in batches), frame.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return False
    return bool(found == claimed)


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
