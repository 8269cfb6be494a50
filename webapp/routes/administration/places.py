"""Organisations, and the groups in which they are offered a place."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from webapp.forms.administration import OfferForm
from webapp.forms.fields import make_choices, take_error
from webapp.guards import guard, signed_in_id
from webapp.pages.kinds import kind_titles
from webapp.pages.roles import ROLE_TITLES
from webapp.routes.administration.blueprint import blueprint
from webapp.routes.shown import go_to, page_number, show_form
from webapp.store.administration import get_organisation_summary, search_organisations
from webapp.store.errors import NotAllowedError
from webapp.store.group_places import offer_place, take_out, withdraw_offer
from webapp.store.groups import list_groups
from webapp.store.members import list_team

__all__ = ["list_organisations", "remove_from_group", "show_organisation", "take_back_offer"]


@blueprint.get("/organisations")
@guard.administrator
def list_organisations() -> ResponseReturnValue:
    """The organisations, to search through."""
    words = request.args.get("q", "").strip()
    found = search_organisations(words, number=page_number())
    return render_template("administration/organisations.html", found=found, words=words, kinds=kind_titles())


@blueprint.route("/organisations/<organisation_id>", methods=["GET", "POST"])
@guard.administrator
def show_organisation(organisation_id: str) -> ResponseReturnValue:
    """One organisation: its team and its group; a place in a group can be offered."""
    organisation, groups = get_organisation_summary(organisation_id), list_groups()
    form = OfferForm()
    form.group.choices = make_choices([("", "Choose a group"), *((group.id, group.name) for group in groups)])
    if form.validate_on_submit():
        try:
            offer_place(administrator_id=signed_in_id(), organisation_id=organisation_id, group_id=form.group.data)
        except NotAllowedError as error:
            take_error(form.group, error)
        else:
            flash("The place has been offered. An owner of the organisation has to agree.", "success")
            return go_to(".show_organisation", organisation_id=organisation_id)
    return show_form(
        "administration/organisation.html",
        form,
        organisation=organisation,
        offered=next((group for group in groups if group.id == organisation.offered_group_id), None),
        has_groups=bool(groups),
        kind=kind_titles().get(organisation.kind, organisation.kind),
        team=list_team(organisation_id),
        roles=ROLE_TITLES,
    )


@blueprint.post("/organisations/<organisation_id>/withdraw-offer")
@guard.administrator
def take_back_offer(organisation_id: str) -> ResponseReturnValue:
    """Take back the offer of a place in a group."""
    withdraw_offer(
        administrator_id=signed_in_id(), organisation_id=organisation_id, group_id=request.form.get("group", "")
    )
    flash("The offer has been withdrawn.", "success")
    return go_to(".show_organisation", organisation_id=organisation_id)


@blueprint.post("/organisations/<organisation_id>/take-out")
@guard.administrator
def remove_from_group(organisation_id: str) -> ResponseReturnValue:
    """Take the organisation out of its group."""
    take_out(administrator_id=signed_in_id(), organisation_id=organisation_id)
    flash("The organisation is no longer in the group.", "success")
    return go_to(".show_organisation", organisation_id=organisation_id)
