"""Nobody is led astray: where a page sends people on, it is to a page of this site, however the address is written."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from werkzeug.test import EnvironBuilder

from tests.figures import Figure
from tests.webapp.auth.letters import read_letters
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import PASSWORD, MakePerson, TestPerson, make_client
from webapp.site import Site

ASTRAY = (
    "https://evil.example",
    "HTTPS://evil.example/account",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/account",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "/account\r\nLocation: https://evil.example",
    "/account\nSet-Cookie: session=theirs",
    "javascript:alert(1)",
    "data:text/html,evil",
    "//evil.example@localhost",
    "//localhost@evil.example",
    "account",
    "?next=//evil.example",
    "#//evil.example",
    "//[::1",
)
HOME = "/organisations"


@pytest.fixture
def person(make_person: MakePerson) -> TestPerson:
    return make_person("Ann Archer")


def test_sign_in_form_leads_home_instead(app: Site, person: TestPerson, figure: Figure) -> None:
    for address in ASTRAY:
        sent = make_client(app).send("/sign-in", {"email": person.email, "password": PASSWORD, "next": address})
        assert (sent.status_code, sent.location) == (303, HOME), address
    figure("access: spellings of another site's address refused", len(ASTRAY))


def test_every_other_page_leads_home_instead(app: Site, person: TestPerson) -> None:
    for address in ASTRAY:
        client, asked = make_client(app), {"next": address}
        assert person.client.get("/sign-in", query_string=asked).location == HOME, address
        assert person.client.send("/confirm-password", {"password": PASSWORD, **asked}).location == HOME, address
        client.get("/register", query_string=asked)
        assert client.send("/sign-in", {"email": person.email, "password": PASSWORD}).location == HOME, address


@pytest.mark.parametrize(
    "address", ["/%2F/evil.example", "/\u3000/evil.example", "/%5Cevil.example", "/%09/evil.example", "/%0D%0AX: y"]
)
def test_address_that_is_written_in_code_stays_a_path_of_the_site(person: TestPerson, address: str) -> None:
    location = person.client.send("/confirm-password", {"password": PASSWORD, "next": address}).location
    assert location is not None
    assert location.startswith(("/%", HOME))


def test_wish_that_is_astray_does_not_outlive_the_mail(app: Site, client: CheckingClient) -> None:
    client.get("/register", query_string={"next": "//evil.example"})
    words = "three unlikely words"
    client.send("/register", {"name": "Bea Baker", "email": "bea@example.org", "password": words})
    assert client.send(read_letters(app)[-1].link, {"password": words}).location == HOME


@pytest.mark.parametrize("path", ["//evil.example/account", "///evil.example", "/\\evil.example", "//evil.example/.."])
def test_path_that_looks_like_another_site_leads_to_none(app: Site, path: str) -> None:
    environ = EnvironBuilder(path="/").get_environ() | {"PATH_INFO": path, "REQUEST_URI": path, "RAW_URI": path}
    answer = app.test_client().open(environ)
    location: str | None = answer.location
    assert location is None or urlsplit(location).netloc in ("", "localhost")
    assert location is None or not location.startswith(("//", "/\\"))


def test_signed_out_person_is_led_back_to_a_path_of_the_site(client: CheckingClient) -> None:
    answer = client.get("/account", query_string={"next": "//evil.example"})
    assert answer.location is not None
    assert answer.location.startswith("/sign-in?next=/account")
