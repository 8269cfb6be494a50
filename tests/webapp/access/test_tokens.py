"""Nothing is changed by a form that did not come from a page of this site in this browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.figures import Figure
from tests.webapp.access.routes import MEMBERS, ROUTES, Route
from tests.webapp.access.world import Browser, World, dump
from tests.webapp.conftest import make_settings
from tests.webapp.pages import Page
from webapp import create_app
from webapp.site import Site

_LEAST_WRITES = 60
_REFUSED = {False: (400,), True: (400, 401)}
"""How a form is refused; to somebody who is not signed in, what they typed is shown again with that as the reason."""

_HTTPS = "https://audit.example"


def _writes() -> Iterator[tuple[Route, str]]:
    """Every route that takes a form, with somebody who may send it."""
    who = {"public": "anonymous", "signed in": "owner"} | dict.fromkeys(MEMBERS, "owner")
    for route in ROUTES:
        if route.method == "POST":
            yield route, who.get(route.guard, route.guard)


def test_form_without_its_token_is_refused_and_changes_nothing(app: Site, lasting_world: World, figure: Figure) -> None:
    before, tried, faults = dump(app), 0, []
    for route, who in _writes():
        browser = lasting_world.browsers[who]
        ids = {**lasting_world.own, "handle": browser.handle}
        for token in ("", "made-up", lasting_world.browsers["stranger"].token):
            fields = {"csrf_token": token, "practice": "POL-01", "POL-01.level": "0", "POL-01.version": "1"}
            answer = browser.ask("POST", route.fill(ids), fields)
            if answer.status_code not in _REFUSED[who == "anonymous"]:
                faults.append(f"{route.address} as {who}: {answer.status_code}")
            tried += 1
    assert not faults, "\n".join(faults)
    assert dump(app) == before
    assert tried >= 3 * _LEAST_WRITES
    figure("access: forms with a missing or foreign token refused", tried)


def test_token_may_not_stand_in_the_address(lasting_world: World) -> None:
    owner = lasting_world.browsers["owner"]
    address = f"/account/name?csrf_token={owner.token}&name=Somebody"
    assert owner.ask("POST", address, {"csrf_token": ""}).status_code == 400


def test_no_page_that_is_only_read_changes_anything(app: Site, lasting_world: World) -> None:
    before = dump(app)
    for route in ROUTES:
        if route.method == "GET":
            who = route.guard if route.guard in ("administrator", "group reader") else "owner"
            _read(lasting_world, route, lasting_world.browsers[who])
    after = dump(app)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"kept_report"}, "the PDF of what was signed is the one thing that reading keeps"


def _read(world: World, route: Route, browser: Browser) -> None:
    address = route.fill({**world.own, "handle": browser.handle, "filename": "none"})
    assert browser.ask("GET", address).status_code < 500, address


@pytest.fixture
def https_site(database: str, tmp_path: Path) -> Iterator[Site]:
    """A site that people reach by HTTPS, behind a proxy that says so."""
    changes = {"environment": "production", "site_address": _HTTPS, "trusted_proxies": 1, "database_url": database}
    made = create_app(make_settings(tmp_path, **changes))
    assert isinstance(made, Site)
    yield made
    made.engine.dispose()


@pytest.mark.parametrize(
    ("referrer", "status"),
    [
        (f"{_HTTPS}/sign-in", 422),
        (None, 400),
        ("https://evil.example/sign-in", 400),
        ("https://audit.example.evil.example/", 400),
        ("http://audit.example/sign-in", 400),
    ],
)
def test_form_by_https_has_to_come_from_a_page_of_the_site(https_site: Site, referrer: str | None, status: int) -> None:
    client = https_site.test_client()
    secure = {"base_url": "http://audit.example", "headers": {"X-Forwarded-Proto": "https"}}
    token = Page(client.get("/sign-in", **secure).text).csrf
    cookie = client.get_cookie("__Host-session", domain="audit.example")
    assert cookie is not None
    headers = {"X-Forwarded-Proto": "https", "Cookie": f"__Host-session={cookie.value}"}
    headers |= {"Referer": referrer} if referrer else {}
    sent = {"csrf_token": token, "email": "ann@example.org", "password": "not the right one"}
    answer = client.post("/sign-in", base_url="https://audit.example", headers=headers, data=sent)
    assert answer.status_code == status
