"""What an organisation has written: taken out as one file, or deleted for good."""

from __future__ import annotations

import json

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue

from webapp.clock import today
from webapp.forms.organisations import DeleteForm
from webapp.guards import guard, scope
from webapp.routes.downloads import name_file, send_file
from webapp.routes.shown import go_to, show_form
from webapp.store.exports import export_organisation
from webapp.store.organisations import delete_organisation
from webapp.store.scope import Role

__all__ = ["blueprint"]

blueprint = Blueprint("organisation_data", __name__)


@blueprint.get("/organisations/<organisation_id>/data")
@guard(Role.OWNER)
def show_data(organisation_id: str) -> ResponseReturnValue:
    """What can be done with the organisation's data."""
    del organisation_id
    return render_template("organisations/data.html", scope=scope())


@blueprint.get("/organisations/<organisation_id>/data/export.json")
@guard(Role.OWNER)
def download_data(organisation_id: str) -> ResponseReturnValue:
    """Everything in one JSON file."""
    del organisation_id
    text = json.dumps(export_organisation(scope()), ensure_ascii=False, indent=2)
    name = name_file(scope().organisation_name[:60], "data", today().isoformat(), ending="json")
    return send_file(text.encode(), "application/json", name)


@blueprint.route("/organisations/<organisation_id>/delete", methods=["GET", "POST"])
@guard(Role.OWNER)
def delete(organisation_id: str) -> ResponseReturnValue:
    """Delete the organisation, once its name was typed."""
    del organisation_id
    held = scope()
    form = DeleteForm(held.organisation_name)
    if form.validate_on_submit():
        delete_organisation(held)
        flash(f"{held.organisation_name} and everything it had written have been deleted.", "success")
        return go_to("organisations.list_organisations")
    return show_form("organisations/delete.html", form, scope=held)
