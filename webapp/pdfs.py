"""PDFs are made in processes of their own, never more at a time than the setting ``pdf_workers`` says.

The number counts over all web processes of a machine, because each of them waits for the PDF that it asked for: it
should be smaller than theirs, so that one is always left for everybody else. There is no queue within the site.
Whoever finds every place taken is told so at once and asks again, and so waits in their own browser.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Lock
from typing import IO

from flask import current_app

from webapp import pdf_worker
from webapp.settings import Settings

__all__ = ["RETRY_SECONDS", "PdfBusyError", "PdfFailedError", "make_pdf"]

RETRY_SECONDS = 5
"""After how many seconds it is worth asking again."""

_DOCUMENTS = 100
"""So many documents a process makes before a fresh one takes its place."""

_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
"""All that a process gets of the site's environment: neither keys nor passwords."""


class PdfBusyError(Exception):
    """As many PDFs as may be are being made just now."""


class PdfFailedError(Exception):
    """The PDF could not be made: it took too long or too much memory, or its page is at fault."""


def make_pdf(html: str) -> bytes:
    """A report's page as PDF/UA.

    Every route that answers with a PDF may call it; the site has pages for both errors.

    Args:
        html: The page, as ``render_report_html`` and the like make it.

    Raises:
        PdfBusyError: All places are taken.
        PdfFailedError: It took longer than the setting ``pdf_seconds``, or something is wrong with the page.
    """
    settings: Settings = current_app.extensions["settings"]
    with _place(settings.instance / "pdf-places", settings.pdf_workers):
        return _make(html.encode("utf-8", "surrogatepass"), settings.pdf_seconds)


class PdfProcess:
    """A process that makes one PDF after another; it ends with this object."""

    command: Sequence[str] = (sys.executable, "-P", pdf_worker.__file__)

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._process = Popen(self.command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment)  # noqa: S603 - our own
        self._made = 0
        self.stop = weakref.finalize(self, _stop, self._process)

    @property
    def is_fit(self) -> bool:
        """Whether it lives, and is not yet old."""
        return self._process.poll() is None and self._made < _DOCUMENTS

    def make(self, page: bytes, seconds: float) -> bytes:
        """Make one PDF.

        Raises:
            PdfFailedError: It could not; this process is then of no more use.
        """
        self._made += 1
        try:
            return self._ask(page, seconds)
        except (PdfFailedError, OSError) as error:
            self.stop()
            raise PdfFailedError(str(error) or self._cause()) from error

    def _ask(self, page: bytes, seconds: float) -> bytes:
        source, sink = self._pipes()
        sink.write(pdf_worker.REQUEST.pack(seconds, len(page)) + page)
        sink.flush()
        header = source.read(pdf_worker.ANSWER.size)
        if len(header) < pdf_worker.ANSWER.size:
            self._process.wait()
            raise PdfFailedError
        is_done, length = pdf_worker.ANSWER.unpack(header)
        content = source.read(length)
        if not is_done:
            raise PdfFailedError(content.decode())
        return content

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        source, sink = self._process.stdout, self._process.stdin
        if source is None or sink is None:
            raise AssertionError("the process was started with both pipes")
        return source, sink

    def _cause(self) -> str:
        code = self._process.returncode
        return "it took too long" if code == -signal.SIGALRM else f"the process ended with {code}"


def _stop(process: Popen[bytes]) -> None:
    process.kill()
    process.communicate()


_idle: list[PdfProcess] = []
"""Processes that wait for work; shared by all sites of this process, since none knows whose pages it gets."""

_idle_lock = Lock()


def _make(page: bytes, seconds: float) -> bytes:
    process = _take() or PdfProcess()
    content = process.make(page, seconds)
    with _idle_lock:
        _idle.append(process)
    return content


def _take() -> PdfProcess | None:
    """A process that waits; those that ended meanwhile, or have done enough, are let go."""
    with _idle_lock:
        while _idle:
            process = _idle.pop()
            if process.is_fit:
                return process
            process.stop()
    return None


@contextmanager
def _place(folder: Path, number: int) -> Iterator[None]:
    """Hold one of the machine's places; the kernel frees it, however this process ends."""
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(number):
        with (folder / str(index)).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield
            return
    raise PdfBusyError
