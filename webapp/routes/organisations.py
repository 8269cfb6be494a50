"""A person's organisations, and each organisation's home and settings."""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue

from webapp.forms.fields import make_choices, radio_params, take_error
from webapp.forms.organisations import OrganisationForm
from webapp.guards import guard, scope, signed_in_id
from webapp.pages.kinds import kind_meanings, kind_titles
from webapp.pages.organisation_home import make_home
from webapp.pages.roles import ROLE_MEANINGS, ROLE_TITLES
from webapp.routes.quickcheck.visit import find_held
from webapp.routes.shown import go_to, show_form
from webapp.store.assessments import list_assessments
from webapp.store.comments import list_open_for
from webapp.store.errors import NotAllowedError
from webapp.store.group_places import find_offered_place
from webapp.store.groups import list_own_groups
from webapp.store.members import list_members
from webapp.store.organisations import (
    change_organisation,
    create_organisation,
    has_assessments,
    list_own_organisations,
)
from webapp.store.people import is_administrator
from webapp.store.scope import Role

__all__ = ["blueprint"]

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/organisations")
@guard.signed_in
def list_organisations() -> ResponseReturnValue:
    """The organisations and groups of whoever is signed in."""
    user_id = signed_in_id()
    return render_template(
        "organisations/list.html",
        organisations=list_own_organisations(user_id),
        groups=list_own_groups(user_id),
        kinds=kind_titles(),
        roles=ROLE_TITLES,
        is_administrator=is_administrator(user_id),
        quick_check=find_held(),
    )


@blueprint.route("/organisations/new", methods=["GET", "POST"])
@guard.signed_in
def start_organisation() -> ResponseReturnValue:
    """Create an organisation."""
    form = OrganisationForm()
    form.kind.choices = make_choices(kind_titles().items())
    if form.validate_on_submit():
        organisation_id = create_organisation(
            user_id=signed_in_id(), name=form.name.data, kind=form.kind.data, reference=form.reference.data or None
        )
        flash(f"{form.name.data} has been created, and you are its owner.", "success")
        return go_to(".show_organisation", organisation_id=organisation_id)
    return show_form("organisations/new.html", form, params=radio_params(form.kind, kind_meanings()))


@blueprint.get("/organisations/<organisation_id>")
@guard(Role.READER)
def show_organisation(organisation_id: str) -> ResponseReturnValue:
    """The organisation's home: where it stands, and what is next."""
    del organisation_id
    held = scope()
    return render_template(
        "organisations/home.html",
        scope=held,
        kind=kind_titles().get(held.kind, held.kind),
        home=make_home(list_assessments(held), list_open_for(held), held),
        members=list_members(held),
        offered=find_offered_place(held) if held.role is Role.OWNER else None,
        role=ROLE_TITLES[held.role],
        may=ROLE_MEANINGS[held.role],
    )


@blueprint.route("/organisations/<organisation_id>/settings", methods=["GET", "POST"])
@guard(Role.OWNER)
def edit_organisation(organisation_id: str) -> ResponseReturnValue:
    """Change the organisation's name, reference and, before its first assessment, kind."""
    held, form = scope(), _settings_form()
    params = radio_params(form.kind, kind_meanings()) if form.kind else {}
    if form.validate_on_submit():
        try:
            change_organisation(
                held,
                name=form.name.data,
                kind=form.kind.data if form.kind else held.kind,
                reference=form.reference.data or None,
            )
        except NotAllowedError as error:
            take_error(form.kind, error)
        else:
            flash("The settings have been saved.", "success")
            return go_to(".show_organisation", organisation_id=organisation_id)
    return show_form(
        "organisations/settings.html", form, scope=held, kind=kind_titles().get(held.kind, held.kind), params=params
    )


def _settings_form() -> OrganisationForm:
    """The form with what is known; without the kind where it decides already what is asked."""
    held = scope()
    form = OrganisationForm(data={"name": held.organisation_name, "kind": held.kind, "reference": held.reference})
    form.kind.choices = make_choices(kind_titles().items())
    if has_assessments(held):
        del form.kind
    return form
