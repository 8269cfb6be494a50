"""The Flask application with one unit of work around each request."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from webapp.db.mode import is_writing
from webapp.db.work import commit, work_on

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

__all__ = ["Site"]

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Site(Flask):
    """Flask, with a session of the database for each request.

    A request that writes holds one transaction from its first question to the commit after its view has returned; the
    answer goes out only then. One that reads never commits.
    """

    engine: Engine

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

    def run_work(self, *, write: bool) -> AbstractContextManager[Session]:
        """A unit of work outside a request, as a command does; the caller commits."""
        return work_on(self.engine, write=write)
