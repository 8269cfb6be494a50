"""What every workbook that is written here has in common.

Nothing that a person typed can become a formula or a link: texts go through `write_text`, and the workbook is told to
make neither of them.
"""

from __future__ import annotations

import re
import textwrap
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from selfassess.errors import OutputError
from selfassess.reports.html import make_legal

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = [
    "ACCENT",
    "BORDER",
    "LONGEST",
    "PAPER",
    "TINT",
    "form_of",
    "make_workbook",
    "set_up_page",
    "write_day",
    "write_text",
]

ACCENT, TINT, PAPER, BORDER = "#12505b", "#e7f0f1", "#fffbe6", "#8a9496"
"""Heads, headings of groups, cells to type into, lines."""

LONGEST = 32_767
"""The longest text that a cell of Excel holds, in UTF-16 units."""

_CUT = "\n[… cut here, because a cell holds no more; the other formats have the whole text]"
_A4 = 9
_NARROW = 0.4


@contextmanager
def make_workbook(title: str, stream: BytesIO) -> Iterator[Workbook]:
    """A workbook that is written to ``stream`` when the block ends.

    Raises:
        OutputError: XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        message = 'A workbook cannot be written, because XlsxWriter is missing: pip install "selfassess[office]"'
        raise OutputError(message) from None
    draft = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(draft, plain)
    book.set_properties({"title": make_legal(title), "comments": "Written by selfassess"})
    yield book
    book.close()
    _let_rows_grow(draft, stream)


def _let_rows_grow(draft: BytesIO, stream: BytesIO) -> None:
    """Mark the heights of rows as reckoned instead of set, so that a row grows when somebody types a long note.

    XlsxWriter can only set them, and without any height LibreOffice shows one line of each row.
    """
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                content = _SET_HEIGHT.sub(rb"\1", content)
            new.writestr(entry, content, zipfile.ZIP_DEFLATED)


_SET_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')


def write_text(sheet: Worksheet, row: int, column: int, text: str, form: Format | None = None) -> None:
    """Write a text as it is: no formula, no link, no number; what XML forbids is made visible, as “[U+0000]”."""
    legal = make_legal(text)
    if _units(legal) > LONGEST:
        legal = _first_units(legal, LONGEST - _units(_CUT)) + _CUT
    if legal:
        sheet.write_string(row, column, legal, form)
    else:
        sheet.write_blank(row, column, None, form)


def write_day(sheet: Worksheet, row: int, column: int, day: date | None, form: Format) -> None:
    """Write a day as a date that can be sorted and filtered, or an empty cell that takes one."""
    if day is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_datetime(row, column, day, form)


def fit_row(sheet: Worksheet, row: int, cells: Sequence[tuple[str, float]], *, size: float = 11) -> None:
    """Make a row as high as its longest cell needs, each given as its text and its width in digits of size 11."""
    lines = max(sum(_lines(part, width * 11 / size) for part in text.split("\n")) for text, width in cells)
    sheet.set_row(row, min(lines * size * _LEADING + _ROOM, _HIGHEST))


def _lines(text: str, width: float) -> int:
    return max(len(textwrap.wrap(text[:_ENOUGH], max(int(width * _LETTERS), 1))), 1)


_LEADING, _ROOM, _HIGHEST = 15 / 11, 3, 409
"""The height of a line for each point of type; what is added to a row; the most that Excel allows."""

_LETTERS = 1.2
"""How many letters of prose take the room of a digit, on the safe side: in Calibri it is 1.24."""

_ENOUGH = 5_000
"""Letters after which a row is as high as it can be."""


def set_up_page(sheet: Worksheet, footer: str, *, landscape: bool) -> None:
    """Print on A4, as wide as the page."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=_NARROW, right=_NARROW, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&9{_footer(footer)}&R&9Page &P of &N")


def _footer(text: str) -> str:
    """A footer's text; “&” starts a command there, and the whole may have 255 characters."""
    return make_legal(text).replace("\n", " ").replace("&", "&&")[:200]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _first_units(text: str, count: int) -> str:
    return text.encode("utf-16-le")[: 2 * count].decode("utf-16-le", "ignore")


def form_of(book: Workbook, **style: Any) -> Format:
    """A format of this product's look: set at the top of its cell and wrapped."""
    return book.add_format({"valign": "top", "text_wrap": True, "font_size": 11} | style)
