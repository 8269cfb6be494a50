"""Bringing the plan up to date: what newer answers offer, and what they would change."""

from __future__ import annotations

from flask import flash, request
from flask.typing import ResponseReturnValue

from selfassess.reports.words import count
from webapp.clock import today
from webapp.forms.plans import OffersForm
from webapp.guards import guard, scope
from webapp.pages.plan_sources import describe_source
from webapp.pages.plans import show_offers
from webapp.routes.plans.blueprint import blueprint
from webapp.routes.shown import go_to, show_form
from webapp.store.errors import NotAllowedError
from webapp.store.plan_records import LivingPlan
from webapp.store.plans import get_living_plan, update_plan
from webapp.store.scope import Role

__all__ = ["update"]

ADD, LATER, NEVER = "add", "later", "never"


@blueprint.route("/update", methods=["GET", "POST"], endpoint="update_plan")
@guard(Role.CONTRIBUTOR)
def update(organisation_id: str) -> ResponseReturnValue:
    """Decide about each new gap, and let the plan follow other answers."""
    del organisation_id
    try:
        living = get_living_plan(scope(), assessment_id=request.values.get("assessment"))
    except NotAllowedError as error:
        flash(f"{error}.")
        return go_to(".show_plan")
    form = OffersForm(data={"start": today()})
    if not living.offers:
        del form.start
    if form.validate_on_submit():
        return _update(living, form)
    return show_form(
        "plans/update.html",
        form,
        living=living,
        source=describe_source(living.assessment, living.card),
        is_new=living.assessment.id != living.record.assessment_id,
        offers=show_offers(living.offers),
        changed=list_changed(living),
        decisions=_read_decisions(living),
    )


def list_changed(living: LivingPlan) -> tuple[tuple[str, str], ...]:
    """The actions whose gap these answers change, with why."""
    present = {action.reference: action for action in get_living_plan(scope()).plan.actions}
    return tuple(
        (action.gap, action.why)
        for action in living.plan.actions
        if action.standing is not present[action.reference].standing
    )


def _read_decisions(living: LivingPlan) -> dict[str, str]:
    """What is chosen for each offer; a gap that was found is added unless somebody says otherwise."""
    return {action.reference: request.form.get(f"offer-{action.reference}", ADD) for action in living.offers}


def _update(living: LivingPlan, form: OffersForm) -> ResponseReturnValue:
    decisions = {name.removeprefix("offer-"): chosen for name, chosen in request.form.items()}
    added = update_plan(
        scope(),
        assessment_id=living.assessment.id,
        start=form.start.day if "start" in form else today(),
        take=[reference for reference, chosen in decisions.items() if chosen == ADD],
        decline=[reference for reference, chosen in decisions.items() if chosen == NEVER],
    )
    flash(f"The plan has been brought up to date: {count(added, 'action')} added.", "success")
    return go_to(".show_plan")
