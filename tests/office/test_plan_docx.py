from __future__ import annotations

import sys
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import _Row

from selfassess.errors import OutputError
from selfassess.office.plan_docx import render_plan_docx
from selfassess.planning import ActionPlan
from selfassess.revision import EditedAction, own_reference, revise_plan
from tests.builders import Given
from tests.office.cases import ILLEGAL, small_plan


def read(plan: ActionPlan) -> WordDocument:
    return Document(BytesIO(render_plan_docx(plan)))


def headings(document: WordDocument) -> list[str]:
    return [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]


def marked(row: _Row, name: str) -> bool:
    return row._tr.trPr is not None and row._tr.trPr.find(qn(name)) is not None


def whole_text(document: WordDocument) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_document_has_a_title_and_real_headings() -> None:
    document = read(small_plan())
    assert [p.style.name for p in document.paragraphs[:2] if p.style] == ["Title", "Subtitle"]
    assert headings(document) == ["Summary", "Must", "Core", "Stretch", "What this plan rests on"]
    assert document.core_properties.title == "Action plan: Example Club"
    assert document.core_properties.language == "en-GB"


def test_page_is_landscape_a4() -> None:
    (section,) = read(small_plan()).sections
    assert section.orientation is WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)  # type: ignore[union-attr]


def test_every_table_repeats_its_head_and_says_what_it_shows() -> None:
    for table in read(small_plan()).tables:
        assert marked(table.rows[0], "w:tblHeader")
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_actions_are_rows_to_edit() -> None:
    document = read(
        revise_plan(small_plan(), [EditedAction("AA-01", owner="Sam", helpers="Kim", progress_note="Well")])
    )
    (table,) = (t for t in document.tables if "AA-01" in t.rows[1].cells[0].text)
    head, row = ([cell.text for cell in row.cells] for row in table.rows)
    assert head == [
        "Gap", "Action", "Owner and helpers", "Start and due", "Expected evidence", "Status",
        "Progress and last review",
    ]  # fmt: skip
    assert row[0].startswith("AA-01 Title of AA-01\nNow: Not in place; target: In place\nQuick win:")
    assert row[2:4] == ["Sam\nHelpers: Kim", "Start: 21\xa0November\xa02026\nDue: 21\xa0December\xa02026"]
    assert row[4:] == ["• Evidence of AA-01\n• More evidence of AA-01", "Not started", "Well"]


def test_added_and_closed_actions_have_headings_of_their_own() -> None:
    own = EditedAction(own_reference(1), gap="No kettle", action="Buy one")
    document = read(revise_plan(small_plan({"AA-01": 3, "AA-02": 0}), [own, EditedAction("AA-01")]))
    assert headings(document)[1:-1] == ["Core", "Added by you", "No longer open gaps"]
    assert "Standing: Gap has closed" in whole_text(document)


def test_no_style_leaves_its_font_to_a_theme() -> None:
    with zipfile.ZipFile(BytesIO(render_plan_docx(small_plan()))) as archive:
        styles = archive.read("word/styles.xml").decode()
        text = archive.read("word/document.xml").decode()
    assert "Theme=" not in styles.replace("themeColor", "")
    assert "asciiTheme" not in text
    assert 'w:lang w:val="en-GB"' in styles


def test_everything_typed_is_in_it_whole() -> None:
    long = "word " * 4_000 + "x" * 10_000
    plan = small_plan(name="A & <B>\n=1+1")
    plan = replace(plan, actions=tuple(replace(a, note=long, owner=ILLEGAL) for a in plan.actions))
    text = whole_text(read(plan))
    assert long in text
    assert "A & <B>\n=1+1" in text
    assert "a[U+0000]b[U+000B]c[U+D800]d[U+FFFE]" in text


def test_row_too_long_for_a_page_may_be_split() -> None:
    plan = small_plan()
    plan = replace(plan, actions=(replace(plan.actions[0], note="word " * 4_000), *plan.actions[1:]))
    rows = [row for table in read(plan).tables for row in table.rows if "word word" in row.cells[0].text]
    assert [marked(row, "w:cantSplit") for row in rows] == [False]


def test_plan_without_gaps_says_why_it_is_empty() -> None:
    assert "Nothing was answered, so there is nothing to plan yet." in whole_text(read(small_plan({})))
    assert "not answered yet: 4 practices." in whole_text(read(small_plan({"AA-01": 2})))
    met: dict[str, Given] = dict.fromkeys(["AA-01", "AA-02", "BB-01", "BB-02", "BB-03"], 2)
    assert "There are no gaps" in whole_text(read(small_plan(met)))


def test_without_its_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "selfassess.office.word", None)
    with pytest.raises(OutputError, match=r"pip install \"selfassess\[office\]\""):
        render_plan_docx(small_plan())
