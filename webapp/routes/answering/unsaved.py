"""A page of answers that arrived and cannot be saved: what was typed is kept, or shown again."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from webapp.guards import guard
from webapp.pages.typed import list_typed
from webapp.routes.answering.blueprint import blueprint
from webapp.routes.answering.keeping import keep_form
from webapp.routes.answering.opening import open_theme
from webapp.routes.answering.showing import show_typed
from webapp.store.errors import NotFoundError
from webapp.store.scope import Role
from webapp.store.standards import main_standard
from webapp.unsent import show_expired

__all__ = ["hold_theme", "show_unsaved"]

_EXPIRED = (
    "This page was open for too long, or you signed in again meanwhile, so nothing was saved. What you typed is still "
    "here: check it, and save it again."
)
_SIGNED_OUT = "You are signed out."
_SUBMITTED = "This assessment has been submitted, so its answers cannot be changed."
_BAD, _UNAUTHORISED, _CONFLICT = 400, 401, 409


def hold_theme() -> ResponseReturnValue:
    """Keep the page that somebody sent when already signed out, and ask them to sign in."""
    if keep_form():
        return redirect(url_for("security.login", next=request.path), 303)
    return show_unsaved(_SIGNED_OUT, status=_UNAUTHORISED)


def show_unsaved(why: str, *, status: int) -> ResponseReturnValue:
    """A page that says why nothing was saved, with all that was typed."""
    page = render_template(
        "answering/unsaved.html",
        why=why,
        typed=list_typed(request.form, main_standard()),
        again=[(name, value) for name, value in request.form.items() if name != "csrf_token"],
        is_signed_out=status == _UNAUTHORISED,
    )
    return page, status


@blueprint.errorhandler(CSRFError)
def answer_expired(_: CSRFError) -> ResponseReturnValue:
    """A form whose token is of another session: the answers of a theme are shown again, to be sent again."""
    if request.endpoint == "answering.autosave":
        return {"message": "This page was open for too long."}, _BAD
    if request.endpoint != "answering.save_theme":
        return show_expired() or (render_template("errors/csrf.html"), _BAD)
    if not current_user.is_authenticated:
        # Kept only where the browser vouches that a page of this site sent it; else it is shown, and writes nothing.
        is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
        return hold_theme() if is_ours else show_unsaved(_SIGNED_OUT, status=_UNAUTHORISED)
    try:
        return _show_again()
    except (HTTPException, NotFoundError) as error:
        return current_app.handle_user_exception(error)


def _show_again() -> ResponseReturnValue:
    """The page with what was typed; the guard has not run yet, because tokens are checked before."""
    guard(Role.CONTRIBUTOR).check()
    values = request.view_args or {}
    opened = open_theme(values["assessment_id"], values["theme"])
    if opened.is_locked:
        return show_unsaved(_SUBMITTED, status=_CONFLICT)
    return show_typed(opened, request.form, problem=_EXPIRED, status=_BAD)
