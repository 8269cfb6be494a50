"""The page of one theme: its questions, and saving the answers."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from webapp.guards import guard, when_signed_out
from webapp.pages.conflicts import Settled, make_conflict, settle_choices
from webapp.pages.theme import saved_inputs
from webapp.questions.posted import Posted, PostedAnswer, errors_in, read_posted
from webapp.routes.answering.blueprint import blueprint
from webapp.routes.answering.keeping import find_kept, forget_kept
from webapp.routes.answering.opening import OpenedTheme, open_theme
from webapp.routes.answering.showing import show_theme_page, show_typed, typed_inputs
from webapp.routes.answering.unsaved import hold_theme, show_unsaved
from webapp.routes.shown import go_to
from webapp.store.answers import Draft, Outcome, Result, list_answers, save_answers
from webapp.store.errors import NotAllowedError
from webapp.store.scope import Role

__all__ = ["drop_kept", "save_theme", "show_theme"]

_KEPT = "We kept what you typed before you were signed out. It is filled in below, and not saved yet."
_OTHER_PERSON = (
    "Somebody else was signed in when this page was opened, so nothing was saved. Check the answers, and save them "
    "if they are yours."
)
_PARTLY = "Some answers could not be saved. All other answers on this page are saved."
_CONFLICT, _UNPROCESSABLE = 409, 422


@blueprint.get("/themes/<theme>")
@guard(Role.READER)
def show_theme(organisation_id: str, assessment_id: str, theme: str) -> ResponseReturnValue:
    """The questions of one theme with their answers."""
    del organisation_id
    opened = open_theme(assessment_id, theme)
    answers = list_answers(opened.record, opened.practices)
    kept = None if opened.is_locked else find_kept(opened.scope.user_id)
    if kept is None:
        return show_theme_page(opened, answers)
    return show_theme_page(opened, answers, typed=typed_inputs(opened, answers, kept), notice=_KEPT)


@blueprint.post("/themes/<theme>")
@when_signed_out(hold_theme)
@guard(Role.CONTRIBUTOR)
def save_theme(organisation_id: str, assessment_id: str, theme: str) -> ResponseReturnValue:
    """Save the answers of one theme; what can be saved is saved, whatever is wrong with the rest."""
    del organisation_id
    try:
        opened = open_theme(assessment_id, theme, to_write=True)
    except NotAllowedError as error:
        return show_unsaved(str(error), status=_CONFLICT)
    if request.form.get("user", opened.scope.user_id) != opened.scope.user_id:
        return show_typed(opened, request.form, problem=_OTHER_PERSON, status=_UNPROCESSABLE)
    return _save(opened)


@blueprint.post("/themes/<theme>/kept")
@guard(Role.CONTRIBUTOR)
def drop_kept(organisation_id: str, assessment_id: str, theme: str) -> ResponseReturnValue:
    """Leave out what was typed before somebody was signed out."""
    del organisation_id
    opened = open_theme(assessment_id, theme)
    forget_kept(opened.scope.user_id, request.path.removesuffix("/kept"))
    flash("What you typed before you were signed out is left out. The page shows what is saved.", "success")
    return go_to(".show_theme", theme=theme)


def _save(opened: OpenedTheme) -> ResponseReturnValue:
    fields, record = opened.page.fields, opened.record
    saved = list_answers(record, opened.practices)
    settled = settle_choices(request.form, fields, saved)
    posted = read_posted(fields, settled.form, saved_inputs(saved))
    outcomes = save_answers(opened.scope, record, _drafts(posted), kept=saved)
    if any(outcome.result is Result.CONFLICT for outcome in outcomes.values()):
        return _show_conflicts(opened, posted, outcomes, settled)
    errors = errors_in(posted)
    if errors:
        answers = list_answers(record, opened.practices)
        return show_theme_page(opened, answers, errors=errors, problem=_PARTLY, status=_UNPROCESSABLE)
    forget_kept(opened.scope.user_id, request.path)
    return _go_on(opened)


def _drafts(posted: Mapping[str, Posted]) -> list[Draft]:
    return [
        Draft(key, each.answer, each.version, each.confirmed)
        for key, each in posted.items()
        if isinstance(each, PostedAnswer)
    ]


def _go_on(opened: OpenedTheme) -> ResponseReturnValue:
    """On to where the person wants to go; the message tells the page's script that its drafts may go."""
    if request.form.get("go") == "list":
        flash(f"Your answers on “{opened.page.title}” are saved.", "saved")
        return go_to(".show_tasks")
    flash("", "saved")
    if opened.page.following is None:
        return go_to(".check_answers")
    return go_to(".show_theme", theme=opened.page.following)


def _show_conflicts(
    opened: OpenedTheme, posted: Mapping[str, Posted], outcomes: Mapping[str, Outcome], settled: Settled
) -> ResponseReturnValue:
    """Both texts of each answer that somebody else changed meanwhile, to choose between."""
    labels, user_id = opened.record.standard.level_labels, opened.scope.user_id
    conflicts = []
    for field in opened.page.fields:
        typed, outcome = posted.get(field.id), outcomes.get(field.id)
        if outcome and outcome.result is Result.CONFLICT and outcome.theirs and isinstance(typed, PostedAnswer):
            conflicts.append(make_conflict(field, typed, outcome.theirs, labels, user_id))
    page = render_template(
        "answering/conflicts.html",
        opened=opened,
        conflicts=conflicts,
        undecided=[each for each in conflicts if each.prefix in settled.undecided],
        has_errors=any(each.prefix in settled.undecided for each in conflicts),
        waiting=_waiting_inputs(posted, settled.form),
        go=request.form.get("go", "next"),
    )
    return page, _CONFLICT


def _waiting_inputs(posted: Mapping[str, Posted], form: Mapping[str, str]) -> list[tuple[str, str]]:
    """The inputs of practices that have errors: shown again once the conflicts are settled."""
    prefixes = tuple(f"{key}." for key in errors_in(posted))
    return [(name, value) for name, value in form.items() if name.startswith(prefixes)]
