"""Every route is listed with its guard, and every guard lets in exactly those it names.

The list is ``routes.txt``: methods, address, guard. Whoever adds a route adds its line, and so decides who may pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakePerson, MakeTeam, TestTeam, make_client
from tests.webapp.pages import Page
from webapp.guards import view_guards
from webapp.site import Site
from webapp.store.assessments import create_assessment
from webapp.store.people import make_administrator
from webapp.store.scope import get_scope

LISTED = Path(__file__).with_name("routes.txt").read_text(encoding="utf-8").splitlines()
LEAST_ROUTES = 120
"""So that an empty list is no success."""

ROLES = {
    "reader": {"reader", "contributor", "approver", "owner"},
    "contributor": {"contributor", "owner"},
    "approver": {"approver", "owner"},
    "owner": {"owner"},
}
"""Who passes the guard of a role in the organisation."""


@dataclass(frozen=True)
class Route:
    """A line of the list."""

    method: str
    address: str
    guard: str

    def fill(self, values: dict[str, str]) -> str:
        """An address that is asked for."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values.get(found[1], "none"), self.address)


def _routes() -> Iterator[Route]:
    for line in LISTED:
        methods, address, guard = line.split(" ", 2)
        for method in methods.split(","):
            yield Route(method, address, guard)


ROUTES = tuple(_routes())


@dataclass(frozen=True)
class World:
    """An organisation with an assessment, and people who may pass some doors."""

    values: dict[str, str]
    browsers: dict[str, CheckingClient]
    tokens: dict[str, str]
    ids: dict[str, str]

    def ask(self, who: str, route: Route, **changes: str) -> TestResponse:
        """Ask for a route as somebody, with the token of their session where something is sent."""
        data = {"csrf_token": self.tokens[who], "user": self.ids.get(who, "")} if route.method == "POST" else None
        return self.browsers[who].open(route.fill(self.values | changes), method=route.method, data=data)


@pytest.fixture
def world(app: Site, team: TestTeam, make_team: MakeTeam, make_person: MakePerson) -> World:
    """The world that the doors are tried in."""
    stranger, administrator = make_team("Elsewhere").owner, make_person("An Administrator")
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        assessment = create_assessment(scope, title="2026", day=date(2026, 11, 1))
        make_administrator(administrator.id)
        work.commit()
    browsers = {role: getattr(team, role).client for role in ROLES}
    browsers |= {"stranger": stranger.client, "administrator": administrator.client, "anonymous": make_client(app)}
    values = {"organisation_id": team.organisation_id, "assessment_id": assessment, "other": assessment}
    values |= {"theme": "policy", "practice": "POL-01", "subject": "overall", "ending": "csv", "filename": "none.css"}
    tokens = {who: _token(browser) for who, browser in browsers.items()}
    return World(values, browsers, tokens, {role: getattr(team, role).id for role in ROLES})


def _token(browser: CheckingClient) -> str:
    address = "/sign-in" if browser.get("/account").status_code == 303 else "/account"
    return Page(browser.get(address).text).csrf


def test_every_route_is_listed_with_its_guard(app: Site) -> None:
    guards = view_guards(app)
    there = [
        f"{','.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.rule} {guards[rule.endpoint]}"
        for rule in app.url_map.iter_rules()
    ]
    assert sorted(there) == sorted(LISTED)
    assert len(LISTED) >= LEAST_ROUTES


def test_nobody_passes_a_guarded_route_without_signing_in(world: World) -> None:
    guarded = [route for route in ROUTES if route.guard != "public"]
    for route in guarded:
        answer = world.ask("anonymous", route)
        is_sent_away = answer.status_code == 303 and answer.location.startswith("/sign-in")
        assert is_sent_away or answer.status_code == 401, f"{route}: {answer.status_code} {answer.location}"


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_organisation_of_others_is_as_if_it_were_not_there(world: World, who: str) -> None:
    for route in ROUTES:
        if route.guard in ROLES:
            theirs = world.ask(who, route)
            none = world.ask(who, route, organisation_id="0" * 20)
            assert (theirs.status_code, none.status_code) == (404, 404), route
            assert theirs.data == none.data, route


@pytest.mark.parametrize("who", list(ROLES))
def test_member_passes_exactly_the_doors_of_their_role(world: World, who: str) -> None:
    # What locks the answers, and what ends a membership or the organisation, comes last: else nothing is left to try.
    last = ("/submit", "/sign", "/hand-over", "/delete", "/leave")
    for route in sorted(ROUTES, key=lambda route: [route.address.endswith(end) for end in last][::-1]):
        if route.guard in ROLES:
            answer = world.ask(who, route)
            passes = who in ROLES[route.guard]
            assert (answer.status_code != 403) == passes, f"{route}: {answer.status_code}"


@pytest.mark.parametrize("who", ["owner", "stranger"])
def test_administration_is_as_if_it_were_not_there(world: World, who: str) -> None:
    for route in ROUTES:
        if route.guard in ("administrator", "group reader"):
            assert world.ask(who, route).status_code == 404, route


def test_administrator_passes_the_doors_of_the_administration(world: World) -> None:
    plain = [route for route in ROUTES if route.guard == "administrator" and "<" not in route.address]
    assert len(plain) > 5
    for route in plain:
        assert world.ask("administrator", route).status_code in (200, 422), route
