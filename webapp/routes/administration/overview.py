"""What there is, what happened, and which standards are in use."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.guards import guard
from webapp.pages.audit import event_choices, make_lines
from webapp.routes.administration.blueprint import blueprint
from webapp.routes.shown import page_number
from webapp.store.administration import count_everything, list_standard_uses
from webapp.store.audit import list_event_names, list_events

__all__ = ["show_audit", "show_overview", "show_standards"]


@blueprint.get("")
@guard.administrator
def show_overview() -> ResponseReturnValue:
    """The way to everything."""
    return render_template("administration/overview.html", numbers=count_everything())


@blueprint.get("/audit")
@guard.administrator
def show_audit() -> ResponseReturnValue:
    """The audit log."""
    event, organisation = request.args.get("event", ""), request.args.get("organisation", "").strip()
    found = list_events(number=page_number(), event=event, organisation=organisation)
    return render_template(
        "administration/audit.html",
        found=found,
        lines=make_lines(found.items),
        choices=event_choices(list_event_names()),
        event=event,
        organisation=organisation,
    )


@blueprint.get("/standards")
@guard.administrator
def show_standards() -> ResponseReturnValue:
    """Every version of the standards that is kept, and how many assessments answer it."""
    return render_template("administration/standards.html", uses=list_standard_uses())
