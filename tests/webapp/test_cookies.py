"""The session's cookie is believed while its signature is right and young, however often it comes."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from flask import Request, session
from werkzeug.test import EnvironBuilder

from webapp.cookies import CookieSessions
from webapp.site import Site

SESSIONS = CookieSessions()


def sign(app: Site, said: dict[str, object]) -> str:
    serializer = SESSIONS.get_signing_serializer(app)
    assert serializer is not None
    cookie = serializer.dumps(said)
    assert isinstance(cookie, str)
    return cookie


def read(app: Site, cookie: str) -> dict[str, object]:
    builder = EnvironBuilder()
    builder.headers["Cookie"] = f"{SESSIONS.get_cookie_name(app)}={cookie}"
    environ = builder.get_environ()
    return dict(SESSIONS.open_session(app, Request(environ)))


def test_what_was_signed_comes_back_each_time(app: Site) -> None:
    cookie = sign(app, {"_user_id": "somebody", "held_forms": ["a"]})
    assert read(app, cookie) == read(app, cookie) == {"_user_id": "somebody", "held_forms": ["a"]}


def test_change_of_what_was_read_does_not_stay(app: Site) -> None:
    cookie = sign(app, {"held_forms": ["a"]})
    held = read(app, cookie)["held_forms"]
    assert isinstance(held, list)
    held.append("b")
    assert read(app, cookie) == {"held_forms": ["a"]}


@pytest.mark.parametrize(
    "change", [lambda c: c[:-1] + ("A" if c[-1] != "A" else "B"), lambda c: "x" + c, lambda _: "x"]
)
def test_cookie_that_was_changed_says_nothing(app: Site, change: object) -> None:
    cookie = sign(app, {"_user_id": "somebody"})
    assert read(app, cookie)
    assert callable(change)
    assert read(app, change(cookie)) == {}


@pytest.mark.parametrize(("days", "is_believed"), [(30, True), (32, False), (-1, False)])
def test_cookie_is_believed_for_a_month(
    app: Site, monkeypatch: pytest.MonkeyPatch, days: int, is_believed: bool
) -> None:
    cookie = sign(app, {"_user_id": "somebody"})
    assert read(app, cookie)
    later = time.time() + timedelta(days=days).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    assert bool(read(app, cookie)) is is_believed


def test_session_that_nobody_changed_sends_no_cookie(app: Site) -> None:
    with app.test_request_context("/"):
        answer = app.response_class()
        SESSIONS.save_session(app, session._get_current_object(), answer)  # type: ignore[attr-defined]
        assert "Set-Cookie" not in answer.headers
