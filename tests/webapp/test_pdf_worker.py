"""What the process that makes PDFs reads and answers."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from io import BytesIO

import pytest

from webapp.pdf_worker import ANSWER, REQUEST, serve


@pytest.fixture(autouse=True)
def no_alarm() -> Iterator[None]:
    """No clock that would end the tests' own process."""
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


def ask(*pages: str) -> list[tuple[bool, bytes]]:
    """What comes back for some pages; a page that says “wrong” is at fault."""

    def render(page: str) -> bytes:
        if page == "wrong":
            raise KeyError(page)
        return page.upper().encode("utf-8", "surrogatepass")

    sink = BytesIO()
    raw = [page.encode("utf-8", "surrogatepass") for page in pages]
    serve(BytesIO(b"".join(REQUEST.pack(60, len(page)) + page for page in raw)), sink, render)
    sink.seek(0)
    answers = []
    while header := sink.read(ANSWER.size):
        is_done, length = ANSWER.unpack(header)
        answers.append((is_done, sink.read(length)))
    return answers


def test_every_page_is_answered_in_turn() -> None:
    assert ask("one", "", "ŵ") == [(True, b"ONE"), (True, b""), (True, "Ŵ".encode())]


def test_page_at_fault_is_answered_with_the_errors_name_and_the_next_one_is_made() -> None:
    assert ask("wrong", "right") == [(False, b"KeyError"), (True, b"RIGHT")]


def test_half_a_character_does_not_stop_it() -> None:
    assert ask("\ud800") == [(True, b"\xed\xa0\x80")]
