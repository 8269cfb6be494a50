"""The page of one's own account, and one's name."""

from __future__ import annotations

from flask import flash, request
from flask.typing import ResponseReturnValue

from webapp.auth.signing_in import has_second_factor
from webapp.forms.account import NameForm
from webapp.guards import guard
from webapp.routes.account.blueprint import blueprint, go, own_account, show
from webapp.store.accounts import change_name
from webapp.store.sessions import list_sessions

__all__: list[str] = []


@blueprint.get("/account")
@guard.signed_in
def show_account() -> ResponseReturnValue:
    """What there is to know and to change."""
    user = own_account()
    return show(
        "account/account.html",
        person=user,
        has_second_factor=has_second_factor(user),
        browsers=len(list_sessions(user.id)),
    )


@blueprint.route("/account/name", methods=["GET", "POST"])
@guard.signed_in
def edit_name() -> ResponseReturnValue:
    """The name that colleagues see."""
    user = own_account()
    form = NameForm(obj=user)
    if request.method == "GET" or not form.validate():
        return show("account/name.html", form=form)
    change_name(user=user, name=form.name.data)
    flash("Your name is changed.", "success")
    return go("security.show_account")
