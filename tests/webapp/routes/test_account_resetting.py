"""A new password for somebody who forgot theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.webapp.auth.letters import read_letters
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import PASSWORD, MakePerson, TestPerson, make_client
from tests.webapp.pages import Page
from webapp.auth import links
from webapp.site import Site

NEW = "quite different words"


@pytest.fixture
def person(make_person: MakePerson) -> TestPerson:
    return make_person("Ann Archer")


@pytest.fixture
def link(app: Site, client: CheckingClient, person: TestPerson) -> str:
    assert client.send("/reset-password", {"email": person.email}).headers["Location"] == "/check-your-email"
    return read_letters(app)[-1].link


def test_known_and_unknown_address_see_the_same(app: Site, person: TestPerson) -> None:
    seen = set()
    for email in (person.email, "nobody@example.org"):
        answer = make_client(app).send("/reset-password", {"email": email}, follow=True)
        seen.add(Page(answer.text).words("main").replace(email, ""))
    assert len(seen) == 1
    assert [letter.to for letter in read_letters(app)] == [person.email, "nobody@example.org"]
    assert "There is no such account" in read_letters(app)[1].text


def test_no_address_is_refused(client: CheckingClient) -> None:
    assert client.send("/reset-password", {"email": ""}).status_code == 422


def test_link_changes_the_password_and_signs_out_everywhere(
    app: Site, client: CheckingClient, person: TestPerson, link: str
) -> None:
    assert client.send(link, {"password": NEW}).headers["Location"] == "/sign-in"
    assert person.client.get("/account").status_code == 303
    assert client.send("/sign-in", {"email": person.email, "password": PASSWORD}).status_code == 422
    assert client.send("/sign-in", {"email": person.email, "password": NEW}).status_code == 303
    assert read_letters(app)[-1].subject.startswith("Your password was changed")


def test_link_works_once(client: CheckingClient, link: str) -> None:
    client.send(link, {"password": NEW})
    assert client.page(link).words("h1") == "This link no longer works"
    answer = client.send(link, {"password": "yet other words for it"}, page="/sign-in")
    assert Page(answer.text).words("h1") == "This link no longer works"


def test_link_alone_changes_nothing(client: CheckingClient, person: TestPerson, link: str) -> None:
    client.page(link)
    assert person.client.get("/account").status_code == 200


def test_password_that_is_too_short_is_refused(client: CheckingClient, link: str) -> None:
    answer = client.send(link, {"password": "short"})
    assert answer.status_code == 422
    assert "12 characters" in Page(answer.text).words("#password-error")


def test_link_that_is_too_old_has_a_page(client: CheckingClient, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "RESET_WITHIN", timedelta(seconds=-1))
    assert client.page(link).one("main a[href='/reset-password']") is not None


def test_reset_confirms_the_address_too(app: Site, client: CheckingClient) -> None:
    client.send("/register", {"name": "Ann", "email": "new@example.org", "password": PASSWORD})
    client.send("/reset-password", {"email": "new@example.org"})
    client.send(read_letters(app)[-1].link, {"password": NEW})
    assert (
        client.send("/sign-in", {"email": "new@example.org", "password": NEW}).headers["Location"] == "/organisations"
    )
