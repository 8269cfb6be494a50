"""What a person typed reaches neither the network nor the file system, nor a spreadsheet's formulas."""

from __future__ import annotations

import csv
import socket
from dataclasses import replace
from io import StringIO
from pathlib import Path
from urllib import request

import pytest

from selfassess import OutputError
from selfassess.reports import render_pdf, render_report_html
from selfassess.reports.csv import COLUMNS, render_plan_csv
from selfassess.reports.view.common import show_evidence
from tests.reports.cases import CASES, HOSTILE
from tests.reports.conftest import Rendered, plan_for

PAGE = "<!DOCTYPE html><html lang=en><head><title>x</title>{head}</head><body><p>x</p>{body}</body></html>"


@pytest.fixture
def _no_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(request.OpenerDirector, "open", refuse)


@pytest.mark.usefixtures("reports", "_no_opening")
def test_hostile_notes_open_nothing() -> None:
    render_pdf(render_report_html(CASES["hostile"]()))


@pytest.mark.usefixtures("reports", "_no_opening")
@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", '<img alt=x src="file:///etc/passwd">'),
        ("", '<img alt=x src="https://tracker.example/x.png">'),
        ("", '<img alt=x src="data:image/png;base64,AAAA">'),
        ('<link rel="stylesheet" href="https://tracker.example/x.css">', ""),
        ('<link rel="attachment" href="file:///etc/passwd">', ""),
        ("<style>@import url(file:///etc/passwd);</style>", ""),
        ("<style>body { background: url(file:///etc/passwd) }</style>", ""),
        ('<style>@font-face { font-family: x; src: url("file:///etc/passwd") }</style>', ""),
        ("", '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
        ("", '<object data="file:///etc/passwd"></object>'),
        ("", '<embed src="file:///etc/passwd">'),
    ],
)
def test_page_that_asks_for_something_is_refused(caplog: pytest.LogCaptureFixture, head: str, body: str) -> None:
    with pytest.raises(OutputError, match="Nothing is fetched"):
        render_pdf(PAGE.format(head=head, body=body))
    caplog.clear()  # that the engine misses something is right here


def test_html_holds_hostile_text_only_as_text() -> None:
    page = render_report_html(CASES["hostile"]())
    for tag in ("<img", "<script", "<link", "<svg", "<b>HMP"):
        assert tag not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript:' not in page


def test_html_keeps_what_only_a_pdf_cannot_show() -> None:
    page = render_report_html(CASES["hostile"]())
    assert "漢字" in page
    assert "\x00" not in page
    assert "[U+0000]" in page
    page.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://x.example/a?b=c&d", "https://x.example/a?b=c&d"),
        (" http://x.example ", "http://x.example"),
        ("https://x.example/é", "https://x.example/%C3%A9"),
        ("HTTPS://X.example/", "HTTPS://X.example/"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://[x", None),
        ("https://x.example/a b", None),
        ("Folder 4", None),
    ],
)
def test_only_addresses_of_the_web_become_links(text: str, link: str | None) -> None:
    shown = show_evidence(text)
    assert shown.text == text
    assert shown.link == link


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_formula_in_a_plan_is_made_harmless(start: str) -> None:
    plan = plan_for("prison")
    first = replace(plan.actions[0], note=f"{start}HYPERLINK(1)", owner=f"{start}1")
    row = _rows(render_plan_csv(replace(plan, actions=(first,))))[1]
    assert row[COLUMNS.index("note")].startswith("'")
    assert row[COLUMNS.index("owner")].startswith("'")


def test_csv_opens_in_a_spreadsheet() -> None:
    plan = plan_for("hostile")
    content = render_plan_csv(plan)
    rows = _rows(content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(plan.actions) + 1
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert any(row[COLUMNS.index("note")] == HOSTILE for row in rows)
    assert rows[1][COLUMNS.index("start")] == "2026-11-02"


def test_plan_without_actions_is_headers_only() -> None:
    assert len(_rows(render_plan_csv(plan_for("all-met")))) == 1


def test_same_input_gives_the_same_report(reports: dict[str, Rendered], folder: Path) -> None:
    from selfassess import write_report

    again = Rendered("again", reports["prison"].card, write_report(reports["prison"].card, folder / "again.pdf"))
    assert again.pages == reports["prison"].pages


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
