"""Changing one's password, which signs out every other browser."""

from __future__ import annotations

from flask import flash, request, session
from flask.typing import ResponseReturnValue

from webapp.auth import limits
from webapp.auth.passwords import check_password, make_hash
from webapp.auth.sessions import SESSION_KEY
from webapp.auth.signing_in import sign_in
from webapp.forms.account import ChangePasswordForm
from webapp.guards import guard
from webapp.routes.account.blueprint import blueprint, go, own_account, show
from webapp.routes.account.mails import tell_about
from webapp.store.accounts import User, set_password
from webapp.store.sessions import end_other_sessions

__all__: list[str] = []


@blueprint.route("/account/password", methods=["GET", "POST"])
@guard.signed_in
def change_password() -> ResponseReturnValue:
    """The current password, and a new one."""
    user, form = own_account(), ChangePasswordForm()
    if request.method == "GET" or not form.validate() or not _knows_current(user, form):
        return show("account/password.html", form=form)
    set_password(user=user, password_hash=make_hash(form.password.data))
    sign_in(user)  # this browser's cookie named the account as it was before
    end_other_sessions(user_id=user.id, session_id=session[SESSION_KEY])
    tell_about(user, "Your password was changed", "password_changed")
    flash("Your password is changed. Every other browser is signed out.", "success")
    return go("security.show_account")


def _knows_current(user: User, form: ChangePasswordForm) -> bool:
    limits.stop_if_tried_out(limits.PASSWORD, user.email)
    if check_password(user, form.current.data):
        return True
    limits.count(limits.PASSWORD, user.email)
    form.current.errors = ["That is not your current password"]
    return False
