"""The action plan of an organisation: made from the gaps of an assessment, and brought up to date from later ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, select

from selfassess import Scorecard
from selfassess.planning import Action as Draft
from selfassess.planning import plan_actions
from webapp.clock import now
from webapp.db.tables import Plan
from webapp.db.work import session
from webapp.store.actions import insert_action, list_actions
from webapp.store.assessments import get_assessment
from webapp.store.audit import record_event
from webapp.store.constraints import mapped
from webapp.store.errors import AlreadyThereError, NotAllowedError, NotFoundError
from webapp.store.plan_records import LivingPlan, PlanRecord, Written
from webapp.store.records import AssessmentRecord
from webapp.store.results import score_record
from webapp.store.scope import Scope

__all__ = ["find_living_plan", "find_plan", "get_living_plan", "make_plan", "update_plan"]


def find_plan(scope: Scope) -> PlanRecord | None:
    """The plan of the organisation; None where there is none yet."""
    row = session().scalars(select(Plan).where(_is_of(scope))).one_or_none()
    return PlanRecord(row.id, row.assessment_id, row.start, row.created_at) if row else None


def find_living_plan(scope: Scope) -> LivingPlan | None:
    """The plan beside the answers that it follows; None where there is none yet."""
    record = find_plan(scope)
    return _read(scope, record, record.assessment_id) if record else None


def get_living_plan(scope: Scope, *, assessment_id: str | None = None) -> LivingPlan:
    """The plan beside the answers of an assessment.

    Args:
        scope: Whose.
        assessment_id: Another assessment than the one it follows, to see what that would change.

    Raises:
        NotFoundError: There is no plan, or no such assessment.
        NotAllowedError: The plan has actions on practices that the other assessment's standard does not know.
    """
    record = find_plan(scope)
    if record is None:
        raise NotFoundError
    return _read(scope, record, assessment_id or record.assessment_id)


def make_plan(scope: Scope, *, assessment_id: str, start: date) -> int:
    """Make the organisation's plan, with one action for each gap of an assessment.

    Returns:
        How many actions it has.

    Raises:
        NotFoundError: The organisation has no such assessment.
        AlreadyThereError: It has a plan.
        AlteredError: The assessment was signed, and what was signed is no longer there.
    """
    card = score_record(scope, get_assessment(scope, assessment_id))
    plan = Plan(organisation_id=scope.organisation_id, assessment_id=assessment_id, start=start, created_at=now())
    there = AlreadyThereError("There is an action plan already")
    with mapped({"uq_plan_organisation_id": there, "plan.organisation_id": there}):
        session().add(plan)
    drafts = plan_actions(card, start=start).actions
    _insert(scope, plan.id, drafts, is_declined=False)
    record_event("plan_made", user_id=scope.user_id, organisation_id=scope.organisation_id, subject=assessment_id)
    return len(drafts)


def update_plan(
    scope: Scope, *, assessment_id: str, start: date, take: Collection[str], decline: Collection[str]
) -> int:
    """Let the plan follow an assessment, and decide about the gaps that it offers; nothing that is kept changes.

    Args:
        scope: Whose, and who decides.
        assessment_id: The assessment, which may be the one that it follows already.
        start: The day the new actions start.
        take: The references of the offers that go into the plan.
        decline: The references of those that are not to be offered again. All others are offered again.

    Returns:
        How many actions were added.

    Raises:
        NotFoundError: There is no plan, or no such assessment.
        NotAllowedError: As for `get_living_plan`.
    """
    plan = session().scalars(select(Plan).where(_is_of(scope)).with_for_update()).one_or_none()
    if plan is None:
        raise NotFoundError
    living = get_living_plan(scope, assessment_id=assessment_id)
    offered = {action.reference for action in living.offers}
    drafts = [a for a in plan_actions(living.card, start=start).actions if a.reference in offered]
    taken = [draft for draft in drafts if draft.reference in take]
    _insert(scope, plan.id, taken, is_declined=False)
    _insert(scope, plan.id, [draft for draft in drafts if draft.reference in decline], is_declined=True)
    if plan.assessment_id != assessment_id:
        plan.assessment_id = assessment_id
        record_event(
            "plan_updated", user_id=scope.user_id, organisation_id=scope.organisation_id, subject=assessment_id
        )
    return len(taken)


def _insert(scope: Scope, plan_id: str, drafts: Iterable[Draft], *, is_declined: bool) -> None:
    for draft in drafts:
        written = Written(start=draft.start, due=draft.due)
        insert_action(scope, plan_id=plan_id, reference=draft.reference, written=written, is_declined=is_declined)


def _read(scope: Scope, record: PlanRecord, assessment_id: str) -> LivingPlan:
    assessment = get_assessment(scope, assessment_id)
    kept = list_actions(scope)
    unknown = [a for a in kept if not a.is_own and a.reference not in assessment.standard.practices]
    if unknown:
        raise NotAllowedError("That assessment answers an older standard, which does not know every action of the plan")
    return LivingPlan(record, assessment, _score(scope, assessment), kept)


def _score(scope: Scope, assessment: AssessmentRecord) -> Scorecard:
    """The assessment as it counts, under the organisation's present name: the plan lives on after a signature."""
    card = score_record(scope, assessment)
    names = {"name": scope.organisation_name, "reference": scope.reference, "group": scope.group_name}
    organisation = card.assessment.organisation.model_copy(update=names)
    return replace(card, assessment=card.assessment.model_copy(update={"organisation": organisation}))


def _is_of(scope: Scope) -> ColumnElement[bool]:
    return Plan.organisation_id == scope.organisation_id
