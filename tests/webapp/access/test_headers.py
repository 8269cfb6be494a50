"""What every answer says of itself, and whom the site believes about where a request came from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webapp.access.routes import ROUTES
from tests.webapp.access.world import World
from tests.webapp.auth.letters import read_letters
from tests.webapp.conftest import MakePerson, make_settings
from tests.webapp.pages import Page
from webapp import create_app, pdfs
from webapp.pdfs import PdfBusyError
from webapp.site import Site

NAME = "audit.example"
HTTPS = {"X-Forwarded-Proto": "https"}

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""All that a page may load and do: nothing from elsewhere, nothing that stands within the page, no frame around it."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def check_headers(answer: TestResponse, about: str) -> None:
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    assert {name: value for name, _, value in parts} == POLICY, about
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS, about
    for name in ("Content-Security-Policy", "Cache-Control"):
        assert len(answer.headers.getlist(name)) == 1, about
    assert "Server" not in answer.headers, about


def test_every_page_of_everybody_says_all_of_it(world: World) -> None:
    seen = set()
    for route in ROUTES:
        if route.method == "GET":
            who = route.guard if route.guard in ("administrator", "group reader") else "owner"
            address = route.fill({**world.own, "handle": "none", "filename": "none.css"})
            for browser in (world.browsers[who], world.browsers["anonymous"]):
                answer = browser.ask("GET", address)
                check_headers(answer, address)
                seen.add(answer.status_code)
    assert seen >= {200, 303, 404}


def test_every_error_says_all_of_it(app: Site, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, organisation = world.browsers["owner"], f"/organisations/{world.own['organisation_id']}"
    reader = world.browsers["reader"]
    answers = {
        400: owner.ask("POST", "/account/name", {"csrf_token": ""}),
        403: reader.ask("GET", f"{organisation}/settings"),
        404: reader.ask("GET", "/no/such/page"),
        405: reader.ask("DELETE", "/account"),
        413: owner.ask("POST", "/account/name", {"name": "x" * 3_000_000}),
        422: owner.ask("POST", "/account/name", {"name": ""}),
    }
    monkeypatch.setattr(pdfs, "make_pdf", _raise(PdfBusyError()))
    answers[503] = owner.ask("GET", f"{organisation}/plan/action-plan.pdf")
    app.testing = False
    monkeypatch.setattr(pdfs, "make_pdf", _raise(RuntimeError("broken")))
    answers[500] = owner.ask("GET", f"{organisation}/plan/action-plan.pdf")
    for status, answer in answers.items():
        assert answer.status_code == status
        check_headers(answer, str(status))
    assert "broken" not in answers[500].text


def _raise(error: Exception) -> object:
    def fail(_: str) -> None:
        raise error

    return fail


def test_built_file_says_all_of_it_and_may_be_kept(app: Site, tmp_path: Path) -> None:
    app.static_folder = str(tmp_path)
    (tmp_path / "style-1a2b.css").write_text("p { color: black }")
    answer = app.test_client().get("/static/style-1a2b.css", buffered=True)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in answer.headers
    assert "Set-Cookie" not in answer.headers


def make_site(tmp_path: Path, database: str, **changes: object) -> Site:
    made = create_app(make_settings(tmp_path, database_url=database, **changes))
    assert isinstance(made, Site)
    return made


@pytest.fixture
def production(database: str, tmp_path: Path) -> Iterator[Site]:
    """A site as it runs behind a proxy, reached by HTTPS."""
    made = make_site(tmp_path, database, environment="production", site_address=f"https://{NAME}", trusted_proxies=1)
    yield made
    made.engine.dispose()


@pytest.fixture
def visitor(production: Site) -> FlaskClient:
    client: FlaskClient = production.test_client()
    client.environ_base |= {"HTTP_X_FORWARDED_PROTO": "https"}
    return client


def test_cookie_goes_by_https_alone_and_no_script_reads_it(visitor: FlaskClient) -> None:
    cookie = visitor.get("/sign-in", base_url=f"http://{NAME}").headers["Set-Cookie"]
    name, *attributes = cookie.split("; ")
    assert name.startswith("__Host-session=")
    assert set(attributes) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_browser_is_told_to_use_https_alone(visitor: FlaskClient, app: Site) -> None:
    wanted = "max-age=31536000; includeSubDomains"
    for address in ("/sign-in", "/no/such/page", "/static/none.css"):
        assert visitor.get(address, base_url=f"http://{NAME}").headers["Strict-Transport-Security"] == wanted
    by_http = app.test_client().get("/sign-in", headers=HTTPS)
    assert "Strict-Transport-Security" not in by_http.headers


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (NAME, 200),
        (NAME.upper(), 200),
        (f"{NAME}:443", 200),
        ("evil.example", 400),
        (f"{NAME}.evil.example", 400),
        (f"{NAME}@evil.example", 400),
        (f"{NAME}:8443", 400),
        (f"{NAME}, evil.example", 400),
        ("", 400),
        ("127.0.0.1:8000", 400),
    ],
)
def test_site_answers_to_its_own_name(visitor: FlaskClient, asked: str, status: int) -> None:
    assert visitor.get("/sign-in", headers={"Host": asked}).status_code == status


def test_name_that_the_trusted_proxy_passes_on_counts(visitor: FlaskClient) -> None:
    passed = {"Host": "127.0.0.1:8000", "X-Forwarded-Host": NAME}
    assert visitor.get("/sign-in", headers=passed).status_code == 200
    claimed = {"Host": NAME, "X-Forwarded-Host": f"{NAME}, evil.example"}
    assert visitor.get("/sign-in", headers=claimed).status_code == 400


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_machine_may_ask_by_number_whether_the_site_lives(visitor: FlaskClient, address: str) -> None:
    assert visitor.get(address, headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_scheme_and_name_that_a_visitor_claims_are_not_believed(app: Site) -> None:
    with app.test_client() as client:
        client.get("/help", headers=HTTPS | {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"})
        assert (request.scheme, request.host, request.script_root) == ("http", "localhost", "")


def test_links_in_mails_are_of_the_site_whatever_a_request_calls_it(app: Site, make_person: MakePerson) -> None:
    person = make_person("Ann Archer")
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    client = app.test_client()
    for door in ("/reset-password", "/confirm"):
        token = Page(client.get(door, base_url="http://evil.example").text).csrf
        sent = {"csrf_token": token, "email": person.email}
        answer = client.post(door, data=sent, base_url="http://evil.example", headers=evil)
        assert (answer.status_code, answer.location) == (303, "/check-your-email")
    letters = read_letters(app)
    assert len(letters) == 2
    assert not any("evil" in letter.text for letter in letters)
