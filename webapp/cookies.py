"""The signed cookie in which a browser keeps its session: Flask's, checked once instead of with every request."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

__all__ = ["CookieSessions"]


class CookieSessions(SecureCookieSessionInterface):
    """Flask's sessions, but for built files, which are the same whatever a browser's cookie says."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs the cookie: made once, because the keys do not change while the site runs."""
        made: URLSafeTimedSerializer | None = app.extensions.get("session_serializer")
        if made is None:
            made = app.extensions["session_serializer"] = super().get_signing_serializer(app)
        return made

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the browser's cookie says; nothing where we did not sign it, or too long ago."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        serializer = self.get_signing_serializer(app)
        if not cookie or serializer is None:
            return self.session_class()
        try:
            return self.session_class(_read(serializer, cookie, app.permanent_session_lifetime.total_seconds()))
        except BadSignature:
            return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where what it says has changed."""
        if request.endpoint == "static":
            return
        if session.modified or session.permanent:
            super().save_session(app, session, response)
        elif session.accessed:
            response.vary.add("Cookie")  # all that Flask would do, after asking for seven settings


def _read(serializer: URLSafeTimedSerializer, cookie: str, longest: float) -> dict[str, Any]:
    said, signed_at = _check(serializer, cookie)
    if not 0 <= int(time.time()) - signed_at <= longest:
        raise SignatureExpired("the cookie was signed too long ago, or in the future")
    content: dict[str, Any] = serializer.serializer.loads(said)
    return content


# The same few hundred browsers come again and again. A cookie that is wrong raises, and so is not kept. What it says is
# kept as text, because a view may change what is made of it.
@lru_cache(maxsize=4096)
def _check(serializer: URLSafeTimedSerializer, cookie: str) -> tuple[str, float]:
    """What a cookie says, and when it was signed, in seconds since 1970."""
    content, signed_at = serializer.loads(cookie, return_timestamp=True)
    return serializer.serializer.dumps(content), signed_at.timestamp()
