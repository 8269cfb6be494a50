"""Answers that save themselves as people type: one practice at a time, asked and answered by the page's script."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from webapp.clock import now
from webapp.guards import guard, when_signed_out
from webapp.pages.theme import saved_inputs
from webapp.questions.posted import FieldErrors, PostedAnswer, read_posted
from webapp.routes.answering.blueprint import blueprint
from webapp.routes.answering.opening import OpenedTheme, open_theme
from webapp.store.answers import Draft, Outcome, Result, SavedAnswer, list_answers, save_answers
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.scope import Role
from webapp.words import write_moment

__all__ = ["autosave", "refuse_signed_out"]

_UNAUTHORISED, _FORBIDDEN, _CONFLICT, _UNPROCESSABLE = 401, 403, 409, 422


def refuse_signed_out() -> ResponseReturnValue:
    """The script keeps what was typed on the device, and asks to sign in."""
    return {"message": "You are signed out."}, _UNAUTHORISED


@blueprint.post("/themes/<theme>/autosave")
@when_signed_out(refuse_signed_out)
@guard(Role.CONTRIBUTOR)
def autosave(organisation_id: str, assessment_id: str, theme: str) -> ResponseReturnValue:
    """Save one practice, and say what became of it."""
    del organisation_id
    try:
        opened = open_theme(assessment_id, theme, to_write=True)
    except NotAllowedError as error:
        return {"message": str(error)}, _FORBIDDEN
    if request.form.get("user", opened.scope.user_id) != opened.scope.user_id:
        return refuse_signed_out()  # somebody else has signed in since the page was opened
    return _save(opened, request.form.get("practice", ""))


def _save(opened: OpenedTheme, practice: str) -> ResponseReturnValue:
    fields = [field for field in opened.page.fields if field.id == practice]
    shown = saved_inputs(list_answers(opened.record, [practice]))
    posted = read_posted(fields, request.form, shown).get(practice)
    if posted is None:
        raise NotFoundError
    if isinstance(posted, FieldErrors):
        return {"message": f"Not saved yet: {' '.join(posted.messages.values())}"}, _UNPROCESSABLE
    return _answer(opened, _save_one(opened, practice, posted))


def _save_one(opened: OpenedTheme, practice: str, posted: PostedAnswer) -> Outcome:
    draft = Draft(practice, posted.answer, posted.version, posted.confirmed)
    return save_answers(opened.scope, opened.record, [draft])[practice]


def _answer(opened: OpenedTheme, outcome: Outcome) -> ResponseReturnValue:
    if outcome.result is Result.CONFLICT and outcome.theirs is not None:
        return {"conflict": True, "message": _tell_conflict(opened, outcome.theirs)}, _CONFLICT
    time = write_moment(now()).rpartition(" ")[2]
    return {"practice": outcome.practice, "version": outcome.version, "saved": f"Saved at {time}"}


def _tell_conflict(opened: OpenedTheme, theirs: SavedAnswer) -> str:
    is_own = theirs.changed_by_id == opened.scope.user_id
    who = "You" if is_own else theirs.changed_by or "Somebody"
    where = " in another tab or window" if is_own else ""
    time = write_moment(theirs.changed_at).rpartition(" ")[2]
    return f"{who} changed this answer{where} at {time}. What you typed is not lost."
