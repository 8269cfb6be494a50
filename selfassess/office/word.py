"""What a Word document needs to be read and edited by everyone: real styles, one font, a language, repeated heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell, _Row

from selfassess.reports.html import make_legal

__all__ = ["Line", "Paper"]

_FONT = "Calibri"
_ACCENT = "12505B"
_WIDTH, _HEIGHT, _MARGIN = 29.7, 21.0, 1.4
_LONG = 1_500
"""Letters from which a row may be split over two pages; a longer one might not fit on any."""


_HEAD, _TEXT = "TableHead", "TableText"
"""The ids of the styles “Table Head” and “Table Text”."""


class Line(NamedTuple):
    """A paragraph of a cell; its label, where it has one, is bold."""

    text: str
    label: str = ""


class Paper:
    """A document on landscape A4 while it is written from top to bottom."""

    def __init__(self, title: str, language: str) -> None:
        self._document = Document()
        self._set_styles(language)
        self._set_page(title)
        properties = self._document.core_properties
        properties.title, properties.language = make_legal(title)[:255], language
        properties.author = properties.last_modified_by = "selfassess"
        properties.comments = ""
        properties.created = properties.modified = datetime.now(UTC)

    def title(self, title: str, subtitle: str) -> None:
        """The title of the document and whom it concerns."""
        self._document.add_paragraph(make_legal(title), style="Title")
        self._document.add_paragraph(make_legal(subtitle), style="Subtitle")

    def heading(self, text: str) -> None:
        """A heading, which Word lists in its navigation pane."""
        self._document.add_heading(make_legal(text), level=1)

    def paragraph(self, text: str) -> None:
        """A paragraph."""
        self._document.add_paragraph(make_legal(text))

    def table(self, columns: Mapping[str, float], rows: Sequence[Sequence[Sequence[Line]]], about: str) -> None:
        """A table.

        Args:
            columns: The heads, and the widths in centimetres.
            rows: The rows, their cells, and the paragraphs of each.
            about: What it shows, for people who cannot see it.
        """
        table = self._document.add_table(rows=1, cols=len(columns), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, columns.values(), strict=True):
            column.width = Cm(width)
        _describe(table, about)
        _fill(table.rows[0], [[Line(head)] for head in columns], columns.values(), style=_HEAD)
        _mark(table.rows[0], "w:tblHeader")
        for cells in rows:
            row = table.add_row()
            _fill(row, cells, columns.values(), style=_TEXT)
            if sum(len(line.text) for cell in cells for line in cell) < _LONG:
                _mark(row, "w:cantSplit")
        self._document.add_paragraph(style="Table Text")

    def save(self) -> bytes:
        """The document as the content of a file."""
        stream = BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _set_page(self, title: str) -> None:
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(_WIDTH), Cm(_HEIGHT)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Cm(_MARGIN))
        footer = section.footer.paragraphs[0]
        footer.style = self._document.styles["Table Text"]
        footer.add_run(f"{make_legal(title)} – page ")
        for field, after in (("PAGE", " of "), ("NUMPAGES", "")):
            _add_field(footer, field)
            footer.add_run(after)

    def _set_styles(self, language: str) -> None:
        styles = self._document.styles
        for name, size, parent in (("Table Text", 9.0, "Normal"), ("Table Head", 9.0, "Table Text")):
            style = styles.add_style(name, 1)
            style.base_style, style.font.size = styles[parent], Pt(size)
            style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(1)
        styles["Table Head"].font.bold = True
        styles["Table Head"].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
        for name, size in (("Title", 24.0), ("Subtitle", 14.0), ("Heading 1", 15.0), ("Normal", 10.5)):
            styles[name].font.size = Pt(size)
            if name != "Normal":
                styles[name].font.color.rgb = RGBColor.from_string(_ACCENT)
        for element in styles.element.iter(qn("w:rFonts")):
            _name_font(element)
        for element in styles.element.iter(qn("w:lang")):
            element.set(qn("w:val"), language)


def _name_font(element: Any) -> None:
    """Name the font itself instead of a theme’s, which leaves some scripts without any."""
    for attribute in list(element.attrib):
        del element.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        element.set(qn(script), _FONT)


def _fill(row: _Row, cells: Sequence[Sequence[Line]], widths: Any, *, style: str) -> None:
    for cell, lines, width in zip(row.cells, cells, widths, strict=True):
        cell.width = Cm(width)
        if style == _HEAD:
            _shade(cell)
        for number, line in enumerate(lines):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            # By id, because python-docx looks through all styles for a name: that is four fifths of the time.
            paragraph._p.style = style  # noqa: SLF001
            if line.label:
                paragraph.add_run(f"{make_legal(line.label)} ").bold = True
            paragraph.add_run(make_legal(line.text))


def _shade(cell: _Cell) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _ACCENT)):
        shading.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - python-docx has no other way to shade a cell


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - nor to repeat a head


def _describe(table: Any, about: str) -> None:
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), make_legal(about))
        table._tbl.tblPr.append(element)  # noqa: SLF001 - nor to describe a table


def _add_field(paragraph: Any, name: str) -> None:
    """A field such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)  # noqa: SLF001 - nor to number pages
