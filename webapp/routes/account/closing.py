"""Closing one's account."""

from __future__ import annotations

from flask import flash, session
from flask.typing import ResponseReturnValue
from flask_security import logout_user

from webapp.auth.freshness import fresh
from webapp.guards import guard
from webapp.mail import send_mail
from webapp.routes.account.blueprint import blueprint, go, own_account, show
from webapp.store.people import close_account, list_sole_ownerships

__all__: list[str] = []


@blueprint.get("/account/close")
@guard.signed_in
@fresh
def ask_to_close() -> ResponseReturnValue:
    """What closing means, and what stands in its way."""
    return show("account/close.html", sole_owner_of=list_sole_ownerships(own_account().id))


@blueprint.post("/account/close")
@guard.signed_in
@fresh
def close() -> ResponseReturnValue:
    """Close the account, if no organisation would be left without an owner."""
    user = own_account()
    if list_sole_ownerships(user.id):
        return go("security.ask_to_close")
    name, email = user.name, user.email
    logout_user()
    close_account(user.id)
    send_mail(to=email, subject="Your account is closed", template="closed", name=name)
    session.clear()
    flash("Your account is closed.", "success")
    return go("security.login")
