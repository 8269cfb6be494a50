"""Confirming an address by mail. The link only opens a page, because mail scanners open links too."""

from __future__ import annotations

from flask import flash, redirect, request, session
from flask.typing import ResponseReturnValue

from webapp.auth import limits
from webapp.auth.links import read_confirm_token
from webapp.auth.passwords import check_password
from webapp.auth.signing_in import sign_in, take_next
from webapp.forms.account import EmailForm, PasswordAgainForm
from webapp.guards import guard
from webapp.routes.account.blueprint import blueprint, go, home, show
from webapp.routes.account.mails import SENT, ask_for_confirmation
from webapp.store.accounts import User, confirm_account, find_account

__all__: list[str] = []


@blueprint.get("/check-your-email")
@guard.public
def show_sent() -> ResponseReturnValue:
    """To which address a mail went, and what to do if it does not come."""
    sent = session.get(SENT)
    return show("security/sent.html", sent=sent) if sent else go("security.login")


@blueprint.get("/confirm")
@guard.public
def send_confirmation() -> ResponseReturnValue:
    """The page to ask for the mail again."""
    return show("security/send_confirmation.html", form=EmailForm(formdata=None))


@blueprint.post("/confirm")
@guard.public
def send_confirmation_again() -> ResponseReturnValue:
    """Send the mail again."""
    form = EmailForm()
    if not form.validate():
        return show("security/send_confirmation.html", form=form)
    ask_for_confirmation(find_account(form.email.data), form.email.data)
    return go("security.show_sent")


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@guard.public
def confirm(token: str) -> ResponseReturnValue:
    """The page that the link of the mail opens, and what it sends.

    It asks for the password: somebody else could have registered the address, and its owner who follows the link must
    not confirm an account of which others know the password.
    """
    user, form = read_confirm_token(token), PasswordAgainForm()
    if user is None:
        return show("security/link_ended.html", again="security.send_confirmation")
    if user.confirmed_at is not None:
        flash("Your email address is confirmed already.", "success")
        return go("security.login")
    if request.method == "GET" or not form.validate() or not _is_password(user, form):
        return show("security/confirm.html", form=form, email=user.email)
    confirm_account(user=user)
    return _welcome(user)


def _is_password(user: User, form: PasswordAgainForm) -> bool:
    limits.stop_if_tried_out(limits.PASSWORD, user.email)
    if check_password(user, form.password.data):
        return True
    limits.count(limits.PASSWORD, user.email)
    form.password.errors = ["That is not the password you chose when you registered"]
    return False


def _welcome(user: User) -> ResponseReturnValue:
    session.pop(SENT, None)
    address = take_next() or home()
    sign_in(user)
    flash("Your email address is confirmed and you are signed in.", "success")
    return redirect(address, 303)
