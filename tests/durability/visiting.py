"""Somebody at a plain browser: keeps cookies, reads forms, and sends them as they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.webapp.conftest import PASSWORD
from tests.webapp.pages import Page

__all__ = ["Reply", "Visit", "form_of"]

_SECONDS = 30

Form = dict[str, str]


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def page(self) -> Page:
        """The page, read."""
        return Page(self.text)


@dataclass
class Visit:
    """One browser, at one server.

    Raises:
        OSError, HTTPException: By whatever asks: the server does not answer, or broke off.
    """

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Reply:
        """Ask for a page."""
        return self._ask("GET", path, None)

    def send(self, path: str, form: Form) -> Reply:
        """Send a form."""
        return self._ask("POST", path, form)

    def sign_in(self, email: str) -> None:
        """Sign in as people do."""
        form = form_of(self.get("/sign-in").page)
        reply = self.send("/sign-in", form | {"email": email, "password": PASSWORD})
        assert reply.status == 303, reply.status

    def _ask(self, method: str, path: str, form: Form | None) -> Reply:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": "text/html",
        }
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        try:
            connection.request(method, path, urlencode(form) if form is not None else None, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        self._keep(response.headers.get_all("Set-Cookie") or [])
        return Reply(response.status, text, dict(response.headers))

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}


def form_of(page: Page) -> Form:
    """What the page's form would send as it stands, without its buttons."""
    form = page.all("main form[method=post]")[-1]
    return {name: value or "" for name, value in form.form_values()}
