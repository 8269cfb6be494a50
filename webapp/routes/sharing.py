"""The group that reads what an organisation has signed: its owner says yes or no."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue

from webapp.guards import guard, scope
from webapp.routes.shown import go_to
from webapp.store.group_places import accept_place, decline_place, find_offered_place, find_place, leave_group
from webapp.store.scope import Role

__all__ = ["blueprint"]

blueprint = Blueprint("sharing", __name__)


@blueprint.get("/organisations/<organisation_id>/group")
@guard(Role.READER)
def show_group(organisation_id: str) -> ResponseReturnValue:
    """The group, who reads it, and what they see."""
    del organisation_id
    held = scope()
    return render_template(
        "organisations/group.html",
        scope=held,
        place=find_place(held),
        offered=find_offered_place(held),
        is_owner=held.role is Role.OWNER,
    )


@blueprint.post("/organisations/<organisation_id>/group/accept")
@guard(Role.OWNER)
def accept(organisation_id: str) -> ResponseReturnValue:
    """Join the group."""
    accept_place(scope(), group_id=request.form.get("group", ""))
    flash("Your organisation is now in the group. Its readers can see what you have signed.", "success")
    return go_to(".show_group", organisation_id=organisation_id)


@blueprint.post("/organisations/<organisation_id>/group/decline")
@guard(Role.OWNER)
def decline(organisation_id: str) -> ResponseReturnValue:
    """Do not join the group."""
    decline_place(scope(), group_id=request.form.get("group", ""))
    flash("You have said no. Nobody in the group can see your results.", "success")
    return go_to(".show_group", organisation_id=organisation_id)


@blueprint.post("/organisations/<organisation_id>/group/leave")
@guard(Role.OWNER)
def leave(organisation_id: str) -> ResponseReturnValue:
    """Leave the group."""
    leave_group(scope())
    flash("Your organisation has left the group. Its readers can no longer see your results.", "success")
    return go_to(".show_group", organisation_id=organisation_id)
