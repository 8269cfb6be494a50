from __future__ import annotations

import csv
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from selfassess.blanks import write_template
from selfassess.blanks.content import make_blank
from selfassess.errors import AssessmentError, OutputError
from selfassess.files.assessments import read_assessment
from selfassess.files.workbooks import read_workbook
from selfassess.model.answer import DK, NA
from selfassess.model.standard import Standard
from tests.builders import CLUB, SCHOOL, make_practice, make_standard
from tests.workbooks import OFFICE, Cells, convert, fill, read_parts

EVIL = "=1+1"


def small_standard() -> Standard:
    return make_standard(
        {
            "one": [make_practice("AA-01", "must", na_allowed=False, kinds=(CLUB, SCHOOL)), make_practice("AA-02")],
            "two": [make_practice("BB-01", kinds=(SCHOOL,))],
        },
        questionnaires={"short": ["AA-01"]},
    )


def ids(standard: Standard, **about: str) -> list[str]:
    return [practice.id for practice in make_blank(standard, **about).practices]


# What is asked.


def test_blank_for_every_kind_asks_what_any_kind_is_asked() -> None:
    assert ids(small_standard()) == ["AA-01", "AA-02", "BB-01"]
    assert [p.asked_of for p in make_blank(small_standard()).practices] == ["", "Club", "School"]


def test_blank_for_one_kind_asks_what_it_is_asked() -> None:
    assert ids(small_standard(), kind=CLUB) == ["AA-01", "AA-02"]
    assert ids(small_standard(), kind=SCHOOL) == ["AA-01", "BB-01"]
    assert {p.asked_of for p in make_blank(small_standard(), kind=CLUB).practices} == {""}


def test_blank_of_a_questionnaire_asks_what_it_lists(prison_standard: Standard) -> None:
    asked = prison_standard.asked("quick-check", "prison")
    assert ids(prison_standard, questionnaire="quick-check", kind="prison") == [practice.id for practice in asked]


def test_statement_is_in_the_words_of_each_kind(prison_standard: Standard) -> None:
    blank = {practice.id: practice for practice in make_blank(prison_standard).practices}
    practice = prison_standard.practices["LEA-01"]
    assert blank["LEA-01"].statement == (
        f"Prison: {practice.statement_to('prison')}\n"
        f"Voluntary organisation: {practice.statement_to('voluntary_organisation')}"
    )
    own = {practice.id: practice for practice in make_blank(prison_standard, kind="prison").practices}
    assert own["LEA-01"].statement == practice.statement_to("prison")


def test_answer_that_may_not_be_allowed_comes_last() -> None:
    assert [level.code for level in make_blank(small_standard()).levels] == [0, 1, 2, 3, DK, NA]


@pytest.mark.parametrize("about", [{"questionnaire": "none"}, {"kind": "none"}])
def test_unknown_questionnaire_or_kind_is_refused(tmp_path: Path, about: dict[str, str]) -> None:
    with pytest.raises(OutputError, match="“none” is no "):
        write_template(small_standard(), tmp_path / "x.csv", **about)
    assert list(tmp_path.iterdir()) == []


def test_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"use \.xlsx or \.csv or \.yaml or \.pdf"):
        write_template(small_standard(), tmp_path / "x.ods")


# Comma-separated and YAML.


def test_csv_is_one_blank_row_of_the_wide_table(tmp_path: Path) -> None:
    path = write_template(small_standard(), tmp_path / "x.csv", questionnaire="short", kind=CLUB)
    assert path.read_bytes().startswith(b"\xef\xbb\xbforganisation,")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, row = csv.reader(stream)
    assert head == ["organisation", "kind", "reference", "group", "date", "questionnaire", "AA-01", "AA-01 note"]
    assert row == ["", "club", "", "", "", "short", "", ""]


def test_yaml_is_a_blank_assessment(tmp_path: Path, prison_standard: Standard) -> None:
    path = write_template(prison_standard, tmp_path / "x.yaml", kind="prison")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert list(data["answers"]) == [practice.id for practice in prison_standard.asked("full", "prison")]
    assert set(data["answers"].values()) == {None}
    with pytest.raises(AssessmentError, match="organisation, name: is empty") as caught:
        read_assessment(path)
    assert len(caught.value.faults) == 1


def test_filled_in_yaml_is_an_assessment(tmp_path: Path, prison_standard: Standard) -> None:
    path = write_template(prison_standard, tmp_path / "x.yaml", kind="prison")
    text = path.read_text(encoding="utf-8").replace('name: ""', "name: HMP X").replace("  LEA-01:", "  LEA-01: 2")
    path.write_text(text, encoding="utf-8")
    assert read_assessment(path).answer_to("LEA-01").level == 2


def test_examples_in_the_yaml_are_right(tmp_path: Path, prison_standard: Standard) -> None:
    path = write_template(prison_standard, tmp_path / "x.yaml", kind="prison")
    text = path.read_text(encoding="utf-8").replace('name: ""', "name: HMP X")
    for example in re.findall(r"^#   (LEA-01: .*)$", text, re.MULTILINE):
        path.write_text(text.replace("  LEA-01:\n", f"  {example}\n"), encoding="utf-8")
        if "NA" in example:
            with pytest.raises(AssessmentError, match="does not allow"):
                read_assessment(path)
        else:
            assert read_assessment(path).answer_to("LEA-01").evidence


def test_no_text_of_a_standard_leaves_its_comment(tmp_path: Path) -> None:
    practice = make_practice("AA-01").model_copy(update={"statement": "One\nAA-01: 3\n\n- x", "why": "\n:"})
    path = write_template(make_standard([practice]), tmp_path / "x.yaml")
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["answers"] == {"AA-01": None}


# Workbook.


def sheet_xml(path: Path, number: int = 2) -> str:
    return read_parts(path)[f"xl/worksheets/sheet{number}.xml"].decode()


def test_workbook_shows_each_practice_beside_its_guidance(tmp_path: Path) -> None:
    path = write_template(small_standard(), tmp_path / "x.xlsx")
    rows = read_workbook(path, "x.xlsx")["Answers"]
    assert [str(cell).partition("\n")[0] for cell in rows[0]] == [
        "Reference", "Practice", "Why it matters", "What counts as evidence", "Answer", "Reason", "Note", "Evidence",
    ]  # fmt: skip
    assert rows[1:3] == [
        ["Theme one"],
        [
            "AA-01",
            "Title of AA-01 (Must)\nStatement of AA-01.",
            "Why AA-01.",
            "• Evidence of AA-01\n• More evidence of AA-01",
        ],
    ]


def test_workbook_offers_the_labels_that_each_practice_allows(tmp_path: Path) -> None:
    path = write_template(small_standard(), tmp_path / "x.xlsx")
    rules = dict(re.findall(r'sqref="(E\d+)".*?<formula1>(.*?)</formula1>', sheet_xml(path)))
    cover = read_workbook(path, "x.xlsx")["Start here"]
    assert set(rules) == {"E3", "E4", "E6"}
    for cell, allowed in (("E3", 5), ("E4", 6)):
        found = re.fullmatch(r"'Start here'!\$A\$(\d+):\$A\$(\d+)", rules[cell])
        assert found
        labels = [row[0] for row in cover[int(found[1]) - 1 : int(found[2])]]
        assert labels == ["Not in place", "Partly in place", "In place", "Embedded", "Do not know yet",
                          "Does not apply"][:allowed]  # fmt: skip


def test_only_cells_to_fill_in_can_be_typed_into(tmp_path: Path) -> None:
    path = write_template(small_standard(), tmp_path / "x.xlsx")
    parts = read_parts(path)
    styles = parts["xl/styles.xml"].decode()
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles[styles.index("<cellXfs") : styles.index("</cellXfs")])
    unlocked = {str(index) for index, form in enumerate(formats) if 'locked="0"' in form}
    for number, expected in (
        (1, {"B12", "B13", "B14", "B15", "B16"}),
        (2, {f"{c}{r}" for c in "EFGH" for r in (3, 4, 6)}),
    ):
        xml = sheet_xml(path, number)
        assert "<sheetProtection" in xml
        assert "password" not in xml
        assert {
            cell for cell, style in re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', xml) if style in unlocked
        } == expected


def test_workbook_prints_on_a4_under_a_repeated_head(tmp_path: Path) -> None:
    path = write_template(small_standard(), tmp_path / "x.xlsx")
    xml = sheet_xml(path)
    assert re.search(r'<pageSetup paperSize="9"[^>]* fitToHeight="0" orientation="landscape"', xml)
    assert 'state="frozen"' in xml
    assert "'Answers'!$1:$1" in read_parts(path)["xl/workbook.xml"].decode().replace("Answers!", "'Answers'!")


def test_kind_is_chosen_on_the_cover_or_stands_there(tmp_path: Path) -> None:
    open_path = write_template(small_standard(), tmp_path / "open.xlsx")
    assert re.search(r'type="list"[^>]*sqref="B13"', sheet_xml(open_path, 1))
    fixed = write_template(small_standard(), tmp_path / "fixed.xlsx", kind=SCHOOL)
    assert ["Kind of organisation", "School"] in read_workbook(fixed, "x")["Start here"]


def test_text_of_a_standard_cannot_become_a_formula(tmp_path: Path) -> None:
    practice = make_practice("AA-01").model_copy(update={"title": EVIL, "why": EVIL, "evidence": (EVIL,)})
    path = write_template(make_standard([practice]), tmp_path / "x.xlsx")
    assert "<f>" not in sheet_xml(path)
    formulas = re.findall(r"<f>(.*?)</f>", sheet_xml(path, 1))
    assert formulas == ["COUNTA('Answers'!E3:E3)"]


def test_blank_workbook_asks_for_what_is_missing(tmp_path: Path, prison_standard: Standard) -> None:
    path = write_template(prison_standard, tmp_path / "x.xlsx", kind="prison")
    with pytest.raises(AssessmentError) as caught:
        read_assessment(path)
    assert [fault.place for fault in caught.value.faults] == ["Start here!B12"]


def test_workbook_for_one_kind_reads_back(tmp_path: Path, prison_standard: Standard) -> None:
    path = write_template(prison_standard, tmp_path / "x.xlsx", kind="prison", questionnaire="quick-check")
    found = read_assessment(fill(path, {"Start here": {"B12": "HMP X"}, "Answers": {"E3": "Embedded"}}))
    assert (found.organisation.kind, found.questionnaire, found.answers["LEA-03"].level) == ("prison", "quick-check", 3)


def test_same_questionnaire_asked_twice_is_the_same_but_for_the_time(tmp_path: Path) -> None:
    one, two = (read_parts(write_template(small_standard(), tmp_path / f"{n}.xlsx")) for n in (1, 2))
    assert {name for name in one if one[name] != two[name]} <= {"docProps/core.xml"}


# Form.


def test_form_is_tagged_and_asks_everything(tmp_path: Path, prison_standard: Standard) -> None:
    path = write_template(prison_standard, tmp_path / "x.pdf", questionnaire="quick-check", kind="prison")
    reader = PdfReader(BytesIO(path.read_bytes()))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Volunteering in prisons: quick check"
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for practice in prison_standard.asked("quick-check", "prison"):
        assert practice.id in text
        assert practice.title in text
    assert 4 <= len(reader.pages) <= 10


# What other programs make of it.


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_workbook_survives_libreoffice(tmp_path: Path, prison_standard: Standard) -> None:
    path = write_template(prison_standard, tmp_path / "filled.xlsx")
    typed: Cells = {"E3": "In place", "G3": "=not a formula", "E4": 1, "E7": "Does not apply", "F7": "One team"}
    fill(path, {"Start here": {"B12": "HMP X", "B13": "Prison", "B16": "1/11/2026"}, "Answers": typed})
    before = read_assessment(path)
    converted = convert(convert(path, "ods", tmp_path / "one"), "xlsx", tmp_path / "two")
    assert read_assessment(converted) == before
