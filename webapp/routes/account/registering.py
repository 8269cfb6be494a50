"""Registering: with an address that is confirmed by mail, or from an invitation that came by mail."""

from __future__ import annotations

from flask import flash, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.auth import limits
from webapp.auth.passwords import make_hash
from webapp.auth.signing_in import keep_next, sign_in
from webapp.forms.account import InvitedForm, RegisterForm
from webapp.guards import guard
from webapp.routes.account.blueprint import blueprint, go, home, show
from webapp.routes.account.mails import ask_for_confirmation
from webapp.store.accounts import User, change_name, confirm_account, find_account, get_account, set_password
from webapp.store.invitations import InvitationRecord, accept_invitation, find_invitation
from webapp.store.people import create_person

__all__: list[str] = []

_INVITATION = "invitation"


@blueprint.get("/register")
@guard.public
def register() -> ResponseReturnValue:
    """The page for a new account; the token of an invitation goes from the address into the cookie."""
    if current_user.is_authenticated:
        return redirect(home(), 303)
    keep_next(request.args.get("next"))
    if token := request.args.get("invitation"):
        session[_INVITATION] = token
        return go("security.register")
    return _show_form()


def _show_form() -> ResponseReturnValue:
    token = session.get(_INVITATION)
    invitation = find_invitation(token) if token else None
    if invitation:
        return show("security/register_invited.html", form=InvitedForm(formdata=None), invitation=invitation)
    session.pop(_INVITATION, None)
    return show("security/register.html", form=RegisterForm(formdata=None), invitation_ended=bool(token))


@blueprint.post("/register")
@guard.public
def create_account() -> ResponseReturnValue:
    """Make the account; whoever has one already gets a mail that says so, and sees the same page."""
    token = session.get(_INVITATION)
    invitation = find_invitation(token) if token else None
    return _create_invited(invitation, token) if invitation and token else _create_unconfirmed()


def _create_unconfirmed() -> ResponseReturnValue:
    form = RegisterForm()
    if not form.validate():
        return show("security/register.html", form=form)
    limits.stop_if_tried_out(limits.MAIL, form.email.data)
    hashed = make_hash(form.password.data)
    user = find_account(form.email.data)
    if user is None or user.confirmed_at is None:
        user = _keep(user, form.name.data, form.email.data, hashed)
    ask_for_confirmation(user, form.email.data)
    return go("security.show_sent")


def _create_invited(invitation: InvitationRecord, token: str) -> ResponseReturnValue:
    """The link came to the address, so whoever has the link has the address."""
    form = InvitedForm()
    if not form.validate():
        return show("security/register_invited.html", form=form, invitation=invitation)
    known = find_account(invitation.email)
    if known and known.confirmed_at:
        keep_next(f"/invitations/{token}")
        flash("You have an account already. Sign in to accept the invitation.", "warning")
        return go("security.login")
    user = _keep(known, form.name.data, invitation.email, make_hash(form.password.data))
    confirm_account(user=user)
    session.pop(_INVITATION)
    sign_in(user)
    accept_invitation(token=token, user_id=user.id)
    flash(f"Your account is ready, and you have joined {invitation.organisation_name}.", "success")
    return redirect(home(), 303)


def _keep(user: User | None, name: str, email: str, password_hash: str) -> User:
    """Keep what was registered, over what somebody registered before for this address and never confirmed."""
    if user is None:
        person = create_person(name=name, email=email, password_hash=password_hash, is_confirmed=False)
        return get_account(person.id)
    set_password(user=user, password_hash=password_hash)
    change_name(user=user, name=name)
    return user
