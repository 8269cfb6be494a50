"""Whether two of the site's processes that make PDFs make twice as many as one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from benchmarks.measuring import Contender, Figure, at_least, compare
from webapp.pdfs import PdfProcess

__all__ = ["measure_workers"]

DOCUMENTS = 4
"""In each run."""

_SECONDS = 120.0


def measure_workers(page: str, rounds: int) -> Iterator[Figure]:
    """Make the same documents by turns with two processes and with one; both live and have made one before."""
    first, second = PdfProcess(), PdfProcess()
    content = page.encode()
    for process in (first, second):
        process.make(content, _SECONDS)
    both = Contender("two workers", partial(_share, (first, second), content), DOCUMENTS)
    one = Contender("one worker", partial(_share, (first,), content), DOCUMENTS)
    yield compare("gap report by two workers, beside one", both, one, rounds=rounds, faster=True, target=at_least(1.7))
    first.stop()
    second.stop()


def _share(processes: tuple[PdfProcess, ...], page: bytes) -> None:
    with ThreadPoolExecutor(len(processes)) as threads:
        list(threads.map(partial(_make, page, DOCUMENTS // len(processes)), processes))


def _make(page: bytes, count: int, process: PdfProcess) -> None:
    for _ in range(count):
        process.make(page, _SECONDS)
