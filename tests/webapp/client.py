"""A client that checks every page it gets."""

from __future__ import annotations

import gzip
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webapp.pages import Page, check_page
from webapp.auth.sessions import SESSION_KEY
from webapp.site import Site
from webapp.store.sessions import begin_session


class CheckingClient(FlaskClient):
    """Flask's client; whatever HTML it gets is checked by `check_page`."""

    application: Site

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask, and check what comes back."""
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 307, 308):
            packed = answer.content_encoding == "gzip"
            check_page(gzip.decompress(answer.data).decode() if packed else answer.text)
        assert "Content-Security-Policy" in answer.headers
        return answer

    def page(self, address: str, *, status: int = 200) -> Page:
        """Get a page and read it."""
        answer = self.get(address)
        assert answer.status_code == status, f"{address}: {answer.status_code}"
        return Page(answer.text)

    def send(
        self, address: str, fields: dict[str, Any] | None = None, *, page: str | None = None, follow: bool = False
    ) -> TestResponse:
        """Send a form as the page that holds it would.

        Args:
            address: Where the form goes.
            fields: What is filled in.
            page: The page with the form, where it is another than the address.
            follow: Whether to go where the answer redirects to.
        """
        token = Page(super().get(page or address).text).csrf
        return self.post(address, data={"csrf_token": token, **(fields or {})}, follow_redirects=follow)

    def sign_in(self, user_id: str, uniquifier: str) -> None:
        """Sign a person in without the sign-in page."""
        with self.application.run_work(write=True) as work:
            session_id = begin_session(user_id=user_id, device="A test")
            work.commit()
        with self.session_transaction() as cookie:
            cookie.update({"_user_id": uniquifier, "_fresh": True, "_id": "", SESSION_KEY: session_id})
