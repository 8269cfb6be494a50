"""Where one is signed in, and signing out there."""

from __future__ import annotations

from flask import flash, session
from flask.typing import ResponseReturnValue

from webapp.auth.sessions import SESSION_KEY
from webapp.guards import guard, signed_in_id
from webapp.routes.account.blueprint import blueprint, go, show
from webapp.store.audit import record_event
from webapp.store.sessions import end_other_sessions, end_session_by_handle, list_sessions

__all__: list[str] = []


@blueprint.get("/account/sessions")
@guard.signed_in
def show_sessions() -> ResponseReturnValue:
    """Every browser in which one is signed in, this one first."""
    own = session[SESSION_KEY]
    browsers = sorted(list_sessions(signed_in_id()), key=lambda browser: browser.id != own)
    return show("account/sessions.html", browsers=browsers, own=own)


@blueprint.post("/account/sessions/<handle>/end")
@guard.signed_in
def end_session(handle: str) -> ResponseReturnValue:
    """Sign out in one browser."""
    end_session_by_handle(user_id=signed_in_id(), handle=handle)
    record_event("session_ended", user_id=signed_in_id(), subject=signed_in_id())
    flash("That browser is signed out.", "success")
    return go("security.show_sessions")


@blueprint.post("/account/sessions/end-others")
@guard.signed_in
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    end_other_sessions(user_id=signed_in_id(), session_id=session[SESSION_KEY])
    record_event("sessions_ended", user_id=signed_in_id(), subject=signed_in_id())
    flash("Every other browser is signed out.", "success")
    return go("security.show_sessions")
