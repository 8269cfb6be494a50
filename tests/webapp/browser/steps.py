"""What people do in several journeys: sign in, read their mails, and have names of their own."""

from __future__ import annotations

from uuid import uuid4

from tests.webapp.auth.letters import Letter, read_letters
from tests.webapp.browser.server import Server
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import PASSWORD, TestPerson
from webapp.site import Site

__all__ = ["enter", "last_letter", "sign_in", "sign_out", "unique"]


def unique(name: str) -> str:
    """A name that nobody has in another test: the database of the server is one for all of them."""
    return f"{name} {uuid4().hex[:8]}"


def enter(visitor: Visitor, person: TestPerson, server: Server) -> Visitor:
    """Sign somebody in without the sign-in page, which has tests of its own."""
    cookie = person.client.get_cookie("session")
    assert cookie is not None
    visitor.page.context.add_cookies([{"name": "session", "value": cookie.value, "url": server.address}])
    return visitor


def sign_in(visitor: Visitor, email: str, password: str = PASSWORD) -> Visitor:
    """Sign somebody in with the sign-in page."""
    visitor.go("/sign-in").fill("Email address", email).fill("Password", password)
    return visitor.press("Sign in")


def sign_out(visitor: Visitor) -> Visitor:
    """Sign somebody out with the button of the menu."""
    return visitor.press("Sign out").heading("Sign in").reads("You are signed out")


def last_letter(app: Site, to: str) -> Letter:
    """The last mail that the site wrote to somebody."""
    return [letter for letter in read_letters(app) if letter.to == to][-1]
