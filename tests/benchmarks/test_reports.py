"""The reports that ours are measured beside say what ours say."""

from __future__ import annotations

import html
import json
import logging
import re
import time
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from benchmarks.plain_report import MAKERS, read_rows
from benchmarks.stages import STAGES, time_stages
from benchmarks.typst_report import translate
from selfassess import load_standard, plan_actions, read_assessment, score
from selfassess.reports.html import render_plan_html, render_report_html

EXAMPLE = Path("examples/hmp-example.yaml")
CARD = score(load_standard("prison-volunteering"), read_assessment(EXAMPLE))
PAGES = {
    "gap": render_report_html(CARD, styled=False),
    "plan": render_plan_html(plan_actions(CARD), styled=False),
}


def letters(text: str) -> str:
    return "".join(text.split())


def test_plain_report_has_every_practice_and_note() -> None:
    page = html.unescape(MAKERS["gap"](read_rows(EXAMPLE)))
    for practice, answer in CARD.entries:
        assert f"<td>{practice.id}<td>{practice.title}" in page
        assert answer.note in page


def test_plain_plan_has_a_row_for_each_action() -> None:
    assert MAKERS["plan"](read_rows(EXAMPLE)).count("<tr>") == len(plan_actions(CARD).actions) + 1


@pytest.mark.parametrize("kind", PAGES)
def test_translation_says_every_word_of_the_page(kind: str) -> None:
    source = translate(PAGES[kind])
    said = (json.loads(text) for text in re.findall(r'#("(?:[^"\\]|\\.)*")', source))
    assert letters("".join(said)) == letters(document_fromstring(PAGES[kind]).body.text_content())


@pytest.mark.parametrize("kind", PAGES)
def test_translation_has_every_heading_table_header_and_link(kind: str) -> None:
    source, page = translate(PAGES[kind]), document_fromstring(PAGES[kind])
    for call, elements in {
        "#heading(": "h1, h2, h3, h4",
        "#table(": "table",
        "table.header(": "thead",
        "#link(": "a",
    }.items():
        assert source.count(call) == len(page.cssselect(elements)), call


def test_stages_are_told_by_the_lines_of_the_log() -> None:
    logger = logging.getLogger("weasyprint.progress")

    def make() -> None:
        for line in ("Step 1 - Fetching", "Step 5 - Creating layout - Page 1", "Step 5 - Creating layout - Page 2"):
            logger.info(line)
            time.sleep(0.01)

    spent = time_stages(make)
    assert list(spent) == list(STAGES)
    assert {name for name, seconds in spent.items() if not seconds} == set(STAGES) - {"template", "HTML", "layout"}
    assert (spent["HTML"] >= 0.01, spent["layout"] >= 0.02) == (True, True)
    assert not logger.handlers
