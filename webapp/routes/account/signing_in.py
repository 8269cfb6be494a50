"""Signing in with a password and, where somebody set it up, a code; signing out; the password again."""

from __future__ import annotations

import time
from collections.abc import Callable

from flask import flash, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import logout_user
from flask_wtf import FlaskForm

from webapp.auth import limits
from webapp.auth.passwords import check_password, security
from webapp.auth.sessions import why_signed_out
from webapp.auth.signing_in import (
    check_code,
    find_halfway,
    has_second_factor,
    keep_next,
    own_path,
    sign_in,
    start_halfway,
    take_next,
    use_recovery_code,
)
from webapp.forms.account import CodeForm, PasswordAgainForm, RecoveryCodeForm, SignInForm
from webapp.guards import guard
from webapp.routes.account.blueprint import blueprint, go, home, own_account, show
from webapp.routes.account.mails import ask_for_confirmation, tell_about
from webapp.store.accounts import User, find_account

__all__: list[str] = []

WRONG = "The email address or the password is not right"


@blueprint.get("/sign-in")
@guard.public
def login() -> ResponseReturnValue:
    """The sign-in page; who comes because a session ended reads why."""
    if current_user.is_authenticated:
        return redirect(own_path(request.args.get("next")) or home(), 303)
    form = SignInForm(formdata=None, next=own_path(request.args.get("next")) or "")
    return show("security/sign_in.html", form=form, reason=why_signed_out())


@blueprint.post("/sign-in")
@guard.public
def try_password() -> ResponseReturnValue:
    """Compare the password; the same words whether or not there is such an account."""
    form = SignInForm()
    if not form.validate():
        return show("security/sign_in.html", form=form)
    limits.stop_if_tried_out(limits.PASSWORD, form.email.data)
    user = find_account(form.email.data)
    if not check_password(user, form.password.data) or user is None or not user.active:
        limits.count(limits.PASSWORD, form.email.data)
        form.email.errors = [WRONG]
        return show("security/sign_in.html", form=form)
    limits.forget(limits.PASSWORD, form.email.data)
    keep_next(form.next.data)
    return _let_in(user)


def _let_in(user: User) -> ResponseReturnValue:
    """The password was right: to the next step."""
    if user.confirmed_at is None:
        ask_for_confirmation(user, user.email)
        return go("security.show_sent")
    if has_second_factor(user):
        start_halfway(user)
        return go("security.ask_for_code")
    return _finish(user)


def _finish(user: User) -> ResponseReturnValue:
    address = take_next() or home()
    sign_in(user)
    return redirect(address, 303)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@guard.public
def ask_for_code() -> ResponseReturnValue:
    """The code of the authenticator app."""
    user, form = find_halfway(), CodeForm()
    if user is None:
        return _start_again()
    if request.method == "POST" and _passes(user, form, check_code, "That code is not right, or was used already"):
        return _finish(user)
    return show("security/code.html", form=form)


@blueprint.route("/sign-in/recovery-code", methods=["GET", "POST"])
@guard.public
def ask_for_recovery_code() -> ResponseReturnValue:
    """A recovery code, for who does not have the app at hand."""
    user, form = find_halfway(), RecoveryCodeForm()
    if user is None:
        return _start_again()
    if request.method == "POST" and _passes(user, form, use_recovery_code, "That is none of your unused codes"):
        left = len(security().mf_recovery_codes_util.get_recovery_codes(user))
        flash(f"You used a recovery code. You have {left} left.", "warning")
        tell_about(user, "A recovery code was used", "recovery_code")
        return _finish(user)
    return show("security/recovery_code.html", form=form)


def _start_again() -> ResponseReturnValue:
    flash("Sign in again: the page for the code was open too long.", "warning")
    return go("security.login")


def _passes(user: User, form: FlaskForm, check: Callable[[User, str], bool], wrong: str) -> bool:
    """Whether a code that was sent is right; too many wrong ones end it."""
    if not form.validate():
        return False
    limits.stop_if_tried_out(limits.CODE, user.id)
    if check(user, form.code.data):
        limits.forget(limits.CODE, user.id)
        return True
    limits.count(limits.CODE, user.id)
    form.code.errors = [wrong]
    return False


@blueprint.route("/confirm-password", methods=["GET", "POST"])
@guard.signed_in
def verify() -> ResponseReturnValue:
    """The password again, before something that matters."""
    form = PasswordAgainForm()
    if request.method == "GET":
        form.next.data = own_path(request.args.get("next")) or ""
        return show("security/password_again.html", form=form)
    if form.validate() and _is_own_password(form):
        session["fs_paa"] = time.time()  # where Flask-Security keeps when the password was given
        return redirect(own_path(form.next.data) or home(), 303)
    return show("security/password_again.html", form=form)


def _is_own_password(form: PasswordAgainForm) -> bool:
    user = own_account()
    limits.stop_if_tried_out(limits.PASSWORD, user.email)
    if check_password(user, form.password.data):
        return True
    limits.count(limits.PASSWORD, user.email)
    form.password.errors = ["That is not your password"]
    return False


@blueprint.post("/sign-out")
@guard.public
def logout() -> ResponseReturnValue:
    """Sign out of this browser, and leave nothing in its cookie."""
    logout_user()
    session.clear()
    flash("You are signed out.", "success")
    return go("security.login")
