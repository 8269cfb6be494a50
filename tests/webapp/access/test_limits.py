"""What may not be done without end, for one account and from one place, and what people read then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from tests.webapp.access.routes import ROUTES
from tests.webapp.access.world import World
from tests.webapp.auth.letters import later, make_fresh
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import PASSWORD, MakePerson, TestPerson, TestTeam, make_client, make_settings
from tests.webapp.pages import Page
from webapp import create_app, pdfs
from webapp.auth import limits
from webapp.db.tables import Try
from webapp.pdfs import PdfBusyError, PdfFailedError
from webapp.site import Site
from webapp.store.tries import Allowance

_TOO_MANY = 429


@pytest.fixture
def person(make_person: MakePerson) -> TestPerson:
    return make_person("Ann Archer")


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Allow less than the site does, so that a test need not try hundreds of times."""

    def change(kind: str, *, for_one: int = 1000, from_one_place: int = 1000) -> None:
        monkeypatch.setitem(limits.ALLOWANCES, kind, Allowance(for_one, from_one_place))

    return change


Allow = Callable[..., None]


WRONG = "not the right one"


def try_password(client: CheckingClient, email: str, password: str = WRONG) -> TestResponse:
    return client.send("/sign-in", {"email": email, "password": password})


def count_tries(app: Site) -> int:
    with app.run_work(write=False) as work:
        return work.scalar(select(func.count()).select_from(Try)) or 0


def begin(client: CheckingClient) -> int:
    return client.send("/quick-check", {"kind": "prison", "organisation": ""}).status_code


def test_one_account_has_few_tries_and_a_place_where_many_sit_has_many() -> None:
    for kind, allowance in limits.ALLOWANCES.items():
        assert allowance.from_one_place >= 200, kind
    assert {limits.ALLOWANCES[kind].for_one for kind in (limits.PASSWORD, limits.CODE)} == {10}
    assert limits.ALLOWANCES[limits.MAIL].for_one == limits.ALLOWANCES[limits.INVITATION].for_one == 5


def test_page_says_when_to_come_again(client: CheckingClient, person: TestPerson, allow: Allow) -> None:
    allow(limits.PASSWORD, for_one=1)
    try_password(client, person.email)
    with later(minutes=5, seconds=10):
        answer = try_password(client, person.email, PASSWORD)
    assert answer.status_code == _TOO_MANY
    assert 560 <= int(answer.headers["Retry-After"]) <= 590
    assert "Wait 10 minutes" in Page(answer.text).words("main")
    with later(seconds=int(answer.headers["Retry-After"]) + 310):
        assert try_password(client, person.email, PASSWORD).status_code == 303


def test_tries_count_for_other_processes_and_after_a_restart(
    database: str, tmp_path: Path, client: CheckingClient, person: TestPerson, allow: Allow
) -> None:
    allow(limits.PASSWORD, for_one=2)
    try_password(client, person.email)
    other = create_app(make_settings(tmp_path, database_url=database))
    assert isinstance(other, Site)
    other.test_client_class = CheckingClient
    assert try_password(make_client(other), person.email).status_code == 422
    assert try_password(client, person.email).status_code == _TOO_MANY
    other.engine.dispose()


def test_place_is_stopped_for_all_accounts_and_others_are_not(app: Site, allow: Allow, person: TestPerson) -> None:
    allow(limits.PASSWORD, from_one_place=3)
    for number in range(3):
        assert try_password(make_client(app), f"person{number}@example.org").status_code == 422
    assert try_password(make_client(app), "person4@example.org").status_code == _TOO_MANY
    elsewhere = make_client(app)
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert try_password(elsewhere, person.email, PASSWORD).status_code == 303


def test_address_that_a_visitor_claims_is_not_believed(app: Site, allow: Allow) -> None:
    allow(limits.PASSWORD, from_one_place=3)
    statuses = []
    for number in range(4):
        client = make_client(app)
        client.environ_base |= {"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}", "HTTP_FORWARDED": f"for=192.0.2.{number}"}
        statuses.append(try_password(client, f"person{number}@example.org").status_code)
    assert statuses == [422, 422, 422, _TOO_MANY]


@pytest.fixture
def proxied(database: str, tmp_path: Path) -> Iterator[Site]:
    """A site behind one proxy."""
    made = create_app(make_settings(tmp_path, database_url=database, trusted_proxies=1))
    assert isinstance(made, Site)
    made.test_client_class = CheckingClient
    yield made
    made.engine.dispose()


def test_behind_a_proxy_only_the_address_that_it_adds_counts(proxied: Site, allow: Allow) -> None:
    allow(limits.PASSWORD, from_one_place=2)
    statuses = []
    for claimed, added in (("a", "192.0.2.1"), ("b", "192.0.2.1"), ("c", "192.0.2.1"), ("c", "192.0.2.2")):
        client = make_client(proxied)
        client.environ_base["HTTP_X_FORWARDED_FOR"] = f"{claimed}, {added}"
        statuses.append(try_password(client, f"{claimed}{added}@example.org").status_code)
    assert statuses == [422, 422, _TOO_MANY, 422]


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "unknown", True),
    ],
)
def test_place_is_a_network_that_one_office_has(app: Site, first: str, second: str, is_same: bool) -> None:
    def place(address: str) -> str:
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            return limits.place()

    assert (place(first) == place(second)) == is_same


@pytest.mark.parametrize("door", ["/register", "/reset-password", "/confirm", "/account/email"])
def test_mails_to_one_address_and_from_one_place_are_limited(
    app: Site, person: TestPerson, allow: Allow, door: str
) -> None:
    def ask(email: str) -> int:
        client = person.client if door.startswith("/account") else make_client(app)
        fields = {"name": "Bea Baker", "email": email, "password": "three unlikely words"}
        return client.send(door, fields).status_code

    make_fresh(person.client)
    allow(limits.MAIL, for_one=2, from_one_place=4)
    assert [ask("bea@example.org") for _ in range(3)] == [303, 303, _TOO_MANY]
    assert [ask(f"bea{number}@example.org") for number in range(3)] == [303, 303, _TOO_MANY]


def test_codes_are_limited_where_the_app_is_set_up(person: TestPerson, allow: Allow) -> None:
    make_fresh(person.client)
    allow(limits.CODE, for_one=2)
    address = "/account/second-factor/set-up"
    assert [person.client.send(address, {"code": "000000"}).status_code for _ in range(3)] == [422, 422, _TOO_MANY]


@pytest.mark.parametrize("door", ["/confirm-password", "/account/password"])
def test_password_is_limited_wherever_it_is_asked_for(person: TestPerson, allow: Allow, door: str) -> None:
    make_fresh(person.client)
    allow(limits.PASSWORD, for_one=2)
    wrong = {"password": "not the right one", "current": "nor is this one"}
    assert [person.client.send(door, wrong).status_code for _ in range(3)] == [422, 422, _TOO_MANY]


def test_invitations_by_one_person_are_limited(team: TestTeam, allow: Allow) -> None:
    def invite(number: int) -> int:
        fields = {"email": f"guest{number}@example.org", "role": "reader"}
        return team.owner.client.send(f"{team.address}/team/invite", fields).status_code

    allow(limits.INVITING, for_one=2)
    assert [invite(number) for number in range(3)] == [303, 303, _TOO_MANY]


def test_quick_checks_from_one_place_are_limited(app: Site, allow: Allow) -> None:
    allow(limits.QUICK_CHECK, from_one_place=2)
    assert [begin(make_client(app)) for _ in range(3)] == [303, 303, _TOO_MANY]


def test_answers_of_one_quick_check_are_limited(app: Site, client: CheckingClient, allow: Allow) -> None:
    allow(limits.ANSWERS, for_one=2)
    begin(client)
    page = "/quick-check/questions/1"
    assert [client.send(page).status_code for _ in range(3)] == [303, 303, _TOO_MANY]
    other = make_client(app)
    begin(other)
    assert other.send(page).status_code == 303


PDF_ROUTES = [route for route in ROUTES if route.address.endswith((".pdf", ".<ending>"))]


def test_pdfs_of_one_person_are_limited_on_every_route(world: World, allow: Allow) -> None:
    """All but those that were signed, of which the one that was made is kept."""
    assert len(PDF_ROUTES) == 6
    for route in PDF_ROUTES:
        who = "group reader" if route.guard == "group reader" else "owner"
        allow(limits.PDF)
        address = route.fill({**world.own, "ending": "pdf"})
        assert world.browsers[who].ask("GET", address).status_code == 200, address
        allow(limits.PDF, for_one=1)
        assert world.browsers[who].ask("GET", address).status_code == _TOO_MANY, address
        assert world.browsers["reader"].ask("GET", "/organisations").status_code == 200


def test_pdfs_from_one_place_are_limited(world: World, allow: Allow) -> None:
    allow(limits.PDF, from_one_place=2)
    address = f"/organisations/{world.own['organisation_id']}/plan/action-plan.pdf"
    statuses = [world.browsers[who].ask("GET", address).status_code for who in ("owner", "reader", "approver")]
    assert statuses == [200, 200, _TOO_MANY]


@pytest.mark.parametrize(("error", "counted"), [(PdfBusyError(), 0), (PdfFailedError("too long"), 1)])
def test_pdf_counts_where_it_took_its_time_and_not_where_all_places_were_taken(
    app: Site, world: World, monkeypatch: pytest.MonkeyPatch, error: Exception, counted: int
) -> None:
    def fail(_: str) -> bytes:
        raise error

    monkeypatch.setattr(pdfs, "make_pdf", fail)
    address = f"/organisations/{world.own['organisation_id']}/plan/action-plan.pdf"
    assert world.browsers["owner"].ask("GET", address).status_code >= 500
    assert count_tries(app) == counted


def test_busy_database_does_not_keep_a_pdf_from_who_asked(
    app: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: bool) -> None:
        raise OperationalError("begin", {}, Exception("busy"))

    monkeypatch.setattr(app, "run_work", refuse)
    address = f"/organisations/{world.own['organisation_id']}/plan/action-plan.pdf"
    assert world.browsers["owner"].ask("GET", address).status_code == 200


def test_counting_does_not_grow_without_end(app: Site, client: CheckingClient, allow: Allow) -> None:
    allow(limits.PASSWORD, for_one=2, from_one_place=5)
    for number in range(12):
        try_password(client, f"person{number % 4}@example.org")
    assert count_tries(app) == 5
    with later(minutes=15):
        assert "counted tries 5" in app.test_cli_runner().invoke(args=["purge"]).output
    assert count_tries(app) == 0
