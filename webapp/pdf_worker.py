"""The process that makes PDFs, apart from the site: a script that reads pages from one pipe and answers on another.

It knows neither the database nor the settings, has the environment that it is given and no more, and ends by itself:
by the kernel's clock when a page takes too long, by the kernel's limit when one takes too much memory, and with the end
of its input when the site is gone.
"""

from __future__ import annotations

import resource
import signal
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

__all__ = ["ANSWER", "REQUEST", "serve"]

REQUEST = struct.Struct(">dQ")
"""What goes before a page: how many seconds it may take, and its length in bytes."""

ANSWER = struct.Struct(">?Q")
"""What goes before what comes back: whether it is a PDF or the name of an error, and its length in bytes."""

_MEMORY = 1536 * 1024 * 1024
"""Bytes of address space: a report of ten pages takes about a third of it."""

_IDLE_SECONDS = 600
"""After this time without work the process ends, and its memory is free again."""


def serve(source: BinaryIO, sink: BinaryIO, render: Callable[[str], bytes]) -> None:
    """Answer pages with PDFs until there are no more.

    Args:
        source: Where pages come from.
        sink: Where PDFs go.
        render: What makes a page a PDF.
    """
    while header := source.read(REQUEST.size):
        seconds, length = REQUEST.unpack(header)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        is_done, content = _render(source.read(length), render)
        sink.write(ANSWER.pack(is_done, len(content)) + content)
        sink.flush()
        signal.setitimer(signal.ITIMER_REAL, _IDLE_SECONDS)


def _render(page: bytes, render: Callable[[str], bytes]) -> tuple[bool, bytes]:
    try:
        return True, render(page.decode("utf-8", "surrogatepass"))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other process is told
        return False, type(error).__name__.encode()  # its message may quote what people typed


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold what people wrote
    signal.setitimer(signal.ITIMER_REAL, _IDLE_SECONDS)
    from selfassess.reports.pdf import render_pdf

    serve(sys.stdin.buffer, sys.stdout.buffer, render_pdf)


if __name__ == "__main__":
    _main()
