"""An organisation's team: who is in it, who is invited, and what each may do."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.auth import limits
from webapp.forms.fields import make_choices, radio_params, take_error
from webapp.forms.team import HandOverForm, InviteForm, RoleForm, role_params
from webapp.guards import guard, scope
from webapp.mail import send_mail
from webapp.pages.roles import ROLE_MEANINGS, ROLE_TITLES
from webapp.routes.shown import go_to, show_form, show_refusal
from webapp.store.errors import AlreadyThereError, NotAllowedError
from webapp.store.invitations import (
    DAYS,
    get_invitation,
    invite,
    list_invitations,
    renew_invitation,
    withdraw_invitation,
)
from webapp.store.members import (
    LastOwnerError,
    change_role,
    get_member,
    hand_over,
    leave_organisation,
    list_members,
    remove_member,
)
from webapp.store.scope import Role, Scope

__all__ = ["blueprint"]

blueprint = Blueprint("team", __name__)


@blueprint.get("/organisations/<organisation_id>/team")
@guard(Role.READER)
def show_team(organisation_id: str) -> ResponseReturnValue:
    """Who is in the team, and who is invited."""
    del organisation_id
    held = scope()
    return render_template(
        "team/list.html",
        scope=held,
        members=list_members(held),
        invitations=list_invitations(held) if held.role is Role.OWNER else (),
        is_owner=held.role is Role.OWNER,
        roles=ROLE_TITLES,
        meanings=ROLE_MEANINGS,
    )


@blueprint.route("/organisations/<organisation_id>/team/invite", methods=["GET", "POST"])
@guard(Role.OWNER)
def invite_member(organisation_id: str) -> ResponseReturnValue:
    """Invite somebody by email."""
    held, form = scope(), InviteForm()
    if form.validate_on_submit():
        try:
            _limit_mails(form.email.data)
            token = invite(held, email=form.email.data, role=Role(form.role.data))
        except (AlreadyThereError, NotAllowedError) as error:
            take_error(form.email, error)
        else:
            _send(held, form.email.data, Role(form.role.data), token)
            flash(f"{form.email.data} has been invited.", "success")
            return go_to(".show_team", organisation_id=organisation_id)
    return show_form("team/invite.html", form, scope=held, days=DAYS, params=role_params(form.role))


@blueprint.post("/organisations/<organisation_id>/team/invitations/<invitation_id>/resend")
@guard(Role.OWNER)
def resend_invitation(organisation_id: str, invitation_id: str) -> ResponseReturnValue:
    """Send an invitation again, with another token."""
    _limit_mails(get_invitation(scope(), invitation_id).email)
    found, token = renew_invitation(scope(), invitation_id=invitation_id)
    _send(scope(), found.email, found.role, token)
    flash(f"{found.email} has been invited again. The earlier invitation no longer works.", "success")
    return go_to(".show_team", organisation_id=organisation_id)


@blueprint.post("/organisations/<organisation_id>/team/invitations/<invitation_id>/withdraw")
@guard(Role.OWNER)
def withdraw(organisation_id: str, invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    withdraw_invitation(scope(), invitation_id=invitation_id)
    flash("The invitation has been withdrawn and no longer works.", "success")
    return go_to(".show_team", organisation_id=organisation_id)


@blueprint.route("/organisations/<organisation_id>/team/members/<user_id>", methods=["GET", "POST"])
@guard(Role.OWNER)
def edit_member(organisation_id: str, user_id: str) -> ResponseReturnValue:
    """Give a member another role."""
    held = scope()
    member = get_member(held, user_id)
    form = RoleForm(data={"role": member.role.value})
    if form.validate_on_submit():
        try:
            change_role(held, user_id=user_id, role=Role(form.role.data))
        except LastOwnerError as error:
            take_error(form.role, error)
        else:
            flash(f"{member.name} now has the role {ROLE_TITLES[Role(form.role.data)].lower()}.", "success")
            return go_to(".show_team", organisation_id=organisation_id)
    return show_form("team/member.html", form, scope=held, member=member, params=role_params(form.role))


@blueprint.get("/organisations/<organisation_id>/team/members/<user_id>/remove")
@guard(Role.OWNER)
def ask_to_remove(organisation_id: str, user_id: str) -> ResponseReturnValue:
    """Ask whether somebody is to be removed."""
    del organisation_id
    return render_template("team/remove.html", scope=scope(), member=get_member(scope(), user_id))


@blueprint.post("/organisations/<organisation_id>/team/members/<user_id>/remove")
@guard(Role.OWNER)
def remove(organisation_id: str, user_id: str) -> ResponseReturnValue:
    """Remove somebody from the team."""
    member = get_member(scope(), user_id)
    try:
        remove_member(scope(), user_id=user_id)
    except LastOwnerError as error:
        return show_refusal("team/remove.html", error, scope=scope(), member=member)
    flash(f"{member.name} is no longer in the team.", "success")
    if user_id == scope().user_id:
        return go_to("organisations.list_organisations")
    return go_to(".show_team", organisation_id=organisation_id)


@blueprint.get("/organisations/<organisation_id>/team/leave")
@guard(Role.READER)
def ask_to_leave(organisation_id: str) -> ResponseReturnValue:
    """Ask whether one wants to leave."""
    del organisation_id
    return render_template("team/leave.html", scope=scope())


@blueprint.post("/organisations/<organisation_id>/team/leave")
@guard(Role.READER)
def leave(organisation_id: str) -> ResponseReturnValue:
    """Leave the organisation."""
    del organisation_id
    held = scope()
    try:
        leave_organisation(held)
    except LastOwnerError as error:
        return show_refusal("team/leave.html", error, scope=held)
    flash(f"You have left {held.organisation_name}.", "success")
    return go_to("organisations.list_organisations")


@blueprint.route("/organisations/<organisation_id>/team/hand-over", methods=["GET", "POST"])
@guard(Role.OWNER)
def hand_over_ownership(organisation_id: str) -> ResponseReturnValue:
    """Make somebody else an owner and take another role."""
    held, form = scope(), HandOverForm()
    others = [member for member in list_members(held) if member.user_id != held.user_id]
    form.member.choices = make_choices((member.user_id, f"{member.name}, {member.email}") for member in others)
    if others and form.validate_on_submit():
        hand_over(held, user_id=form.member.data, own_role=Role(form.role.data))
        flash("You have handed over. You are no longer an owner.", "success")
        return go_to(".show_team", organisation_id=organisation_id)
    return show_form(
        "team/hand_over.html",
        form,
        scope=held,
        others=others,
        people=radio_params(form.member),
        params=role_params(form.role),
    )


def _limit_mails(email: str) -> None:
    """Count an invitation, before it is made: nobody is to be pestered in the site's name.

    Raises:
        TooManyRequests: There were too many to this address, or by this person.
    """
    limits.spend(limits.INVITING, scope().user_id)
    limits.spend(limits.INVITATION, email)


def _send(held: Scope, email: str, role: Role, token: str) -> None:
    send_mail(
        to=email,
        subject=f"{current_user.name} invites you to {held.organisation_name}",
        template="invitation",
        invited_by=current_user.name,
        organisation=held.organisation_name,
        role=ROLE_TITLES[role],
        meaning=ROLE_MEANINGS[role],
        path=url_for("invitations.show_invitation", token=token),
        days=DAYS,
    )
