"""The Flask application with one unit of work around each request."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from webapp.db.mode import is_writing
from webapp.db.work import commit, work_on

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

__all__ = ["Site"]

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class _Sessions(SecureCookieSessionInterface):
    """Flask's sessions, but for built files, which are the same whatever a browser's cookie says."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint != "static":
            super().save_session(app, session, response)


class Site(Flask):
    """Flask, with a session of the database for each request.

    A request that writes holds one transaction from its first question to the commit after its view has returned; the
    answer goes out only then. One that reads never commits.
    """

    engine: Engine
    session_interface = _Sessions()

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request within one unit of work."""
        with work_on(self.engine, write=environ["REQUEST_METHOD"] not in _READING):
            return super().wsgi_app(environ, start_response)

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then commit; a view that raises leaves nothing behind."""
        answer = super().dispatch_request()
        if is_writing():
            commit()
        return answer

    def send_static_file(self, filename: str) -> Response:
        """Send a built file, packed where the build packed it and the browser can unpack it."""
        packed = Path(self.static_folder or "", f"{filename}.gz")
        if not request.accept_encodings.quality("gzip") or not packed.is_file():
            return super().send_static_file(filename)
        answer = super().send_static_file(f"{filename}.gz")
        answer.mimetype = guess_type(filename)[0] or "application/octet-stream"
        answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Vary"] = "Accept-Encoding"
        return answer

    def run_work(self, *, write: bool) -> AbstractContextManager[Session]:
        """A unit of work outside a request, as a command does; the caller commits."""
        return work_on(self.engine, write=write)
