"""Whether two of the site's processes that make PDFs make twice as many as one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from benchmarks.measuring import Contender, Figure, at_least, compare
from webapp.pdfs import PdfProcess

__all__ = ["measure_workers"]

DOCUMENTS = 4
"""In each run."""

_SECONDS = 120.0


def measure_workers(page: str, rounds: int) -> Iterator[Figure]:
    """Make the same documents by turns with two processes and with one; both live and have made one before."""
    content = page.encode()
    with _started() as first, _started() as second:
        for process in (first, second):
            process.make(content, _SECONDS)
        both = Contender("two workers", partial(_share, (first, second), content), DOCUMENTS)
        one = Contender("one worker", partial(_share, (first,), content), DOCUMENTS)
        subject = "gap report by two workers, beside one"
        yield compare(subject, both, one, rounds=rounds, faster=True, target=at_least(1.7))


@contextmanager
def _started() -> Iterator[PdfProcess]:
    process = PdfProcess()
    try:
        yield process
    finally:
        process.stop()


def _share(processes: tuple[PdfProcess, ...], page: bytes) -> None:
    with ThreadPoolExecutor(len(processes)) as threads:
        list(threads.map(partial(_make, page, DOCUMENTS // len(processes)), processes))


def _make(page: bytes, count: int, process: PdfProcess) -> None:
    for _ in range(count):
        process.make(page, _SECONDS)
