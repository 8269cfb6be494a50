"""A browser's cookie names a row of the store; without that row nobody is signed in."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, current_app, request, session
from flask_login import user_logged_in, user_logged_out

from webapp.store import sessions
from webapp.store.errors import NotFoundError

__all__ = ["SESSION_KEY", "init_sessions"]

SESSION_KEY = "login_session"
"""Where the cookie keeps the id of its row."""


def init_sessions(app: Flask, *, idle_minutes: int) -> None:
    """Keep a row for every sign-in, and believe only cookies that have one."""
    app.extensions["idle"] = timedelta(minutes=idle_minutes)
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]
    user_logged_in.connect(_begin, app)
    user_logged_out.connect(_end, app)


def _load(uniquifier: str) -> object:
    session_id = session.get(SESSION_KEY)
    if not session_id:
        return None
    return sessions.find_session_user(uniquifier=uniquifier, session_id=session_id, idle=current_app.extensions["idle"])


def _begin(_: Flask, *, user: object, **__: object) -> None:
    session[SESSION_KEY] = sessions.begin_session(
        user_id=user.id,  # type: ignore[attr-defined]
        device=describe_device(request.user_agent.string),
    )


def _end(_: Flask, *, user: object, **__: object) -> None:
    session_id = session.pop(SESSION_KEY, None)
    if session_id and user is not None:
        try:
            sessions.end_session(user_id=user.id, session_id=session_id)  # type: ignore[attr-defined]
        except NotFoundError:
            return  # ended from elsewhere already


_BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")
_PLAIN = {"Edg": "Edge", "Mac OS": "Mac"}


def describe_device(user_agent: str) -> str:
    """What a browser says it is, in words that its owner knows, as “Firefox on Windows”."""
    browser = next((name for name in _BROWSERS if name in user_agent), "A browser")
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    words = _PLAIN.get(browser, browser)
    return f"{words} on {_PLAIN.get(system, system)}" if system else words
