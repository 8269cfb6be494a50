"""Giving a theme to somebody."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue

from webapp.forms.assessments import NOBODY, AssignForm
from webapp.guards import guard
from webapp.routes.answering.blueprint import blueprint
from webapp.routes.answering.opening import OpenedTheme, open_theme
from webapp.routes.shown import go_to, show_form
from webapp.routes.telling import tell_assigned
from webapp.store.assignments import assign_theme, list_answerers, list_assignments
from webapp.store.errors import NotAllowedError
from webapp.store.scope import Role

__all__ = ["assign"]


@blueprint.route("/themes/<theme>/assign", methods=["GET", "POST"])
@guard(Role.CONTRIBUTOR)
def assign(organisation_id: str, assessment_id: str, theme: str) -> ResponseReturnValue:
    """Choose who answers a theme."""
    del organisation_id
    opened = open_theme(assessment_id, theme)
    if not opened.record.is_open:
        flash("This assessment has been submitted, so its themes cannot be given to anybody.", "refused")
        return go_to(".show_tasks")
    form = _form(opened)
    if not form.validate_on_submit():
        return show_form("answering/assign.html", form, opened=opened)
    try:
        assign_theme(opened.scope, opened.record, theme=theme, user_id=form.user_id)
    except NotAllowedError as error:
        form.person.errors = [str(error)]
        return show_form("answering/assign.html", form, opened=opened)
    if form.user_id != form.person.object_data:
        tell_assigned(opened.scope, opened.record, theme=theme, title=opened.page.title, whom=form.user_id)
    flash(_say(opened, form), "success")
    return go_to(".show_tasks")


def _form(opened: OpenedTheme) -> AssignForm:
    now = list_assignments(opened.record).get(opened.page.theme)
    form = AssignForm(data={"person": now.user_id if now else NOBODY})
    form.offer(list_answerers(opened.scope))
    return form


def _say(opened: OpenedTheme, form: AssignForm) -> str:
    title = opened.page.title
    if form.user_id is None:
        return f"“{title}” is not given to anybody now."
    return f"“{title}” is given to {dict(form.person.choices)[form.user_id]}."
