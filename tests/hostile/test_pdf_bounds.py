"""The PDF engine fetches nothing, keeps within its time and memory, and takes neither site nor other PDFs with it."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib import request

import pytest

from selfassess.errors import OutputError
from selfassess.reports import render_pdf
from tests.hostile.texts import MEGABYTE
from tests.reports.cases import build, practices
from tests.webapp.conftest import TestTeam
from tests.webapp.pages import Page
from tests.webapp.reviewing import add_assessment
from webapp import pdfs
from webapp.pdfs import PdfFailedError, PdfProcess
from webapp.settings import Settings
from webapp.site import Site

PAGE = "<!DOCTYPE html><html lang=en><head><title>x</title>{}</head><body><h1>x</h1>{}</body></html>"
BOMB = "data:image/svg+xml;base64," + "PHN2Zy8+" * 1000

WORKER = """
import sys
sys.path.insert(0, {root!r})
from webapp import pdf_worker
def render(page):
    held = []
    while True:
        {act}
import selfassess.reports.pdf
selfassess.reports.pdf.render_pdf = render
pdf_worker._main()
"""
"""The real process with its real limits, in which laying out never ends."""


@pytest.fixture(autouse=True)
def no_idle() -> Iterator[None]:
    """No process of another test, and none left for one."""
    _stop_idle()
    yield
    _stop_idle()


def _stop_idle() -> None:
    while pdfs._idle:
        pdfs._idle.pop().stop()


@pytest.fixture
def _nothing_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    render_pdf(PAGE.format("", ""))  # which opens the fonts

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(request.OpenerDirector, "open", refuse)


@pytest.mark.usefixtures("_nothing_opens")
@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f'<img alt=x src="{BOMB}">'),
        ("", '<img alt=x src="data:image/png;base64,AAAA" srcset="https://tracker.example/x 2x">'),
        ("", '<img alt=x src="FILE:///etc/passwd">'),
        ("", '<img alt=x src="ftp://tracker.example/x">'),
        ("<style>li { list-style-image: url(https://tracker.example/x) }</style>", "<ul><li>x</ul>"),
        ("<style>h1::before { content: url(file:///etc/passwd) }</style>", ""),
        ("<style>@page { background: url(file:///etc/passwd) }</style>", ""),
        ("<style>h1 { border-image: url(https://tracker.example/x) 1 }</style>", ""),
        (f"<style>@import url({BOMB});</style>", ""),
    ],
)
def test_engine_fetches_nothing(caplog: pytest.LogCaptureFixture, head: str, body: str) -> None:
    with pytest.raises(OutputError, match="Nothing is fetched"):
        render_pdf(PAGE.format(head, body))
    caplog.clear()  # that the engine misses something is right here


@pytest.mark.usefixtures("_nothing_opens")
@pytest.mark.parametrize(
    "body",
    [
        '<img alt=x src="//tracker.example/x">',
        '<img alt=x src="\\\\server\\share\\x">',
        '<img alt=x src="../../etc/passwd">',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="https://tracker.example/x.svg#a"/></svg>',
    ],
)
def test_engine_leaves_out_what_leads_nowhere(caplog: pytest.LogCaptureFixture, body: str) -> None:
    assert b"/Image" not in render_pdf(PAGE.format("", body))
    caplog.clear()  # that the engine misses something is right here


@pytest.fixture(params=["pass", "held.append(bytearray(50_000_000))"], ids=["loops", "allocates"])
def endless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Laying out a page never ends, or takes all the memory that there is."""
    root = str(Path(pdfs.__file__).parents[1])
    monkeypatch.setattr(PdfProcess, "command", (sys.executable, "-c", WORKER.format(root=root, act=request.param)))


@pytest.mark.slow
@pytest.mark.usefixtures("endless")
def test_endless_pdf_is_given_up_with_a_clear_page_and_the_site_stays_up(
    app: Site, team: TestTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["settings"] = _with_seconds(app, 3)
    address = add_assessment(app, team)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(team.owner.client.get, f"{address}/gap-report.pdf")
        while not waiting.done():
            assert team.reader.client.get(address).status_code == 200
        answer = waiting.result()
    assert answer.status_code == 500
    assert "The report could not be made" in Page(answer.text).words("h1")
    monkeypatch.undo()
    app.extensions["settings"] = _with_seconds(app, 120)
    assert team.owner.client.get(f"{address}/gap-report.pdf").data.startswith(b"%PDF")


def _with_seconds(app: Site, seconds: float) -> Settings:
    settings: Settings = app.extensions["settings"]
    return settings.model_copy(update={"pdf_seconds": seconds})


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        PAGE.format("", "<div>" * 20_000),
        PAGE.format("", f"<table><tr>{'<td colspan=1000>x' * 3000}</table>"),
        PAGE.format("", f"<p>{'x' * 1_000_000}"),
        PAGE.format("<style>p { width: 1e30px; font-size: 1e9px }</style>", "<p>x" * 1000),
        PAGE.format("<style>@page { size: 1px 1px; margin: 0 }</style>", "<p>word word" * 3000),
        PAGE.format(
            "<style>p { counter-increment: a 99999999 } p::before { content: counter(a, roman) }</style>", "<p>x"
        ),
    ],
    ids=["deep", "wide", "word", "huge", "tiny", "counter"],
)
def test_page_that_asks_for_too_much_ends_in_time(page: str) -> None:
    process = PdfProcess()
    try:
        assert process.make(page.encode(), 10).startswith(b"%PDF")
    except PdfFailedError:
        assert not process.is_fit
    finally:
        process.stop()


@pytest.mark.slow
def test_assessment_with_the_longest_notes_becomes_a_pdf() -> None:
    """A note of the most characters that the site takes, on every practice: some three hundred pages."""
    from selfassess.reports.html import render_report_html

    note = MEGABYTE[:10_000]
    card = build({practice.id: {"level": 1, "note": note} for practice in practices()})
    process = PdfProcess()
    try:
        assert process.make(render_report_html(card, styled=False).encode(), 300).startswith(b"%PDF")
    finally:
        process.stop()
