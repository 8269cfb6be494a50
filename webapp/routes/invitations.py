"""The page to which the mail of an invitation leads."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.guards import guard, signed_in_id
from webapp.pages.roles import ROLE_MEANINGS, ROLE_TITLES
from webapp.routes.shown import go_to
from webapp.store.errors import AlreadyThereError, NotFoundError
from webapp.store.invitations import InvitationRecord, accept_invitation, find_invitation

__all__ = ["blueprint"]

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/invitations/<token>")
@guard.public
def show_invitation(token: str) -> ResponseReturnValue:
    """Who invites to what, and how to accept; opening the page changes nothing, because mail scanners open it too."""
    found = find_invitation(token)
    if found is None:
        return render_template("team/invitation_gone.html"), 404
    return _show(found, token)


@blueprint.post("/invitations/<token>")
@guard.signed_in
def accept(token: str) -> ResponseReturnValue:
    """Accept, as the person to whom it was sent."""
    found = find_invitation(token)
    if found is None:
        return render_template("team/invitation_gone.html"), 404
    try:
        accept_invitation(token=token, user_id=signed_in_id())
    except NotFoundError:
        return _show(found, token)
    except AlreadyThereError:
        flash("You are in this team already.", "success")
    else:
        flash(f"You are now in the team of {found.organisation_name}.", "success")
    return go_to("organisations.show_organisation", organisation_id=found.organisation_id)


def _show(found: InvitationRecord, token: str) -> ResponseReturnValue:
    is_mine = current_user.is_authenticated and found.is_for(current_user.email)
    page = render_template(
        "team/invitation.html",
        invitation=found,
        secret=token,
        path=request.path,
        is_mine=is_mine,
        role=ROLE_TITLES[found.role],
        meaning=ROLE_MEANINGS[found.role],
    )
    return page, 403 if request.method == "POST" else 200
