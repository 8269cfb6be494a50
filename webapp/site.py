"""The Flask application with one unit of work around each request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flask import Flask, Response, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.cookies import CookieSessions
from webapp.db.mode import is_writing
from webapp.db.work import commit, work_on

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

__all__ = ["Site"]

_Answer = TypeVar("_Answer")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Site(Flask):
    """Flask, with a session of the database for each request.

    A request that writes holds one transaction from its first question to the commit after its view has returned; the
    answer goes out only then. One that reads never commits.
    """

    engine: Engine
    session_interface = CookieSessions()

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request within one unit of work."""
        with work_on(self.engine, write=environ["REQUEST_METHOD"] not in _READING):
            return super().wsgi_app(environ, start_response)

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then commit; a view that raises leaves nothing behind."""
        answer = super().dispatch_request()
        if is_writing():
            self._commit()
        return answer

    def _commit(self) -> None:
        """Commit; where that fails, the cookie must not say what the view noted there, as that something was saved."""
        try:
            commit()
        except SQLAlchemyError:
            session.clear()
            session.update(self.session_interface.open_session(self, request) or {})
            raise

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

    def ensure_sync(self, func: Callable[..., _Answer]) -> Callable[..., _Answer]:
        """No view of ours is a coroutine, which Flask would find out eight times for each request."""
        return func

    def run_work(self, *, write: bool) -> AbstractContextManager[Session]:
        """A unit of work outside a request, as a command does; the caller commits."""
        return work_on(self.engine, write=write)
