"""Taking the answers of a quick check along into an account, or deleting them."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.clock import today
from webapp.forms.quickcheck import KeepForm
from webapp.guards import guard, signed_in_id
from webapp.pages.kinds import kind_titles
from webapp.routes.quickcheck.blueprint import blueprint
from webapp.routes.quickcheck.visit import forget, with_held
from webapp.routes.shown import go_to, show_form
from webapp.store.assessments import create_assessment
from webapp.store.organisations import OwnOrganisation, create_organisation, list_own_organisations
from webapp.store.quickchecks import QuickCheckRecord
from webapp.store.scope import Role, get_scope

__all__: list[str] = []


@blueprint.get("/quick-check/keep")
@guard.public
@with_held
def show_keep(held: QuickCheckRecord) -> ResponseReturnValue:
    """How to take the answers along: by registering or signing in, then by choosing an organisation."""
    if not current_user.is_authenticated:
        return render_template("quickcheck/keep_signed_out.html", held=held)
    form = _make_form(held)
    form.name.data = held.organisation
    return _show_form(held, form)


@blueprint.post("/quick-check/keep")
@guard.signed_in
@with_held
def keep(held: QuickCheckRecord) -> ResponseReturnValue:
    """Begin a full assessment with the answers, each to be confirmed."""
    form = _make_form(held)
    if not form.validate_on_submit():
        return _show_form(held, form)
    organisation_id, assessment_id = _carry(held, form)
    forget()
    flash("Your answers are in a full assessment now. Go through them and confirm that each is right.", "success")
    return go_to("answering.show_tasks", organisation_id=organisation_id, assessment_id=assessment_id)


@blueprint.get("/quick-check/delete")
@guard.public
@with_held
def show_delete(held: QuickCheckRecord) -> ResponseReturnValue:
    """Ask once more before the answers are deleted."""
    return render_template("quickcheck/delete.html", held=held)


@blueprint.post("/quick-check/delete")
@guard.public
def delete() -> ResponseReturnValue:
    """Delete the answers before their time."""
    forget()
    flash("Your answers have been deleted.", "success")
    return go_to("start.show_start")


def _own_organisations() -> tuple[OwnOrganisation, ...]:
    """Where the person who is signed in may answer."""
    found = list_own_organisations(signed_in_id())
    return tuple(each for each in found if each.role in (Role.OWNER, Role.CONTRIBUTOR))


def _make_form(held: QuickCheckRecord) -> KeepForm:
    form = KeepForm()
    form.offer([each for each in _own_organisations() if each.kind == held.kind])
    return form


def _show_form(held: QuickCheckRecord, form: KeepForm) -> ResponseReturnValue:
    others = [each.name for each in _own_organisations() if each.kind != held.kind]
    return show_form("quickcheck/keep.html", form, held=held, kind=kind_titles()[held.kind], others=others)


def _carry(held: QuickCheckRecord, form: KeepForm) -> tuple[str, str]:
    """Begin the assessment, in a new organisation where that was chosen."""
    organisation_id: str = form.organisation.data
    if form.is_new:
        organisation_id = create_organisation(user_id=signed_in_id(), name=form.name.data, kind=held.kind)
    scope = get_scope(user_id=signed_in_id(), organisation_id=organisation_id)
    title = f"{today().year}, begun with a quick check"
    return organisation_id, create_assessment(scope, title=title, day=today(), answers=held.answers)
