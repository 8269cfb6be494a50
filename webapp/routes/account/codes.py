"""The second factor: codes of an authenticator app, and recovery codes for when it is lost."""

from __future__ import annotations

from flask import flash, request, session
from flask.typing import ResponseReturnValue

from webapp.auth import limits
from webapp.auth.freshness import fresh
from webapp.auth.passwords import security
from webapp.auth.sessions import SESSION_KEY
from webapp.auth.signing_in import check_code, has_second_factor
from webapp.forms.account import SetUpForm
from webapp.guards import guard
from webapp.routes.account.blueprint import blueprint, go, own_account, show
from webapp.routes.account.mails import tell_about
from webapp.store.accounts import User, forget_used_code
from webapp.store.audit import record_event
from webapp.store.sessions import end_other_sessions

__all__: list[str] = []

_SECRET = "totp_secret"  # noqa: S105 - where the cookie keeps it, encrypted, until the first code is right


@blueprint.get("/account/second-factor")
@guard.signed_in
def show_second_factor() -> ResponseReturnValue:
    """Whether codes are asked for, and what can be done."""
    user = own_account()
    left = len(security().mf_recovery_codes_util.get_recovery_codes(user))
    return show("account/second_factor.html", is_on=has_second_factor(user), codes_left=left)


@blueprint.get("/account/second-factor/set-up")
@guard.signed_in
@fresh
def set_up_second_factor() -> ResponseReturnValue:
    """The picture to scan, the same as long as somebody is at it."""
    if has_second_factor(own_account()):
        return go("security.show_second_factor")
    return _show_set_up(SetUpForm(formdata=None))


@blueprint.post("/account/second-factor/set-up")
@guard.signed_in
@fresh
def finish_set_up() -> ResponseReturnValue:
    """Ask for codes from now on, if the app shows the right one."""
    user, form, secret = own_account(), SetUpForm(), session.get(_SECRET)
    if secret is None or has_second_factor(user):
        return go("security.set_up_second_factor")
    if form.validate() and _shows(user, form, secret):
        _turn_on(user, secret)
        return go("security.show_recovery_codes")
    return _show_set_up(form)


def _show_set_up(form: SetUpForm) -> ResponseReturnValue:
    totp = security().totp_factory
    secret = session.setdefault(_SECRET, totp.generate_totp_secret())
    return show("account/set_up.html", form=form, app=totp.fetch_setup_values(secret, own_account()))


def _shows(user: User, form: SetUpForm, secret: str) -> bool:
    limits.stop_if_tried_out(limits.CODE, user.id)
    if check_code(user, form.code.data, secret=secret):
        return True
    limits.count(limits.CODE, user.id)
    form.code.errors = ["That code is not right. Check that the clock of your phone is, and enter the code shown now"]
    return False


def _turn_on(user: User, secret: str) -> None:
    session.pop(_SECRET, None)
    security().datastore.tf_set(user, "authenticator", secret)
    security().mf_recovery_codes_util.create_recovery_codes(user)
    # Whoever signed in elsewhere with the password alone shall not stay.
    end_other_sessions(user_id=user.id, session_id=session[SESSION_KEY])
    record_event("second_factor_on", user_id=user.id, subject=user.id)
    tell_about(user, "Codes are now asked for when you sign in", "second_factor_on")
    flash(
        "Signing in now needs a code, and other browsers are signed out. Save your recovery codes before you go on.",
        "success",
    )


@blueprint.get("/account/second-factor/recovery-codes")
@guard.signed_in
@fresh
def show_recovery_codes() -> ResponseReturnValue:
    """The codes that are left, to be saved."""
    user = own_account()
    if not has_second_factor(user):
        return go("security.show_second_factor")
    return show("account/recovery_codes.html", codes=security().mf_recovery_codes_util.get_recovery_codes(user))


@blueprint.post("/account/second-factor/recovery-codes")
@guard.signed_in
@fresh
def renew_recovery_codes() -> ResponseReturnValue:
    """New codes; those before work no longer."""
    user = own_account()
    if has_second_factor(user):
        security().mf_recovery_codes_util.create_recovery_codes(user)
        record_event("recovery_codes_renewed", user_id=user.id, subject=user.id)
        tell_about(user, "You have new recovery codes", "recovery_codes_renewed")
        flash("You have new recovery codes. Those you had before work no longer.", "success")
    return go("security.show_recovery_codes")


@blueprint.route("/account/second-factor/turn-off", methods=["GET", "POST"])
@guard.signed_in
@fresh
def turn_off_second_factor() -> ResponseReturnValue:
    """Ask for no codes any more, after a page that says what it means."""
    user = own_account()
    if not has_second_factor(user):
        return go("security.show_second_factor")
    if request.method == "GET":
        return show("account/turn_off.html")
    _turn_off(user)
    return go("security.show_second_factor")


def _turn_off(user: User) -> None:
    security().datastore.tf_reset(user)
    security().datastore.mf_set_recovery_codes(user, None)
    forget_used_code(user_id=user.id)
    record_event("second_factor_off", user_id=user.id, subject=user.id)
    tell_about(user, "Codes are no longer asked for when you sign in", "second_factor_off")
    flash("Signing in needs only your password now.", "success")
