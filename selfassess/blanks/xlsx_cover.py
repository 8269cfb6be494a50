"""The cover of the workbook: how to fill it in, who fills it in, what the answers mean, and how far it has come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from selfassess.blanks.content import Blank
from selfassess.files.filled import COVER_FIELDS
from selfassess.office.excel import ACCENT, BORDER, PAPER, TINT, fit_row, form_of, set_up_page, write_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["ANSWERS", "COVER", "write_cover"]

COVER, ANSWERS = "Start here", "Answers"
"""The names of the two sheets."""

_WIDTHS = (28, 66, 11, 11)

_STEPS = (
    "Fill in the yellow cells below.",
    (
        f"On the sheet “{ANSWERS}”, choose an answer for each practice from its list. Leave open what you cannot "
        "answer yet; “{unknown}” is an honest answer too."
    ),
    "Add a note or evidence where it helps whoever reads the report: links, or names of documents, one to a line.",
    "Where you choose “{not_applicable}”, write the reason. Only some practices offer it.",
    "Save it as .xlsx. Then: selfassess report FILE.xlsx -o report.pdf",
)


class _Sheet:
    """The cover while it is written from top to bottom."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        line = {"border": 1, "border_color": BORDER}
        self.sheet, self.row = sheet, 0
        self.title = form_of(book, bold=True, font_size=18, font_color=ACCENT)
        self.heading = form_of(book, bold=True, font_size=13, font_color=ACCENT)
        self.text = form_of(book)
        self.label = form_of(book, bold=True, **line)
        self.head = form_of(book, bold=True, font_color="#ffffff", bg_color=ACCENT, **line)
        self.plain = form_of(book, **line)
        self.link = form_of(book, font_color=ACCENT, underline=1, **line)
        self.fixed = form_of(book, bg_color=TINT, **line)
        self.typed = form_of(book, bg_color=PAPER, locked=False, num_format="@", **line)
        self.day = form_of(book, bg_color=PAPER, locked=False, num_format="d mmmm yyyy", align="left", **line)

    def paragraph(self, text: str, form: Format, *, size: float = 11) -> None:
        """A text over the whole width."""
        self.sheet.merge_range(self.row, 0, self.row, len(_WIDTHS) - 1, "", form)
        write_text(self.sheet, self.row, 0, text, form)
        fit_row(self.sheet, self.row, [(text, sum(_WIDTHS))], size=size)
        self.row += 1

    def start(self, heading: str) -> None:
        """A heading with some room above it."""
        self.row += 1
        self.paragraph(heading, self.heading, size=13)

    def cells(self, *cells: tuple[str, Format]) -> None:
        """One row of a table."""
        for column, (text, form) in enumerate(cells):
            write_text(self.sheet, self.row, column, text, form)
        self.fit(*(text for text, _ in cells))
        self.row += 1

    def fit(self, *texts: str) -> None:
        """Make the row high enough for its texts."""
        fit_row(self.sheet, self.row, list(zip(texts, _WIDTHS, strict=False)))


def write_cover(book: Workbook, sheet: Worksheet, blank: Blank, places: list[tuple[int, int]]) -> tuple[int, int]:
    """Write the cover.

    Args:
        book: The workbook.
        sheet: Its first sheet.
        blank: What is asked.
        places: The first and last row of each theme on the sheet of answers, from 0.

    Returns:
        The first and last row of the labels of the answers, in the first column, from 0.
    """
    cover = _Sheet(book, sheet)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    cover.paragraph(blank.title, cover.title, size=18)
    cover.paragraph(blank.questionnaire.introduction, cover.text)
    _write_steps(cover, blank)
    kind_row = _write_organisation(cover, blank)
    scale = _write_scale(cover, blank)
    _offer_kinds(cover, blank, kind_row)
    _write_progress(cover, blank, places)
    set_up_page(sheet, blank.title, landscape=False)
    sheet.protect("", {"format_rows": True, "format_columns": True})
    return scale


def _write_steps(cover: _Sheet, blank: Blank) -> None:
    cover.start("How to fill it in")
    unknown, not_applicable = (level.label for level in blank.levels[-2:])
    for number, step in enumerate(_STEPS, start=1):
        words = step.format(unknown=unknown, not_applicable=not_applicable)
        cover.paragraph(f"{number}.  {words}", cover.text)


def _write_organisation(cover: _Sheet, blank: Blank) -> int:
    """The cells to fill in and those that say what is answered; gives the row of the kind."""
    cover.start("About this assessment")
    first, standard = cover.row, blank.standard
    known = {
        "Kind of organisation": blank.kind.title if blank.kind else "",
        "Questionnaire": blank.questionnaire.id,
        "Standard": standard.id,
        "Version": standard.version,
        "Content hash": standard.hash,
    }
    for label, way in COVER_FIELDS.items():
        value = known.get(label, "")
        form = cover.fixed if value else cover.day if way == ("date",) else cover.typed
        cover.cells((label, cover.label), (value, form))
    labels = list(COVER_FIELDS)
    day_row = first + labels.index("Date of this assessment")
    cover.sheet.data_validation(day_row, 1, day_row, 1, _DAY)
    return first + labels.index("Kind of organisation")


_DAY = {
    "validate": "date",
    "criteria": ">=",
    "value": date(2000, 1, 1),
    "error_title": "Write a day",
    "error_message": "Write it as 21/11/2026, or leave it empty.",
}


def _write_scale(cover: _Sheet, blank: Blank) -> tuple[int, int]:
    cover.start("What the answers mean")
    cover.cells(("Answer", cover.head), ("Meaning", cover.head))
    first = cover.row
    for level in blank.levels:
        example = f"\nExample: {level.example}" if level.example else ""
        cover.cells((level.label, cover.label), (level.meaning + example, cover.plain))
    return first, cover.row - 1


def _offer_kinds(cover: _Sheet, blank: Blank, kind_row: int) -> None:
    """What each kind means, which is also where the list of kinds comes from."""
    if blank.kind:
        return
    cover.start("Kinds of organisation")
    first = cover.row
    for kind in blank.standard.kinds.values():
        cover.cells((kind.title, cover.label), (kind.description, cover.plain))
    rule = {
        "validate": "list",
        "source": f"=$A${first + 1}:$A${cover.row}",
        "error_title": "Choose from the list",
        "error_message": "The kinds of organisation are explained further down on this sheet.",
    }
    cover.sheet.data_validation(kind_row, 1, kind_row, 1, rule)


def _write_progress(cover: _Sheet, blank: Blank, places: list[tuple[int, int]]) -> None:
    cover.sheet.set_h_pagebreaks([cover.row])
    cover.start("How far you are")
    cover.cells(*((head, cover.head) for head in ("Theme", "What it is about", "Answered", "Practices")))
    for part, (first, last) in zip(blank.themes, places, strict=True):
        row = cover.row
        cover.sheet.write_url(row, 0, f"internal:'{ANSWERS}'!E{first + 1}", cover.link, part.theme.title)
        write_text(cover.sheet, row, 1, part.theme.introduction, cover.plain)
        cover.sheet.write_formula(row, 2, f"=COUNTA('{ANSWERS}'!E{first + 1}:E{last + 1})", cover.plain, 0)
        cover.sheet.write_number(row, 3, len(part.practices), cover.plain)
        cover.fit(part.theme.title, part.theme.introduction)
        cover.row += 1
