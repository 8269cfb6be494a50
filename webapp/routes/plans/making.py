"""Making the plan."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue

from selfassess.reports.words import count
from webapp.clock import today
from webapp.forms.fields import make_choices
from webapp.forms.plans import MakePlanForm
from webapp.guards import guard, scope
from webapp.pages.plan_sources import PlanSource, describe_source
from webapp.routes.plans.blueprint import blueprint
from webapp.routes.shown import go_to, show_form
from webapp.store.assessments import list_assessments
from webapp.store.errors import AlreadyThereError
from webapp.store.plans import find_plan, make_plan
from webapp.store.results import score_every_record
from webapp.store.scope import Role

__all__ = ["list_sources", "make"]


@blueprint.route("/new", methods=["GET", "POST"], endpoint="make_plan")
@guard(Role.CONTRIBUTOR)
def make(organisation_id: str) -> ResponseReturnValue:
    """Make the plan from the gaps of an assessment."""
    del organisation_id
    if find_plan(scope()):
        flash("Your organisation has a plan already. This is it; a newer assessment can be added to it.")
        return go_to(".show_plan")
    sources = list_sources()
    if not sources:
        flash("A plan is made from the gaps of an assessment. Start an assessment first.")
        return go_to(".show_plan")
    form = MakePlanForm(data={"assessment": sources[0].id, "start": today()})
    form.assessment.choices = make_choices((source.id, source.title) for source in sources)
    if form.validate_on_submit():
        return _make(form)
    return show_form("plans/new.html", form, hints=[{"hint": {"text": source.facts}} for source in sources])


def list_sources() -> tuple[PlanSource, ...]:
    """The assessments that a plan can be made from, the latest first."""
    records = list_assessments(scope())
    return tuple(map(describe_source, records, score_every_record(scope(), records)))


def _make(form: MakePlanForm) -> ResponseReturnValue:
    try:
        actions = make_plan(scope(), assessment_id=form.assessment.data, start=form.start.day)
    except AlreadyThereError:
        flash("Somebody else has made the plan in the meantime. This is it.")
    else:
        flash(f"The plan has been made, with {count(actions, 'action')}.", "success")
    return go_to(".show_plan")
