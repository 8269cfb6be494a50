"""A world in which every door can be tried: two organisations with one thing of each kind, and people of every role."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import TestPerson, TestTeam
from tests.webapp.pages import Page
from tests.webapp.reviewing import answer, sign
from webapp.db.tables import Base, Invitation
from webapp.db.work import session
from webapp.site import Site
from webapp.store.administration import appoint_administrator
from webapp.store.assessments import get_assessment
from webapp.store.comments import add_comment
from webapp.store.group_places import accept_place, offer_place
from webapp.store.groups import add_group_reader, create_group
from webapp.store.invitations import invite
from webapp.store.plans import get_living_plan, make_plan
from webapp.store.quickchecks import start_quick_check
from webapp.store.scope import Role, Scope, get_scope
from webapp.store.sessions import begin_session, list_sessions
from webapp.store.signoff import submit_assessment

__all__ = ["WORDS", "Browser", "World", "dump", "make_world"]

WORDS = {"theme": "policy", "practice": "POL-01", "subject": "overall", "ending": "csv", "number": "1"}
"""Values of addresses that name no object of anybody."""


@dataclass(frozen=True)
class Browser:
    """Somebody's browser, whose cookie stays as it was, whatever a page says."""

    client: FlaskClient
    cookie: str
    token: str
    user_id: str
    handle: str

    def ask(self, method: str, address: str, fields: Mapping[str, str] | None = None, **headers: str) -> TestResponse:
        """Ask for an address; a form is sent with its token, unless the fields hold another."""
        data = None if method in ("GET", "HEAD", "OPTIONS") else {"csrf_token": self.token} | dict(fields or {})
        answer = self.client.open(address, method=method, data=data, headers={"Cookie": self.cookie} | headers)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], address
        return answer


@dataclass(frozen=True)
class World:
    """Everybody's browser, and the ids of each organisation's things, by the names that addresses have for them."""

    browsers: Mapping[str, Browser]
    own: Mapping[str, str]
    foreign: Mapping[str, str]


def make_world(app: Site, teams: tuple[TestTeam, TestTeam], people: Mapping[str, TestPerson]) -> World:
    """Fill two organisations.

    Args:
        app: The site.
        teams: The organisation whose doors are tried, and another.
        people: The ``group reader`` and the ``administrator``.
    """
    with app.run_work(write=True) as work:
        appoint_administrator(administrator_id=None, user_id=people["administrator"].id)
        own = _fill(teams[0], people["administrator"], people["group reader"])
        foreign = _fill(teams[1], people["administrator"], teams[1].owner)
        check = start_quick_check(kind="prison", organisation="")
        work.commit()
    clients = {role.value: getattr(teams[0], role.value) for role in Role} | {"stranger": teams[1].owner, **people}
    browsers = {name: _freeze(app, person.client, check, person) for name, person in clients.items()}
    anonymous = app.test_client()
    assert isinstance(anonymous, CheckingClient)
    browsers["anonymous"] = _freeze(app, anonymous, check, None)
    return World(browsers, own, foreign)


def dump(app: Site) -> dict[str, list[str]]:
    """Every row of every table, but for the counting of tries."""
    with app.run_work(write=False) as work:
        tables = [table for table in Base.metadata.sorted_tables if table.name != "try"]
        return {table.name: sorted(str(row) for row in work.execute(select(table))) for table in tables}


def _fill(team: TestTeam, administrator: TestPerson, reader: TestPerson) -> dict[str, str]:
    scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
    assessments = _add_assessments(scope)
    return {
        **WORDS,
        "organisation_id": team.organisation_id,
        "user_id": team.contributor.id,
        "owner": team.owner.id,
        "group_reader": reader.id,
        **assessments,
        "comment_id": _comment(scope, assessments["assessment_id"], team.contributor.id),
        **_invite(scope, team.name),
        **_add_groups(scope, administrator.id, reader.id),
        **_plan(scope, assessments["assessment_id"]),
    }


def _add_assessments(scope: Scope) -> dict[str, str]:
    """One of each status."""
    ids = {name: answer(scope, year=year) for name, year in (("signed", 2024), ("submitted", 2025))}
    sign(scope, ids["signed"])
    submit_assessment(scope, ids["submitted"])
    return ids | {"other": ids["signed"], "assessment_id": answer(scope, year=2026)}


def _comment(scope: Scope, assessment_id: str, addressed_to: str) -> str:
    record = get_assessment(scope, assessment_id)
    return add_comment(scope, record, practice=WORDS["practice"], text="Who wrote this?", addressed_to=addressed_to)


def _invite(scope: Scope, name: str) -> dict[str, str]:
    token = invite(scope, email=f"{name.split()[-1].lower()}.guest@example.org", role=Role.READER)
    query = select(Invitation.id).where(Invitation.organisation_id == scope.organisation_id)
    return {"token": token, "invitation_id": session().scalars(query).one()}


def _add_groups(scope: Scope, administrator_id: str, reader_id: str) -> dict[str, str]:
    """One in which the organisation is, and one in which it is offered a place."""
    by = {"administrator_id": administrator_id}
    joined, offered = (create_group(name=f"{word} {scope.organisation_name}", **by) for word in ("North", "South"))
    for group_id in (joined, offered):
        add_group_reader(group_id=group_id, user_id=reader_id, **by)
        offer_place(organisation_id=scope.organisation_id, group_id=group_id, **by)
        if group_id == joined:
            accept_place(scope, group_id=joined)
    return {"group_id": joined, "offered": offered}


def _plan(scope: Scope, assessment_id: str) -> dict[str, str]:
    make_plan(scope, assessment_id=assessment_id, start=date(2026, 11, 22))
    return {"action_id": get_living_plan(scope).kept[0].id}


def _freeze(app: Site, client: CheckingClient, check: str, person: TestPerson | None) -> Browser:
    """A browser as it is now, with a quick check, and a password just given."""
    with client.session_transaction() as held:
        held["quick_check"] = check
        if person:
            held["fs_paa"] = time.time()
    token = Page(client.get("/account" if person else "/sign-in").text).csrf
    cookie = client.get_cookie("session")
    assert cookie is not None
    plain = FlaskClient(app, app.response_class, use_cookies=False)
    return Browser(plain, f"session={cookie.value}", token, person.id if person else "", _add_session(app, person))


def _add_session(app: Site, person: TestPerson | None) -> str:
    """Another browser of the same person, by the name that pages have for it."""
    if person is None:
        return "none"
    with app.run_work(write=True) as work:
        added = begin_session(user_id=person.id, device="Another")
        found = next(each for each in list_sessions(person.id) if each.id == added)
        work.commit()
    return found.handle
