"""One action: read, change, add, take out and put back."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from selfassess.planning import ActionStatus
from webapp.clock import today
from webapp.forms.fields import make_choices
from webapp.forms.plans import ActionForm, typed_fields
from webapp.guards import guard, scope
from webapp.pages.actions import (
    list_differences,
    settle,
    show_action,
    show_history,
    spare_drafts,
    written_of,
)
from webapp.routes.plans.blueprint import blueprint, may_edit
from webapp.routes.shown import go_to, show_form
from webapp.store.actions import (
    PARTS,
    ActionOutcome,
    add_own_action,
    list_action_changes,
    put_back,
    save_action,
    take_out,
)
from webapp.store.answers import Result
from webapp.store.errors import NotFoundError
from webapp.store.members import list_members
from webapp.store.plan_records import ActionRecord, LivingPlan
from webapp.store.plans import get_living_plan
from webapp.store.scope import Role

__all__ = ["add", "put_into_plan", "save", "show", "show_changes", "take_out_of_plan"]

_CONFLICT = 409


@blueprint.route("/actions/new", methods=["GET", "POST"], endpoint="add_action")
@guard(Role.CONTRIBUTOR)
def add(organisation_id: str) -> ResponseReturnValue:
    """Add an action of people's own."""
    del organisation_id
    living = get_living_plan(scope())
    form = ActionForm(data={"start": today(), "status": ActionStatus.NOT_STARTED.value})
    form.action.description = "The steps, in your own words."
    form.theme.choices = _themes(living)
    if form.validate_on_submit():
        add_own_action(scope(), written=form.written)
        flash(f"“{form.gap.data}” has been added to the plan.", "success")
        return go_to(".show_plan")
    return show_form("plans/add.html", form, people=_people())


@blueprint.get("/actions/<action_id>", endpoint="show_action")
@guard(Role.READER)
def show(organisation_id: str, action_id: str) -> ResponseReturnValue:
    """An action: its form for those who may change it, its texts for the others."""
    del organisation_id
    living = get_living_plan(scope())
    record = _get(living, action_id)
    form = _make_form(living, record) if may_edit() and not record.is_declined else None
    return _show(living, record, form)


@blueprint.post("/actions/<action_id>", endpoint="save_action")
@guard(Role.CONTRIBUTOR)
def save(organisation_id: str, action_id: str) -> ResponseReturnValue:
    """Save an action, or let people choose where somebody else changed it meanwhile."""
    del organisation_id
    living = get_living_plan(scope())
    record = _get(living, action_id)
    form = _make_form(living, record)
    if not form.validate():
        return _show(living, record, form)
    written = spare_drafts(living, record, form.written)
    chosen = [part for part in PARTS if request.form.get(f"keep-{part}") == "theirs"]
    settled = settle(written, record.written, chosen)
    outcome = save_action(scope(), action_id, written=settled, version=_version_seen())
    if outcome.result is Result.CONFLICT:
        return _ask_to_choose(living, outcome)
    _tell(outcome)
    return go_to(".show_plan")


@blueprint.get("/actions/<action_id>/history", endpoint="show_history")
@guard(Role.READER)
def show_changes(organisation_id: str, action_id: str) -> ResponseReturnValue:
    """Who changed what, and when."""
    del organisation_id
    living = get_living_plan(scope())
    record = _get(living, action_id)
    entries = show_history(list_action_changes(scope(), action_id), is_own=record.is_own)
    return render_template("plans/history.html", page=show_action(living, record, today()), entries=entries)


@blueprint.post("/actions/<action_id>/take-out", endpoint="take_out_action")
@guard(Role.CONTRIBUTOR)
def take_out_of_plan(organisation_id: str, action_id: str) -> ResponseReturnValue:
    """Take an action out of the plan."""
    del organisation_id
    take_out(scope(), action_id)
    flash("The action has been taken out of the plan. What was written is kept, and you can put it back.", "success")
    return go_to(".show_action", action_id=action_id)


@blueprint.post("/actions/<action_id>/put-back", endpoint="put_back_action")
@guard(Role.CONTRIBUTOR)
def put_into_plan(organisation_id: str, action_id: str) -> ResponseReturnValue:
    """Put an action into the plan again."""
    del organisation_id
    put_back(scope(), action_id)
    flash("The action is in the plan.", "success")
    return go_to(".show_action", action_id=action_id)


def _get(living: LivingPlan, action_id: str) -> ActionRecord:
    found = next((record for record in living.kept if record.id == action_id), None)
    if found is None:
        raise NotFoundError
    return found


def _make_form(living: LivingPlan, record: ActionRecord) -> ActionForm:
    form = ActionForm(data=typed_fields(written_of(living, record)) | {"version": str(record.version)})
    if record.is_own:
        form.action.description = "The steps, in your own words."
        form.theme.choices = _themes(living)
    else:
        del form.gap, form.theme
    return form


def _show(living: LivingPlan, record: ActionRecord, form: ActionForm | None) -> ResponseReturnValue:
    page = show_action(living, record, today())
    if form is None:
        return render_template("plans/action.html", page=page)
    return show_form("plans/edit.html", form, page=page, people=_people())


def _ask_to_choose(living: LivingPlan, outcome: ActionOutcome) -> ResponseReturnValue:
    """Both texts side by side, for whatever two people changed; all else is in the form unseen."""
    record = outcome.kept
    differences = list_differences(outcome.parts, mine=outcome.mine, theirs=record.written, is_own=record.is_own)
    page = show_action(living, record, today())
    fields = typed_fields(outcome.mine)
    return render_template("plans/conflict.html", page=page, differences=differences, fields=fields), _CONFLICT


def _version_seen() -> int:
    """What the form says; nonsense counts as a version that is long gone, so that nothing is overwritten."""
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else 0


_DIGITS = 10
"""Of a version that no database could hold."""


def _tell(outcome: ActionOutcome) -> None:
    if outcome.result is Result.SAVED:
        flash("The action has been saved.", "success")
    else:
        flash("Nothing was changed, so nothing was saved.")


def _themes(living: LivingPlan) -> list[SelectChoice]:
    titles = [theme.title for theme in living.card.standard.head.themes]
    return make_choices([("", "None of these"), *((title, title) for title in titles)])


def _people() -> tuple[str, ...]:
    """Names to suggest for the owner."""
    return tuple(dict.fromkeys(member.name for member in list_members(scope())))
