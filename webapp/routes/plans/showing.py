"""The plan on one page."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.clock import today
from webapp.guards import guard, scope
from webapp.pages.plan_choices import GROUPINGS, SORTINGS, STATES, read_choices
from webapp.pages.plan_words import NOBODY
from webapp.pages.plans import list_owners, show_page
from webapp.routes.plans.blueprint import blueprint
from webapp.store.assessments import list_assessments
from webapp.store.plan_records import LivingPlan
from webapp.store.plans import find_living_plan
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Role

__all__ = ["find_newer", "show_plan"]


@blueprint.get("")
@guard(Role.READER)
def show_plan(organisation_id: str) -> ResponseReturnValue:
    """The plan: grouped, sorted and filtered as the address says."""
    del organisation_id
    living = find_living_plan(scope())
    if living is None:
        return render_template("plans/none.html", assessments=list_assessments(scope()))
    owners = list_owners(living.plan)
    choices = read_choices(request.args, owners)
    return render_template(
        "plans/plan.html",
        living=living,
        newer=find_newer(living),
        page=show_page(living, choices, today()),
        choices=choices,
        groupings=GROUPINGS,
        sortings=SORTINGS,
        states=STATES,
        owners=[(f"is:{name}", name or NOBODY) for name in owners],
    )


def find_newer(living: LivingPlan) -> AssessmentRecord | None:
    """The latest assessment, where it is another than the one that the plan follows."""
    latest = list_assessments(scope())[0]
    return latest if latest.id != living.assessment.id else None
