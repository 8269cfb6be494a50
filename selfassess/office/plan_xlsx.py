"""The action plan as a workbook to work in: filters, lists, real dates, and a summary that follows what is typed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from selfassess.office.excel import (
    ACCENT,
    BORDER,
    PAPER,
    TINT,
    fit_row,
    form_of,
    make_workbook,
    set_up_page,
    write_day,
    write_text,
)
from selfassess.office.plan_columns import COLUMNS, PRINTED, Column
from selfassess.office.plan_summary import write_summary
from selfassess.office.plan_words import describe_plan
from selfassess.planning import Action, ActionPlan

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["ABOUT", "ACTIONS", "render_plan_xlsx"]

ACTIONS, SUMMARY, ABOUT = "Actions", "Summary", "About this plan"
"""The names of the sheets."""

_SPARE_ROWS = 200
"""Rows below the actions that are ready for actions people add."""

_ADVICE = """\
The yellow columns are yours: owner, dates, status, progress and the wording of the actions. What you write in them \
is kept when the plan is drawn up again from new answers.
To add an action of your own, write it in the first empty row and leave the reference empty. Give it a gap, an action \
and a due date.
You may sort, filter, hide and move columns and rows. Please leave the titles and the references as they are.
To draw the plan up again: selfassess plan ANSWERS --from THIS-FILE.xlsx -o NEW-PLAN.xlsx"""


def render_plan_xlsx(plan: ActionPlan) -> bytes:
    """The workbook: the actions, a summary, and what the plan rests on."""
    stream = BytesIO()
    name = plan.scorecard.assessment.organisation.name
    with make_workbook(f"Action plan: {name}", stream) as book:
        actions, summary, about = (book.add_worksheet(title) for title in (ACTIONS, SUMMARY, ABOUT))
        _write_actions(book, actions, plan)
        write_summary(book, summary, plan, ACTIONS)
        _write_about(book, about, plan)
        for sheet in (actions, summary, about):
            set_up_page(sheet, f"Action plan: {name}", landscape=sheet is actions)
    return stream.getvalue()


class _Forms:
    """The looks of the cells."""

    def __init__(self, book: Workbook) -> None:
        line = {"border": 1, "border_color": BORDER}
        self.head = form_of(book, bold=True, font_color="#ffffff", bg_color=ACCENT, **line)
        self.plain = form_of(book, **line)
        # Text, so that “-3” or “=” at the start of a note stays what it is.
        self.typed = form_of(book, bg_color=PAPER, num_format="@", **line)
        self.day = form_of(book, bg_color=PAPER, num_format="dd/mm/yyyy", align="left", **line)

    def of(self, column: Column) -> Format:
        """The look of a column's cells."""
        if column.is_day:
            return self.day
        return self.typed if column.is_typed else self.plain


def _write_actions(book: Workbook, sheet: Worksheet, plan: ActionPlan) -> None:
    forms, last = _Forms(book), len(plan.actions) + _SPARE_ROWS
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        write_text(sheet, 0, index, column.title, forms.head)
        _check_column(sheet, index, column, last)
    fit_row(sheet, 0, [(column.title, column.width) for column in COLUMNS])
    for row, action in enumerate(plan.actions, start=1):
        _write_action(sheet, row, plan, action, forms)
    for row in range(len(plan.actions) + 1, last + 1):
        for index, column in enumerate(COLUMNS):
            if column.field and column.field != "reference":
                sheet.write_blank(row, index, None, forms.of(column))
    sheet.autofilter(0, 0, len(plan.actions), len(COLUMNS) - 1)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(len(plan.actions), 1), PRINTED - 1)


def _write_action(sheet: Worksheet, row: int, plan: ActionPlan, action: Action, forms: _Forms) -> None:
    texts = []
    for index, column in enumerate(COLUMNS):
        value = column.value(plan.scorecard.standard, action)
        if isinstance(value, str):
            write_text(sheet, row, index, value, forms.of(column))
            texts.append((value, column.width))
        else:
            write_day(sheet, row, index, value, forms.of(column))
    fit_row(sheet, row, texts)


def _check_column(sheet: Worksheet, index: int, column: Column, last: int) -> None:
    rule: dict[str, object] = {}
    if column.choices:
        message = f"One of: {', '.join(column.choices)}."
        rule = {"validate": "list", "source": list(column.choices), "error_message": message}
    elif column.is_day:
        rule = {"validate": "date", "criteria": ">=", "value": _FIRST_DAY, "error_message": "Write it as 21/11/2026."}
    if rule:
        sheet.data_validation(1, index, last, index, rule)


_FIRST_DAY = 1
"""1 January 1900, the first day that Excel knows."""


def _write_about(book: Workbook, sheet: Worksheet, plan: ActionPlan) -> None:
    line = {"border": 1, "border_color": BORDER}
    label, fixed = form_of(book, bold=True, **line), form_of(book, bg_color=TINT, **line)
    advice = form_of(book)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    for row, (name, text) in enumerate(describe_plan(plan).items()):
        write_text(sheet, row, 0, name, label)
        write_text(sheet, row, 1, text, fixed)
        fit_row(sheet, row, [(name, 26), (text, 90)])
    for row, text in enumerate(_ADVICE.splitlines(), start=len(describe_plan(plan)) + 1):
        write_text(sheet, row, 1, text, advice)
        fit_row(sheet, row, [(text, 90)])
