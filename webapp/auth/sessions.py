"""A browser's cookie names a row of the store; without that row nobody is signed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from flask import Flask, Request, Response, current_app, g, request, session
from flask_login import UserMixin, user_logged_in, user_logged_out
from flask_security.utils import set_request_attr
from sqlalchemy.exc import OperationalError

from webapp.clock import now
from webapp.db.work import abandon
from webapp.site import Site
from webapp.store import sessions
from webapp.store.errors import NotFoundError
from webapp.store.quickchecks import delete_expired

__all__ = ["SESSION_KEY", "describe_device", "init_sessions", "why_signed_out"]

SESSION_KEY = "login_session"
"""Where the cookie keeps the id of its row."""

NOTED_EVERY = timedelta(minutes=5)
"""How often it is noted that a browser is in use."""


class SignedInPerson(UserMixin):  # type: ignore[misc] # Flask-Login has no types
    """Who is signed in, as far as pages need to know; the account itself is asked for where it is changed."""

    is_active = True

    def __init__(self, visitor: sessions.Visitor) -> None:
        self.id = visitor.id
        self.email = visitor.email
        self.name = visitor.name
        self.fs_uniquifier = visitor.uniquifier

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: a value that a new password changes."""
        return self.fs_uniquifier


def init_sessions(app: Flask, *, idle_minutes: int) -> None:
    """Keep a row for every sign-in, and believe only cookies that have one."""
    app.extensions["idle"] = timedelta(minutes=idle_minutes)
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]
    app.login_manager.request_loader(_believe_nothing_else)  # type: ignore[attr-defined]
    user_logged_in.connect(_begin, app)
    user_logged_out.connect(_end, app)
    app.after_request(_note_use)


def _believe_nothing_else(_: Request) -> None:
    """Flask-Security would take a token of an address or a header too, which no row could end."""


def _load(uniquifier: str) -> object:
    session_id = session.get(SESSION_KEY)
    if not session_id:
        return None
    found = sessions.find_visitor(uniquifier=uniquifier, session_id=session_id, idle=current_app.extensions["idle"])
    if found is None:
        return None
    g.session_seen_at = found.seen_at
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))  # when the password was given, for Flask-Security
    return SignedInPerson(found)


def _begin(app: Flask, *, user: object, **__: object) -> None:
    _end(app, user=user)  # a browser has one row, however often somebody signs in with it
    delete_expired()  # of quick checks, which a site that nobody purges would keep
    session[SESSION_KEY] = sessions.begin_session(
        user_id=user.id,  # type: ignore[attr-defined]
        device=describe_device(request.user_agent.string),
    )


def _end(_: Flask, *, user: object, **__: object) -> None:
    session_id, user_id = session.pop(SESSION_KEY, None), getattr(user, "id", None)
    if session_id and user_id:  # who was signed out already is nobody
        try:
            sessions.end_session(user_id=user_id, session_id=session_id)
        except NotFoundError:
            return  # ended from elsewhere already


def _note_use(response: Response) -> Response:
    """Note that the browser is in use, so that reading for long does not sign anybody out.

    Somebody who reads sends nothing but GET, whose own transaction never writes. So this is a short one of its own
    after the request's has ended, once in five minutes; when the database is busy, the next page does it.
    """
    seen_at: datetime | None = g.get("session_seen_at")
    session_id = session.get(SESSION_KEY)
    if seen_at is not None and session_id and now() - seen_at >= NOTED_EVERY:
        abandon()  # what a refused request still holds, as the lock to write, which this would wait for in vain
        try:
            with cast("Site", current_app).run_work(write=True) as work:
                sessions.touch_session(session_id)
                work.commit()
        except OperationalError:
            current_app.logger.warning("the use of a session could not be noted")
    return response


def why_signed_out() -> str | None:
    """Why a browser that was signed in no longer is; None where it was not, or still is."""
    session_id = session.get(SESSION_KEY)
    if not session_id:
        return None
    found = sessions.find_session(session_id)
    if found is None:
        return "You were signed out of this browser, from another one or because your password changed."
    if now() - found.created_at >= sessions.LONGEST:
        return f"You were signed in for {_say(sessions.LONGEST)}, so we signed you out to keep you safe."
    return f"You did nothing here for {_say(current_app.extensions['idle'])}, so we signed you out to keep you safe."


def _say(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    if rest:
        return f"{minutes} minutes"
    return "an hour" if hours == 1 else f"{hours} hours"


_BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")
_PLAIN = {"Edg": "Edge", "Mac OS": "Mac"}


def describe_device(user_agent: str) -> str:
    """What a browser says it is, in words that its owner knows, as “Firefox on Windows”."""
    browser = next((name for name in _BROWSERS if name in user_agent), "A browser")
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    words = _PLAIN.get(browser, browser)
    return f"{words} on {_PLAIN.get(system, system)}" if system else words
