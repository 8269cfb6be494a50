"""What people typed in every report and file of the library: whole, as text, in documents that stay sound."""

from __future__ import annotations

import csv
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from icalendar import Calendar
from lxml import html
from lxml.html import HtmlElement
from pypdf import PdfReader

from selfassess import ActionPlan, Scorecard, plan_actions, write_plan, write_report
from selfassess.files.workbooks import read_workbook
from selfassess.office.plan_docx import render_plan_docx
from selfassess.office.plan_ics import render_plan_ics
from selfassess.office.plan_xlsx import render_plan_xlsx
from selfassess.reports.csv import render_plan_csv
from selfassess.reports.html import make_legal, render_group_html, render_plan_html, render_report_html
from tests.figures import Figure
from tests.hostile.texts import MEGABYTE, SYNTAX, TEXTS
from tests.reports.cases import build, practices
from tests.reports.conftest import START, squeeze
from tests.reports.group_cases import invent, summarise

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

APART = frozenset(("p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "div", "title", "caption", "bdi"))
"""Elements that keep their text apart from what stands around them."""


def odd_card() -> Scorecard:
    """A gap for each odd text: in the note, and in the evidence as far as a file may hold it."""
    answers = {
        practice.id: {"level": 1, "note": text, "evidence": [_plain(text)[:300] or "-"]}
        for practice, text in zip(practices(), TEXTS.values(), strict=False)
    }
    assert len(answers) == len(TEXTS)
    name = SYNTAX["closers"] + SYNTAX["script"] + SYNTAX["template"]
    return build(answers, organisation={"name": name, "reference": SYNTAX["entities"], "group": SYNTAX["handler"]})


def odd_plan() -> ActionPlan:
    """The same texts, written by people into every field of its plan."""
    plan = plan_actions(odd_card(), start=START)
    texts = list(TEXTS.values())
    actions = (
        replace(action, action=text, owner=text, helpers=text, progress_note=text, expected_evidence=(text, text))
        for action, text in zip(plan.actions, texts, strict=True)
    )
    return replace(plan, actions=tuple(actions))


def _plain(text: str) -> str:
    return text.encode(errors="ignore").decode()


def check_tree(tree: HtmlElement) -> None:
    """Fail where a text became markup, or turns what stands beside it."""
    assert not tree.cssselect(
        ".hostile, [onload], [onerror], svg.hostile, script, iframe, base, object, embed, img[src=x]"
    )
    assert not [
        link for link in tree.cssselect("[href]") if not link.get("href").startswith(("https://", "http://", "#"))
    ]
    assert "9359" not in tree.text_content(), "a template was run"
    for element in tree.iter():
        for text in (element.text, *(child.tail for child in element)) if isinstance(element.tag, str) else ():
            if text and TURNING.search(text):
                check_apart(element, text)


def check_apart(element: HtmlElement, text: str) -> None:
    while element.tag not in APART:
        element = element.getparent()
    rest = element.text_content().strip().replace(text.strip(), "")
    assert not rest.strip(), f"<{element.tag}> also says {rest.strip()[:80]!a}"


@pytest.mark.parametrize("kind", ["report", "plan"])
def test_html_holds_every_odd_text_as_text(kind: str) -> None:
    page = render_report_html(odd_card()) if kind == "report" else render_plan_html(odd_plan())
    tree = html.document_fromstring(page)
    check_tree(tree)
    shown = squeeze(tree.text_content())
    missing = [name for name, text in TEXTS.items() if squeeze(make_legal(text)) not in shown]
    assert missing == []
    page.encode()


def test_group_html_holds_odd_names_as_text() -> None:
    cohort = invent(30, 12)
    for item, text in zip(cohort, TEXTS.values(), strict=False):
        name = " ".join(_plain(text).replace("\x00", "").split())[:290]
        item["organisation"] |= {"name": name, "group": name[:190], "reference": name[:90]}
    check_tree(html.document_fromstring(render_group_html(summarise(cohort))))


@pytest.mark.slow
def test_pdfs_hold_every_odd_text_and_stay_sound(tmp_path: Path, figure: Figure) -> None:
    report, plan = write_report(odd_card(), tmp_path / "odd.pdf"), write_plan(odd_plan(), tmp_path / "odd-plan.pdf")
    for path in (report, plan):
        reader = PdfReader(BytesIO(path.read_bytes()))
        assert not _forbidden(reader)
        shown = squeeze("".join(page.extract_text() for page in reader.pages))
        for name in ("script", "svg", "style", "template", "css"):
            assert squeeze(TEXTS[name])[:40] in shown, name
        assert "9359" not in shown
    figure("odd texts in PDFs", len(TEXTS))
    if check := os.environ.get("PDFUA_CHECK"):
        run = [*shlex.split(check), str(report), str(plan)]
        done = subprocess.run(run, capture_output=True, text=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stdout + done.stderr


def _forbidden(reader: PdfReader) -> list[Any]:
    """What no report of ours has: scripts, programs to start, files inside, links to other than the web."""
    root: Any = reader.trailer["/Root"]
    found: list[Any] = [name for name in ("/OpenAction", "/AA", "/AcroForm") if name in root]
    if reader.attachments:
        found.append(list(reader.attachments))
    for page in reader.pages:
        actions = [link.get_object().get("/A", {}) for link in page.get("/Annots", [])]
        found += [a for a in actions if a.get("/S") not in (None, "/URI") or not _is_web(a.get("/URI", "https://"))]
    return found


def _is_web(address: str) -> bool:
    return str(address).startswith(("https://", "http://"))


def test_csv_and_workbook_hold_every_odd_text_in_one_cell(tmp_path: Path) -> None:
    plan, path = odd_plan(), tmp_path / "plan.xlsx"
    rows = list(csv.reader(StringIO(render_plan_csv(plan).decode("utf-8-sig"), newline="")))
    path.write_bytes(render_plan_xlsx(plan))
    sheet = read_workbook(path, "plan.xlsx")["Actions"]
    assert len(rows) == len(plan.actions) + 1 == len(sheet)
    for number, (name, text) in enumerate(TEXTS.items(), 1):
        assert {make_legal(text), f"'{make_legal(text)}"} & {*rows[number]}, name
        assert squeeze(make_legal(text)) in [squeeze(str(cell)) for cell in sheet[number]], name


def test_word_file_holds_every_odd_text() -> None:
    document = Document(BytesIO(render_plan_docx(odd_plan())))
    paragraphs = [
        *document.paragraphs,
        *(p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs),
    ]
    shown = squeeze("".join(paragraph.text for paragraph in paragraphs))
    missing = [name for name, text in TEXTS.items() if squeeze(make_legal(text)) not in shown]
    assert missing == []


def test_calendar_holds_every_odd_text_in_its_event() -> None:
    plan = odd_plan()
    content = render_plan_ics(plan)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    events = list(_events(content))
    assert len(events) == len(plan.actions)
    for event, (name, text) in zip(events, TEXTS.items(), strict=True):
        assert squeeze(make_legal(text)) in squeeze(str(event["description"])), name
        assert set(event) <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"}
        assert not event.subcomponents


def _events(content: bytes) -> Iterator[Any]:
    calendar: Any = Calendar.from_ical(content)
    assert not calendar.errors
    yield from calendar.walk("VEVENT")


def test_note_of_a_megabyte_is_in_every_file_whole_or_is_said_to_be_cut(tmp_path: Path) -> None:
    card = build({"POL-01": {"level": 1, "note": MEGABYTE}})
    plan, path = plan_actions(card, start=START), tmp_path / "plan.xlsx"
    whole = MEGABYTE.strip()
    assert whole in render_report_html(card)
    assert whole in render_plan_csv(plan).decode()
    assert squeeze(whole) in squeeze(str(next(_events(render_plan_ics(plan)))["description"]))
    assert len(render_plan_docx(plan)) > 0
    path.write_bytes(render_plan_xlsx(plan))
    cells = [str(cell) for row in read_workbook(path, "plan.xlsx")["Actions"] for cell in row]
    assert any("volunteers" in cell and ("…" in cell or "cut" in cell.casefold()) for cell in cells)
