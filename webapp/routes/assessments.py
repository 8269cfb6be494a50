"""The assessments of an organisation: the list, and starting one."""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue

from webapp.clock import today
from webapp.forms.assessments import BLANK, StartForm
from webapp.guards import guard, scope
from webapp.routes.shown import go_to, show_form
from webapp.store.assessments import Carriable, create_assessment, list_assessments, list_carriable
from webapp.store.scope import Role
from webapp.words import write_day

__all__ = ["blueprint"]

blueprint = Blueprint("assessments", __name__, url_prefix="/organisations/<organisation_id>/assessments")


@blueprint.get("")
@guard(Role.READER)
def show_assessments(organisation_id: str) -> ResponseReturnValue:
    """Every assessment of the organisation."""
    del organisation_id
    held = scope()
    return render_template(
        "assessments/list.html",
        scope=held,
        records=list_assessments(held),
        may_start=held.may_act_as(Role.CONTRIBUTOR),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@guard(Role.CONTRIBUTOR)
def start_assessment(organisation_id: str) -> ResponseReturnValue:
    """Start an assessment: blank, or with the answers of an earlier one."""
    held = scope()
    earlier = list_carriable(held)
    form = _form(earlier)
    if not form.validate_on_submit():
        return show_form("assessments/new.html", form, scope=held, hints=_hints(earlier))
    assessment_id = create_assessment(held, title=form.title.data, day=form.day.day, carry_from=form.carry_from)
    flash(f"The assessment “{form.title.data}” has been started.", "success")
    return go_to("answering.show_tasks", organisation_id=organisation_id, assessment_id=assessment_id)


def _form(earlier: tuple[Carriable, ...]) -> StartForm:
    first = earlier[0].record.id if earlier else BLANK
    form = StartForm(data={"title": str(today().year), "day": today(), "begin": first})
    form.offer(earlier)
    return form


def _hints(earlier: tuple[Carriable, ...]) -> dict[str, object]:
    """What each choice means, to stand under its button."""
    blank = "Every practice begins without an answer."
    return {"items": [{"hint": {"text": text}} for text in (blank, *map(_carry_hint, earlier))]}


def _carry_hint(earlier: Carriable) -> str:
    day = f"It describes {write_day(earlier.record.date)}."
    if earlier.answers == 1:
        return f"{day} 1 answer is carried over with its note and evidence, marked “to confirm” until somebody does."
    return (
        f"{day} {earlier.answers} answers are carried over with their notes and evidence, each marked “to confirm” "
        "until somebody does."
    )
