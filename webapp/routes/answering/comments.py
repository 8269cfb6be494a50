"""What colleagues say to each other about an answer."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from webapp.forms.assessments import CommentForm
from webapp.guards import guard
from webapp.routes.answering.blueprint import blueprint
from webapp.routes.answering.opening import OpenedPractice, open_practice
from webapp.routes.shown import go_to
from webapp.routes.telling import tell_commented
from webapp.store.answers import list_answers
from webapp.store.comments import add_comment, list_comments, may_resolve, resolve_comment
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.members import list_members
from webapp.store.records import Status
from webapp.store.scope import Role

__all__ = ["close_comment", "comment", "show_comments"]

_PATH = "/practices/<practice>/comments"


@blueprint.get(_PATH)
@guard(Role.READER)
def show_comments(organisation_id: str, assessment_id: str, practice: str) -> ResponseReturnValue:
    """The comments on one practice."""
    del organisation_id
    opened = open_practice(assessment_id, practice)
    return _show(opened, _form(opened))


@blueprint.post(_PATH)
@guard(Role.READER)
def comment(organisation_id: str, assessment_id: str, practice: str) -> ResponseReturnValue:
    """Say something about one practice."""
    del organisation_id
    opened = open_practice(assessment_id, practice)
    form = _form(opened)
    if not form.validate_on_submit():
        return _show(opened, form)
    try:
        add_comment(opened.scope, opened.record, practice=practice, text=form.text.data, addressed_to=form.addressed_to)
    except (NotAllowedError, NotFoundError) as error:
        form.text.errors = [str(error) or "This person is not in the team any more"]
        return _show(opened, form)
    tell_commented(opened.scope, opened.record, practice=practice, whom=form.addressed_to)
    flash("Your comment has been added.", "success")
    return go_to(".show_comments", practice=practice)


@blueprint.post(f"{_PATH}/<comment_id>/close")
@guard(Role.READER)
def close_comment(organisation_id: str, assessment_id: str, practice: str, comment_id: str) -> ResponseReturnValue:
    """Say that a comment is dealt with."""
    del organisation_id
    opened = open_practice(assessment_id, practice)
    try:
        resolve_comment(opened.scope, opened.record, practice=practice, comment_id=comment_id)
    except NotAllowedError as error:
        flash(str(error), "refused")
    else:
        flash("The comment is marked as dealt with.", "success")
    return go_to(".show_comments", practice=practice)


def _form(opened: OpenedPractice) -> CommentForm:
    form = CommentForm()
    form.offer(member for member in list_members(opened.scope) if member.user_id != opened.scope.user_id)
    return form


def _show(opened: OpenedPractice, form: CommentForm) -> ResponseReturnValue:
    record = opened.record
    page = render_template(
        "answering/comments.html",
        opened=opened,
        form=form,
        saved=list_answers(record, [opened.field.id]).get(opened.field.id),
        labels=record.standard.level_labels,
        comments=[
            (each, record.status is not Status.SIGNED and may_resolve(opened.scope, each))
            for each in list_comments(record, opened.field.id)
        ],
        is_signed=record.status is Status.SIGNED,
    )
    return page, 422 if form.errors else 200
