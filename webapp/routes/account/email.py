"""Changing one's email address: it counts once a mail to the new one has been answered with a button."""

from __future__ import annotations

from flask import flash, request, session
from flask.typing import ResponseReturnValue
from flask_security import logout_user

from webapp.auth.freshness import fresh
from webapp.auth.links import NewAddress, read_email_token
from webapp.forms.account import EmailForm
from webapp.guards import guard
from webapp.routes.account.blueprint import blueprint, go, own_account, show
from webapp.routes.account.mails import SENT, confirm_new_address, tell_about
from webapp.store.accounts import change_email, find_account
from webapp.store.errors import AlreadyThereError
from webapp.store.sessions import end_other_sessions

__all__: list[str] = []


@blueprint.route("/account/email", methods=["GET", "POST"])
@guard.signed_in
@fresh
def edit_email() -> ResponseReturnValue:
    """The new address; nothing changes yet."""
    user, form = own_account(), EmailForm()
    if request.method == "POST" and form.validate() and form.email.data == user.email:
        form.email.errors = ["This is your email address already"]
    if request.method == "GET" or form.errors or not form.validate():
        return show("account/email.html", form=form, email=user.email)
    confirm_new_address(user, find_account(form.email.data), form.email.data)
    return go("security.show_sent")


@blueprint.get("/account/email/<token>")
@guard.public
def show_new_email(token: str) -> ResponseReturnValue:
    """The page that the link of the mail opens."""
    found = _read(token)
    if found is None:
        return show("security/link_ended.html", again="security.edit_email")
    return show("security/confirm_new_email.html", email=found.email)


@blueprint.post("/account/email/<token>")
@guard.public
def take_new_email(token: str) -> ResponseReturnValue:
    """Take the new address, and tell the old one."""
    found = _read(token)
    if found is None:
        return go("security.show_new_email", token=token)
    old = found.user.email
    try:
        change_email(user=found.user, email=found.email)
    except AlreadyThereError:
        return go("security.show_new_email", token=token)
    _sign_out_everywhere(found.user.id)
    tell_about(found.user, "Your email address was changed", "email_changed", to=old)
    flash("Your email address is changed. Sign in with the new one.", "success")
    return go("security.login")


def _read(token: str) -> NewAddress | None:
    """What the link gives; None also where somebody took the address meanwhile."""
    found = read_email_token(token)
    return None if found is None or find_account(found.email) else found


def _sign_out_everywhere(user_id: str) -> None:
    logout_user()
    end_other_sessions(user_id=user_id, session_id=None)
    session.pop(SENT, None)
