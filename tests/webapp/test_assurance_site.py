"""What the assurance table says of answers, methods, parameters and logs, where no other test says it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from gunicorn import SERVER  # type: ignore[import-untyped]
from sqlalchemy import select

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import TestTeam, make_settings
from tests.webapp.routes.answering.conftest import Sheet, form_of, start
from webapp import create_app
from webapp.db.tables import User
from webapp.logs import JsonLines
from webapp.site import Site
from webapp.store.people import CLOSED_FOR

PRIVATE = "what a colleague typed"


@pytest.fixture
def sheet(app: Site, team: TestTeam) -> Sheet:
    return start(app, team)


@pytest.mark.parametrize(
    "address",
    ["/static/", "/static/build/", "/static/build", "/.git/config", "/.env", "/webapp/settings.py", "/static/%2e%2e/"],
)
def test_folder_or_source_is_not_there(client: CheckingClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_built_file_is_one_that_browsers_need() -> None:
    built = Path(__file__).parents[2] / "webapp/static/build"
    endings = {"".join(path.suffixes[-2:] if path.suffix == ".gz" else path.suffixes[-1:]) for path in built.iterdir()}
    assert endings <= {".css", ".js", ".svg", ".woff2", ".json", ".css.gz", ".js.gz", ".svg.gz", ".map", ""}


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "PATCH", "DELETE", "PROPFIND", "NONSENSE"])
@pytest.mark.parametrize("address", ["/", "/sign-in", "/account"])
def test_method_that_no_page_has_is_refused(client: CheckingClient, address: str, method: str) -> None:
    assert client.open(address, method=method).status_code == 405


def test_value_sent_twice_is_counted_once(sheet: Sheet) -> None:
    person = sheet.team.contributor
    filled = form_of(person.client.page(sheet.policy))
    sent = [*filled.items(), ("POL-01.level", "1"), ("POL-01.level", "3")]
    person.client.post(f"{sheet.policy}?POL-01.level=2&POL-02.level=3", data=urlencode(sent), headers=_FORM)
    assert sheet.answers["POL-01"].answer.level == 1
    assert "POL-02" not in sheet.answers


def test_fields_that_a_form_has_not_change_nothing(app: Site, team: TestTeam) -> None:
    extra = {"name": "Ann New", "email": "else@example.org", "active": "", "roles": "administrator", "id": "x"}
    assert team.reader.client.send("/account/name", extra).status_code == 303
    with app.run_work(write=False) as work:
        user = work.scalars(select(User).where(User.id == team.reader.id)).one()
        assert (user.name, user.email, user.active) == ("Ann New", team.reader.email, True)
        assert not user.roles


@pytest.mark.parametrize("kind", ["application/json", "application/xml", "text/plain", ""])
def test_body_that_is_no_form_is_refused(sheet: Sheet, kind: str) -> None:
    person = sheet.team.contributor
    token = person.client.page(sheet.policy).csrf
    body = json.dumps({"practice": "POL-01", "POL-01.level": "3", "csrf_token": token})
    answer = person.client.post(f"{sheet.policy}/autosave", data=body, headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert not sheet.answers


def test_form_without_a_body_is_still_a_form(client: CheckingClient) -> None:
    assert client.post("/sign-out").status_code != 415


def test_no_answer_lets_other_sites_read_it(sheet: Sheet) -> None:
    for origin in ("https://evil.example", "null"):
        for address in ("/", "/healthz", "/nothing", f"{sheet.address}/answers.json"):
            answer = sheet.team.owner.client.get(address, headers={"Origin": origin})
            assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]


def test_origin_header_opens_nothing(client: CheckingClient, team: TestTeam) -> None:
    answer = client.get(team.address, headers={"Origin": "http://localhost"})
    assert answer.headers["Location"].startswith("/sign-in")


def test_every_answer_says_what_it_is_and_what_is_text_says_its_letters(client: CheckingClient, sheet: Sheet) -> None:
    for address in ("/", "/healthz", "/nothing", "/sign-in", f"{sheet.address}/answers.json", sheet.address):
        kind = sheet.team.owner.client.get(address).headers["Content-Type"]
        assert kind == "application/json" or kind.endswith("; charset=utf-8")
    assert client.get("/").headers["Content-Type"] == "text/html; charset=utf-8"


def test_what_belongs_to_somebody_is_kept_by_no_browser_or_proxy(sheet: Sheet) -> None:
    for address in (sheet.address, f"{sheet.address}/answers.json", "/account", f"{sheet.team.address}/team"):
        assert sheet.team.owner.client.get(address).headers["Cache-Control"] == "no-store"


def test_answers_as_a_file_are_saved_and_not_shown(sheet: Sheet) -> None:
    said = sheet.team.owner.client.get(f"{sheet.address}/answers.json").headers["Content-Disposition"]
    assert said.startswith('attachment; filename="')
    assert said.endswith('.json"')


def test_answer_to_a_script_is_no_page(sheet: Sheet) -> None:
    person = sheet.team.contributor
    token = person.client.page(sheet.policy).csrf
    fields = {"csrf_token": token, "practice": "POL-01", "POL-01.level": "2", "POL-01.version": "0"}
    answer = person.client.post(f"{sheet.policy}/autosave", data=fields)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="answer.json"'


def test_body_beyond_the_bound_is_refused_with_a_page(app: Site, sheet: Sheet) -> None:
    person = sheet.team.contributor
    token = person.client.page(sheet.policy).csrf
    note = "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)
    answer = person.client.post(sheet.policy, data={"csrf_token": token, "POL-01.note": note})
    assert answer.status_code == 413
    assert not sheet.answers


def test_fault_in_a_guard_opens_nothing(app: Site, team: TestTeam, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[str] = []

    def enter(organisation_id: str) -> str:
        entered.append(organisation_id)
        return ""

    monkeypatch.setitem(app.view_functions, "team.show_team", enter)
    monkeypatch.setattr("webapp.guards.get_scope", _fail)
    with pytest.raises(ValueError, match=PRIVATE):
        team.owner.client.get(f"{team.address}/team")
    assert not entered


def test_no_answer_tells_the_versions_of_what_runs(client: CheckingClient) -> None:
    answer = client.get("/")
    assert not [name for name in ("Server", "X-Powered-By") if name in answer.headers]
    assert SERVER == "gunicorn"  # what it calls itself in every answer


@pytest.fixture
def failing(tmp_path: Path, empty_database: Path) -> Iterator[Site]:
    """A site in production of which one view fails, with words of somebody in its error."""
    address = f"sqlite:///{empty_database}"
    settings = make_settings(
        tmp_path, environment="production", site_address="https://audit.example", database_url=address
    )
    app = create_app(settings)
    assert isinstance(app, Site)
    app.view_functions["health.show_liveness"] = _fail
    yield app
    app.engine.dispose()


def _fail(**_: object) -> str:
    raise ValueError(PRIVATE)


def test_error_page_tells_nothing_of_the_error(failing: Site) -> None:
    answer = failing.test_client().get("/healthz", base_url="https://audit.example")
    assert answer.status_code == 500
    assert PRIVATE not in answer.text
    assert not [word for word in ("Traceback", "ValueError", ".py") if word in answer.text]


def test_site_in_production_debugs_nothing(failing: Site) -> None:
    assert not failing.debug
    assert not failing.testing
    assert failing.test_client().get("/console", base_url="https://audit.example").status_code == 404


def test_line_of_the_log_stays_one_line_whatever_it_tells() -> None:
    record = logging.LogRecord("webapp", logging.INFO, "", 0, 'two\r\nlines\x1b[31m "} {', None, None)
    line = JsonLines().format(record)
    assert "\n" not in line
    assert "\r" not in line
    assert "\x1b" not in line
    assert json.loads(line)["event"] == 'two\r\nlines\x1b[31m "} {'


def test_log_tells_the_time_of_greenwich() -> None:
    record = logging.LogRecord("webapp", logging.INFO, "", 0, "something", None, None)
    record.created = 0.0
    assert json.loads(JsonLines().format(record))["time"] == "1970-01-01T00:00:00.000+00:00"


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_privacy_notice_tells_of_closed_accounts_signatures_and_complaints(client: CheckingClient) -> None:
    words = client.page("/help/privacy").words("main")
    assert f"after {CLOSED_FOR.days} days nothing is left" in words
    assert "What you signed keeps your name" in words
    assert "complain to whoever runs this site" in words
    assert "Information Commissioner’s Office" in words
