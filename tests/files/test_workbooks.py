from __future__ import annotations

import random
import re
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from selfassess.errors import AssessmentError
from selfassess.files import archives, workbook_listener
from selfassess.files.workbooks import Unsaved, cell_name, open_workbook, read_workbook
from tests.workbooks import make_parts, read_parts, write_parts

CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>here</t></is></c></row>'


def read(path: Path) -> dict[str, list[list[object]]]:
    return read_workbook(path, path.name)


def refusal(path: Path) -> str:
    with pytest.raises(AssessmentError) as caught:
        read(path)
    (fault,) = caught.value.faults
    assert fault.file == path.name
    assert fault.remedy
    return fault.problem


def read_sheet(tmp_path: Path, sheet: str, strings: str = "") -> list[list[object]]:
    return read(write_parts(tmp_path / "made.xlsx", make_parts(sheet, strings=strings)))["Sheet1"]


@pytest.mark.parametrize(("row", "column", "name"), [(0, 0, "A1"), (13, 4, "E14"), (0, 26, "AA1"), (8, 16_383, "XFD9")])
def test_cell_is_named_as_people_see_it(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name


def test_every_kind_of_value_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "values.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet("Values"), book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, [2, 2.5, "two", True, "a\nb", " x "])
        sheet.write_datetime(1, 1, date(2026, 11, 21), day)
        sheet.write_datetime(1, 2, datetime(2026, 11, 21, 9, 30), moment)  # noqa: DTZ001 - workbooks have no zones
        sheet.write_blank(1, 3, None, day)
        book.add_worksheet("Empty")
    found = read(path)
    assert found["Values"] == [
        [2, 2.5, "two", True, "a\nb", " x "],
        [None, date(2026, 11, 21), datetime(2026, 11, 21, 9, 30)],  # noqa: DTZ001
    ]
    assert type(found["Values"][0][0]) is int
    assert found["Empty"] == []


def test_rows_and_columns_keep_their_places(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, '<row r="3"><c r="C3"><v>7</v></c></row>') == [[], [], [None, None, 7]]


def test_days_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        book.add_worksheet("A").write_datetime(0, 0, date(2026, 11, 21), book.add_format({"num_format": "d/m/yy"}))
    assert read(path) == {"A": [[date(2026, 11, 21)]]}


def test_failed_formula_does_not_pass_for_an_empty_cell(tmp_path: Path) -> None:
    sheet = '<row r="2"><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    assert read_sheet(tmp_path, sheet) == [[], [None, "#DIV/0!"]]


def test_formula_without_a_saved_value_does_not_pass_for_an_empty_cell(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, '<row r="1"><c r="A1"><f>B1+1</f></c></row>') == [["=B1+1"]]


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_formula_without_a_value_is_told_from_a_text(tmp_path: Path, value: str) -> None:
    cell = f'<c r="A1"><f>B1+1</f>{value}</c><c r="B1" t="inlineStr"><is><t>=B1+1</t></is></c>'
    ((formula, text),) = read_sheet(tmp_path, f'<row r="1">{cell}</row>')
    assert (formula, text) == ("=B1+1", "=B1+1")
    assert (isinstance(formula, Unsaved), isinstance(text, Unsaved)) == (True, False)


def test_formula_whose_value_is_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, '<row r="1"><c r="A1" t="str"><f>IF(1,"")</f><v></v></c></row>') == []


def test_hidden_sheets_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Seen", "Hidden", "Very hidden"):
            page = book.add_worksheet(name)
            page.write(0, 0, name)
            if name != "Seen":
                (page.hide if name == "Hidden" else page.very_hidden)()
    found = open_workbook(path, "a.xlsx")
    assert found.hidden == {"Hidden", "Very hidden"}
    assert list(found.sheets) == ["Seen", "Hidden", "Very hidden"]


def test_formula_is_its_saved_value(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>') == [[2]]


def test_cells_without_names_are_counted_on(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>") == [[1, 2], [3]]


def test_styled_empty_cells_far_away_cost_nothing(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, f'{CELL}<row r="1048576" ht="12.8"><c r="XFD1048576" s="0"/></row>') == [["here"]]


def test_link_that_a_spreadsheet_made_of_an_address_is_let_be(tmp_path: Path) -> None:
    path = tmp_path / "link.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("A").write_url(0, 0, "https://intranet.example/policy")
    assert read(path) == {"A": [["https://intranet.example/policy"]]}


# What is refused.


def test_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    path.write_text("organisation,kind\n", encoding="utf-8")
    assert refusal(path) == "cannot be read as a workbook"


def test_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx").startswith("cannot be read: ")


def test_old_or_locked_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "password" in refusal(path)


def test_locked_parts_are_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "locked.xlsx", make_parts(CELL))
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        raw[raw.index(mark) + offset] |= 1
    path.write_bytes(raw)
    assert refusal(path) == "is locked with a password"


@pytest.mark.parametrize("cut", [30, 200, -40])
def test_cut_off_file_is_refused(tmp_path: Path, cut: int) -> None:
    path = write_parts(tmp_path / "cut.xlsx", make_parts(CELL))
    path.write_bytes(path.read_bytes()[:cut])
    assert refusal(path) == "cannot be read as a workbook"


def test_damaged_content_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "damaged.xlsx", make_parts(CELL))
    raw = bytearray(path.read_bytes())
    raw[60:70] = bytes(10)
    path.write_bytes(raw)
    assert refusal(path) == "cannot be read as a workbook"


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ("xl/vbaProject.bin", "holds macros"),
        ("xl/VBAPROJECT.BIN", "holds macros"),
        ("xl/macrosheets/sheet1.xml", "holds macros"),
        ("xl/activeX/activeX1.xml", "holds active controls"),
        ("xl/externalLinks/externalLink1.xml", "takes values from other workbooks"),
        ("xl/connections.xml", "takes values from outside"),
        ("xl/queryTables/queryTable1.xml", "takes values from outside"),
        ("xl/embeddings/nested.zip", "has other files embedded in it"),
        ("/etc/passwd", "has parts with names that no workbook has"),
        ("xl/../../evil.xml", "has parts with names that no workbook has"),
        ("xl\\evil.xml", "has parts with names that no workbook has"),
        ("XL/Workbook.xml", "has parts with names that no workbook has"),
    ],
)
def test_part_that_no_answers_need_is_refused(tmp_path: Path, part: str, problem: str) -> None:
    assert refusal(write_parts(tmp_path / "odd.xlsx", make_parts(CELL) | {part: b"<x/>"})) == problem


def test_anything_else_from_outside_is_refused(tmp_path: Path) -> None:
    links = (
        b'<Relationships><Relationship Id="rId9" Type="http://x/attachedTemplate" Target="https://evil.example/t" '
        b'TargetMode="External"/></Relationships>'
    )
    parts = make_parts(CELL) | {"xl/worksheets/_rels/sheet1.xml.rels": links}
    assert refusal(write_parts(tmp_path / "out.xlsx", parts)) == "takes something from outside"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml"])
def test_document_type_is_refused_wherever_it_is(tmp_path: Path, part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert "document type" in refusal(write_parts(tmp_path / "dtd.xlsx", make_parts(CELL) | {part: bomb}))


def test_part_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    # The two parsers would not agree on what it says.
    parts = make_parts(CELL)
    sheet = parts["xl/worksheets/sheet1.xml"].decode().encode("utf-16")
    path = write_parts(tmp_path / "wide.xlsx", parts | {"xl/worksheets/sheet1.xml": sheet})
    assert refusal(path) == "has a part that is not UTF-8"


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    parts = make_parts(CELL)
    book = parts["xl/workbook.xml"].replace(b"</sheets>", b'<sheet name="Sheet1" sheetId="2" r:id="rId1"/></sheets>')
    path = write_parts(tmp_path / "two.xlsx", parts | {"xl/workbook.xml": book})
    assert refusal(path) == "has two sheets called “Sheet1”"


def test_without_its_library_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert refusal(write_parts(tmp_path / "x.xlsx", make_parts(CELL))) == (
        "cannot be read, because python-calamine is not installed"
    )


# What is refused because it would cost too much; each within a bound of time and memory, which holds for all above too.


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    start, memory = time.perf_counter(), _peak_memory()
    yield
    assert time.perf_counter() - start < 10
    assert _peak_memory() - memory < 400


def _peak_memory() -> int:
    """In megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_000_000 if sys.platform == "darwin" else 1_000)


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "bomb.xlsx", make_parts(CELL) | {"xl/theme.xml": bytes(90_000_000)})
    assert refusal(path) == "unpacks to 90 MB"


def test_workbook_of_too_much_xml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    write_parts(path, make_parts(CELL))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/a.xml", b"0123456789" * (archives.MAX_UNPACKED_BYTES // 10))
    assert refusal(path).startswith("unpacks to ")


def test_size_that_an_entry_lies_about_is_found_out(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "liar.xlsx", make_parts(CELL) | {"xl/theme.xml": bytes(50_000)})
    raw = path.read_bytes().replace((50_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    path.write_bytes(raw)
    assert refusal(path) == "cannot be read as a workbook"


def test_file_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(bytes(archives.MAX_FILE_BYTES + 1))
    assert refusal(path) == "is larger than 20 MB"


def test_archive_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    many = {f"xl/{number}.xml": b"" for number in range(archives.MAX_PARTS + 1)}
    assert refusal(write_parts(tmp_path / "many.xlsx", many)) == "has more than 1000 parts"


def test_cell_in_a_far_row_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "far.xlsx", make_parts('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    assert refusal(path).startswith("has something in row 1,048,576")


def test_cell_in_a_far_column_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "wide.xlsx", make_parts('<row r="1"><c r="XFD1"><v>1</v></c></row>'))
    assert refusal(path) == "has more than 1,000 columns"


def test_place_written_with_references_is_read_like_any_other(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "sly.xlsx", make_parts('<row><c r="&#88;FD&#49;"><v>1</v></c></row>'))
    assert refusal(path) == "has more than 1,000 columns"


def test_rectangle_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="ALL1"><v>1</v></c></row><row r="299999"><c r="A299999"><v>1</v></c></row>'
    assert refusal(write_parts(tmp_path / "rectangle.xlsx", make_parts(rows))) == "has more than 2,000,000 cells"


def test_more_elements_than_any_table_needs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_listener, "MAX_ELEMENTS", 100)
    path = write_parts(tmp_path / "elements.xlsx", make_parts(f"<row>{'<c/>' * 200}</row>"))
    assert refusal(path) == "has more than 100 elements of XML"


def test_false_dimension_is_ignored(tmp_path: Path) -> None:
    parts = make_parts(CELL)
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    path = write_parts(tmp_path / "dimension.xlsx", parts | {"xl/worksheets/sheet1.xml": sheet})
    assert read(path) == {"Sheet1": [["here"]]}


def test_one_text_copied_into_many_cells_is_refused(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 3_200))
    text = f"<si><t>{'x' * 32_767}</t></si>"
    path = write_parts(tmp_path / "copies.xlsx", make_parts(cells, strings=text))
    assert refusal(path) == "holds more than 100 million characters"


def test_text_longer_than_any_cell_is_refused(tmp_path: Path) -> None:
    text = f"<si><t>{'x' * (workbook_listener.MAX_ONE_TEXT + 1)}</t></si>"
    path = write_parts(tmp_path / "text.xlsx", make_parts(CELL, strings=text))
    assert refusal(path) == "has a text of more than 100,000 characters"


def test_shared_text_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "no-text.xlsx", make_parts('<row r="1"><c r="A1" t="s"><v>5</v></c></row>'))
    assert refusal(path) == "cannot be read as a workbook"


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    parts = make_parts(CELL) | {"xl/theme.xml": b"<x>" * 50_000}
    assert refusal(write_parts(tmp_path / "deep.xlsx", parts)) == "is nested more than 40 deep"


def test_nothing_but_what_was_checked_reaches_the_reader(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "extra.xlsx", make_parts(CELL) | {"xl/worksheets/sheet1.bin": b"\x00" * 1000})
    assert read(path) == {"Sheet1": [["here"]]}


@pytest.mark.parametrize("seed", range(3))
def test_any_damage_to_the_xml_is_refused_or_read(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "fuzz.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("One").write_row(0, 0, [1, "text", True, date(2026, 1, 2)])
        book.add_worksheet("Two").write_formula(2, 2, "=1/0", None, "#DIV/0!")
    parts, dice = read_parts(path), random.Random(seed)  # noqa: S311 - repeatable on purpose
    words = [b"0", b"-1", b"9" * 20, b"", b"A", b"s", b"d", b"e", b"NaN", b"1e999", b"A0", b"XFD1", b"inlineStr"]
    for _ in range(150):
        name = dice.choice(list(parts))
        spots = list(re.finditer(rb'(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)', parts[name]))
        spot = dice.choice(spots)
        broken = parts[name][: spot.start()] + dice.choice(words) + parts[name][spot.end() :]
        write_parts(path, parts | {name: broken})
        with suppress(AssessmentError):
            assert set(read(path)) <= {"One", "Two"} | {word.decode() for word in words}
