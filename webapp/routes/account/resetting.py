"""A new password for somebody who forgot theirs, by a link that a mail brings."""

from __future__ import annotations

from flask import flash, request, session
from flask.typing import ResponseReturnValue

from webapp.auth import limits
from webapp.auth.links import read_reset_token
from webapp.auth.passwords import make_hash
from webapp.forms.account import EmailForm, NewPasswordForm
from webapp.guards import guard
from webapp.routes.account.blueprint import blueprint, go, show
from webapp.routes.account.mails import SENT, tell_about
from webapp.routes.account.mails import ask_for_reset as send_reset_mail
from webapp.store.accounts import User, confirm_account, find_account, set_password
from webapp.store.sessions import end_other_sessions

__all__: list[str] = []


@blueprint.get("/reset-password")
@guard.public
def ask_for_reset() -> ResponseReturnValue:
    """The page to ask for the link."""
    return show("security/reset_ask.html", form=EmailForm(formdata=None))


@blueprint.post("/reset-password")
@guard.public
def send_reset() -> ResponseReturnValue:
    """Send the link; the same words whether or not there is such an account."""
    form = EmailForm()
    if not form.validate():
        return show("security/reset_ask.html", form=form)
    send_reset_mail(find_account(form.email.data), form.email.data)
    return go("security.show_sent")


@blueprint.route("/reset-password/<token>", methods=["GET", "POST"])
@guard.public
def reset_password(token: str) -> ResponseReturnValue:
    """The page that the link opens, and what it sends."""
    user, form = read_reset_token(token), NewPasswordForm()
    if user is None:
        return show("security/link_ended.html", again="security.ask_for_reset")
    if request.method == "GET" or not form.validate():
        return show("security/reset.html", form=form)
    _give_new_password(user, form.password.data)
    flash("Your password is changed. Sign in with the new one.", "success")
    return go("security.login")


def _give_new_password(user: User, password: str) -> None:
    """Whoever has the link has the address too, so it is confirmed."""
    set_password(user=user, password_hash=make_hash(password))
    confirm_account(user=user)
    end_other_sessions(user_id=user.id, session_id=None)
    limits.forget(limits.PASSWORD, user.email)
    session.pop(SENT, None)
    tell_about(user, "Your password was changed", "password_changed")
