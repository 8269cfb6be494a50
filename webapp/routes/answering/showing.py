"""The page of one theme, in every state that it has."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp.pages.conflicts import settle_choices
from webapp.pages.theme import saved_inputs
from webapp.questions.fragments import Link, Slots, as_markup, render_theme
from webapp.questions.inputs import Inputs
from webapp.questions.posted import FieldErrors, list_errors, read_posted, typed_in
from webapp.routes.answering.frame import frame_page, theme_values
from webapp.routes.answering.opening import OpenedTheme
from webapp.store.answers import SavedAnswer, list_answers
from webapp.store.theme_notes import ThemeNotes, find_theme_notes
from webapp.words import write_moment

__all__ = ["GONE", "show_theme_page", "show_typed", "typed_inputs"]

GONE = "somebody whose account is closed"


def show_theme_page(
    opened: OpenedTheme,
    answers: Mapping[str, SavedAnswer],
    *,
    typed: Mapping[str, Inputs] | None = None,
    errors: Mapping[str, FieldErrors] | None = None,
    notice: str = "",
    problem: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    """The page.

    Args:
        opened: The theme.
        answers: What is saved.
        typed: What stands in the inputs instead, by practice.
        errors: What was wrong with what was posted, by practice.
        notice: What to say first.
        problem: What to say in the error summary.
        status: The status of the answer.
    """
    notes = find_theme_notes(opened.record, opened.page.theme)
    inputs = saved_inputs(answers) | dict(typed or {})
    slots = _slots(opened, answers, notes)
    practices = render_theme(opened.page.fields, inputs, errors, slots, locked=opened.is_locked)
    page = None if notice or problem else frame_page(opened, notes, practices)
    return page or _render_whole(opened, notes, practices, errors or {}, notice=notice, problem=problem), status


def _render_whole(
    opened: OpenedTheme,
    notes: ThemeNotes,
    practices: bytes,
    errors: Mapping[str, FieldErrors],
    *,
    notice: str,
    problem: str,
) -> str:
    return render_template(
        "answering/theme.html",
        **theme_values(opened, notes),
        practices=as_markup(practices),
        notice=notice,
        problem=problem,
        faults=list_errors(errors),
        has_errors=bool(problem),
    )


def show_typed(opened: OpenedTheme, form: Mapping[str, str], *, problem: str, status: int) -> ResponseReturnValue:
    """The page with what was typed in its inputs, none of which was saved."""
    answers = list_answers(opened.record, opened.practices)
    return show_theme_page(opened, answers, typed=typed_inputs(opened, answers, form), problem=problem, status=status)


def typed_inputs(opened: OpenedTheme, answers: Mapping[str, SavedAnswer], form: Mapping[str, str]) -> dict[str, Inputs]:
    """What stood in the inputs of a form of this theme."""
    fields = opened.page.fields
    settled = settle_choices(form, fields, answers)
    return typed_in(read_posted(fields, settled.form, saved_inputs(answers)))


def _slots(opened: OpenedTheme, answers: Mapping[str, SavedAnswer], notes: ThemeNotes) -> dict[str, Slots]:
    below = f"{opened.list_address}/practices"
    return {key: _slot(f"{below}/{key}", answers.get(key), notes.comments.get(key, 0)) for key in opened.practices}


def _slot(address: str, saved: SavedAnswer | None, comments: int) -> Slots:
    talk = Link(_count_comments(comments), f"{address}/comments")
    if saved is None:
        return Slots(comments=talk)
    return Slots(
        comments=talk,
        history=Link("History of this answer", f"{address}/history"),
        changed_by=saved.changed_by or GONE,
        changed_at=write_moment(saved.changed_at),
    )


def _count_comments(count: int) -> str:
    if count == 0:
        return "Comments"
    return "1 open comment" if count == 1 else f"{count} open comments"
