"""PDFs are made apart from the site: bounded in number, time and memory, and never at the cost of the site."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from webapp import pdfs
from webapp.pdfs import PdfBusyError, PdfFailedError, PdfProcess, make_pdf
from webapp.site import Site

_WORKER = """
import os, signal, sys, time
sys.path.insert(0, {root!r})
from webapp.pdf_worker import serve
def render(page):
    if page == "slow":
        time.sleep(30)
    if page == "crash":
        os._exit(3)
    if page == "wrong":
        raise ValueError("what somebody typed")
    if page == "big":
        bytearray(4 * 1024 ** 3)
    if page.startswith("wait "):
        time.sleep(float(page[5:]))
    if page == "environment":
        return " ".join(sorted(os.environ)).encode()
    return f"{{os.getpid()}} {{page}}".encode()
serve(sys.stdin.buffer, sys.stdout.buffer, render)
"""


@pytest.fixture(autouse=True)
def no_idle() -> Iterator[None]:
    """No process of another test, and none left for one."""
    yield
    while pdfs._idle:
        pdfs._idle.pop().stop()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that does as its page says instead of laying it out."""
    while pdfs._idle:
        pdfs._idle.pop().stop()
    root = str(Path(pdfs.__file__).parents[1])
    monkeypatch.setattr(PdfProcess, "command", (sys.executable, "-c", _WORKER.format(root=root)))


def make(app: Site, page: str) -> str:
    """A page as the quick process answers it."""
    with app.app_context():
        return make_pdf(page).decode()


def pid(answer: str) -> str:
    """Which process made it."""
    return answer.split()[0]


def test_page_becomes_a_pdf(app: Site) -> None:
    with app.app_context():
        assert make_pdf('<!DOCTYPE html><html lang="en"><title>A</title><h1>A</h1>').startswith(b"%PDF-1.7")


@pytest.mark.usefixtures("quick")
def test_one_process_makes_one_pdf_after_another(app: Site) -> None:
    assert pid(make(app, "one")) == pid(make(app, "two"))


@pytest.mark.usefixtures("quick")
def test_process_that_made_many_is_replaced(app: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "_DOCUMENTS", 1)
    assert pid(make(app, "one")) != pid(make(app, "two"))


@pytest.mark.usefixtures("quick")
def test_page_that_takes_too_long_is_given_up_and_the_next_one_is_made(app: Site) -> None:
    with pytest.raises(PdfFailedError, match="too long"):
        pdfs._make(b"slow", 0.2)
    assert make(app, "next").endswith("next")


@pytest.mark.usefixtures("quick")
def test_process_that_crashes_is_replaced(app: Site) -> None:
    with pytest.raises(PdfFailedError, match="ended with 3"):
        make(app, "crash")
    assert make(app, "next").endswith("next")


@pytest.mark.usefixtures("quick")
def test_process_that_died_while_idle_is_replaced(app: Site) -> None:
    first = pid(make(app, "one"))
    pdfs._idle[0]._process.kill()
    pdfs._idle[0]._process.wait()
    assert pid(make(app, "two")) != first


@pytest.mark.usefixtures("quick")
def test_page_at_fault_is_told_without_what_it_says(app: Site) -> None:
    with pytest.raises(PdfFailedError, match=r"^ValueError$"):
        make(app, "wrong")


def test_page_that_takes_too_much_memory_is_given_up(app: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    root = str(Path(pdfs.__file__).parents[1])
    limited = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n" + _WORKER.format(root=root)
    monkeypatch.setattr(PdfProcess, "command", (sys.executable, "-c", limited))
    with pytest.raises(PdfFailedError, match="MemoryError"):
        make(app, "big")


@pytest.mark.usefixtures("quick")
def test_process_knows_nothing_of_the_sites_secrets(app: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFASSESS_SECRET_KEY", "not for others")
    assert "SELFASSESS" not in make(app, "environment")


@pytest.mark.usefixtures("quick")
def test_twenty_at_once_are_made_two_at_a_time_or_told_to_come_again(app: Site) -> None:
    def ask(number: int) -> str:
        try:
            return pid(make(app, f"wait 0.{number % 3 + 2}"))
        except PdfBusyError:
            return "busy"

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(ask, range(20)))
    made = [answer for answer in answers if answer != "busy"]
    assert made
    assert "busy" in answers
    assert len(set(made)) <= app.extensions["settings"].pdf_workers
    assert make(app, "afterwards").endswith("afterwards")


@pytest.mark.usefixtures("quick")
def test_places_are_shared_with_other_processes_of_the_machine(app: Site) -> None:
    folder = app.extensions["settings"].instance / "pdf-places"
    with pdfs._place(folder, 1), pdfs._place(folder, 2), pytest.raises(PdfBusyError):
        make(app, "one more")
    assert make(app, "one more").endswith("one more")
