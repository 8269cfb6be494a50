"""A blank questionnaire as a workbook that reads straight back.

One long sheet holds all practices: going down a column by Enter or arrow keys is faster than changing sheets thirteen
times, a colleague can filter nothing away, and it prints in one go. The cover leads to each theme and counts what is
answered.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from selfassess.blanks.content import Blank, BlankPractice, BlankTheme
from selfassess.blanks.xlsx_cover import ANSWERS, COVER, write_cover
from selfassess.office.excel import (
    ACCENT,
    BORDER,
    PAPER,
    TINT,
    fit_row,
    form_of,
    make_workbook,
    set_up_page,
    write_text,
)

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["render_blank_xlsx"]

_COLUMNS = {
    "Reference": 10,
    "Practice": 42,
    "Why it matters": 36,
    "What counts as evidence": 36,
    "Answer\nchoose from the list": 18,
    "Reason\nif it does not apply": 20,
    "Note\nfor whoever reads the report": 32,
    "Evidence\nlinks or documents, one to a line": 30,
}
"""The heads and their widths in digits; the last four are typed into."""

_ANSWER, _LAST = 4, len(_COLUMNS) - 1
_ZOOM = 90


def render_blank_xlsx(blank: Blank) -> bytes:
    """The workbook: a cover with all that must be known, and the answers."""
    stream = BytesIO()
    with make_workbook(blank.title, stream) as book:
        cover, answers = book.add_worksheet(COVER), book.add_worksheet(ANSWERS)
        scale = write_cover(book, cover, blank, _places(blank))
        _write_answers(book, answers, blank, scale)
    return stream.getvalue()


def _places(blank: Blank) -> list[tuple[int, int]]:
    """The first and last row of the practices of each theme, from 0, below the row of its title."""
    places, row = [], 1
    for part in blank.themes:
        places.append((row + 1, row + len(part.practices)))
        row += 1 + len(part.practices)
    return places


def _write_answers(book: Workbook, sheet: Worksheet, blank: Blank, scale: tuple[int, int]) -> None:
    head = form_of(book, bold=True, font_color="#ffffff", bg_color=ACCENT, border=1, border_color=BORDER)
    for column, (title, width) in enumerate(_COLUMNS.items()):
        sheet.set_column(column, column, width)
        write_text(sheet, 0, column, title, head)
    fit_row(sheet, 0, [("two\nlines", _LAST)])
    forms = _Forms(book)
    for part, (first, _) in zip(blank.themes, _places(blank), strict=True):
        _write_theme(sheet, first - 1, part, forms)
        for row, practice in enumerate(part.practices, start=first):
            _write_practice(sheet, row, practice, forms)
            _offer_answers(sheet, row, scale, na_allowed=practice.na_allowed)
    sheet.freeze_panes(1, 2)
    sheet.set_zoom(_ZOOM)
    sheet.repeat_rows(0)
    set_up_page(sheet, blank.title, landscape=True)
    sheet.protect("", {"format_rows": True, "format_columns": True})


class _Forms:
    """The looks of the cells."""

    def __init__(self, book: Workbook) -> None:
        line = {"border": 1, "border_color": BORDER}
        self.theme = form_of(book, bold=True, font_size=13, bg_color=TINT, font_color=ACCENT, text_wrap=False)
        self.plain = form_of(book, **line)
        self.bold = form_of(book, bold=True)
        self.usual = form_of(book)
        # Typed in as text, so that “-3” or “=” at the start of a note stays what it is.
        self.typed = form_of(book, bg_color=PAPER, locked=False, num_format="@", **line)


def _write_theme(sheet: Worksheet, row: int, part: BlankTheme, forms: _Forms) -> None:
    write_text(sheet, row, 0, part.theme.title, forms.theme)
    for column in range(1, _LAST + 1):
        sheet.write_blank(row, column, None, forms.theme)
    fit_row(sheet, row, [("", 1)], size=13)


def _write_practice(sheet: Worksheet, row: int, practice: BlankPractice, forms: _Forms) -> None:
    write_text(sheet, row, 0, practice.id, forms.plain)
    title, why = _title(practice), "\n\n".join(filter(None, [practice.why, practice.na_hint]))
    evidence = "\n".join(f"• {item}" for item in practice.evidence)
    sheet.write_rich_string(row, 1, forms.bold, title, forms.usual, f"\n{practice.statement}", forms.plain)
    write_text(sheet, row, 2, why, forms.plain)
    write_text(sheet, row, 3, evidence, forms.plain)
    for column in range(_ANSWER, _LAST + 1):
        sheet.write_blank(row, column, None, forms.typed)
    texts = (practice.id, f"{title}\n{practice.statement}", why, evidence)
    fit_row(sheet, row, list(zip(texts, _COLUMNS.values(), strict=False)))


def _title(practice: BlankPractice) -> str:
    about = [practice.tier, f"asked of: {practice.asked_of}"] if practice.asked_of else [practice.tier]
    return f"{practice.title} ({'; '.join(about)})"


def _offer_answers(sheet: Worksheet, row: int, scale: tuple[int, int], *, na_allowed: bool) -> None:
    """A list of the answers' labels, which stand on the cover; the last is “does not apply”."""
    first, last = scale
    source = f"='{COVER}'!$A${first + 1}:$A${last + 1 if na_allowed else last}"
    rule = {
        "validate": "list",
        "source": source,
        "error_title": "Choose from the list",
        "error_message": f"The answers and what they mean are on the sheet “{COVER}”.",
    }
    sheet.data_validation(row, _ANSWER, row, _ANSWER, rule)
