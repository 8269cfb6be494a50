"""What pages ask the database: no more the more there is, never much, and never a whole table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection

import pytest
from sqlalchemy import event

from tests.figures import Figure
from tests.webapp.auth.letters import make_fresh
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakePerson, TestTeam
from tests.webapp.growth import Growing
from tests.webapp.mailing import read_mails
from tests.webapp.reviewing import add_assessment
from webapp.site import Site
from webapp.store.members import add_member
from webapp.store.scope import Role, get_scope

ROUTES = Path(__file__).with_name("routes.txt").read_text("utf-8").splitlines()
PAGES = sorted(line.split()[1] for line in ROUTES if "GET" in line.split()[0].split(","))

ELSEWHERE = {
    "a process of its own makes it, of what the page of the same name asks": re.compile(r"\.pdf$"),
    "it answers whoever has a link or is signed out": re.compile(
        r"<token>|^/(check-your-email|confirm|confirm-password|register|reset-password|sign-in.*|static.*)$"
    ),
    "it has one row, its own": re.compile(r"^/(quick-check|account/second-factor)"),
}
"""Pages that are not counted here, and why."""

WHOLE_TABLES = {
    "/administration": "it says how many accounts, organisations, groups and assessments there are",
    "/administration/audit": "it offers every kind of event that ever happened, and pages the log",
    "/administration/organisations": "it counts and sorts all organisations, and shows one page of them",
    "/administration/standards": "it shows all versions of the standards, and there are few",
    "/administration/users": "it counts and sorts all accounts, and shows one page of them",
    "/readyz": "its table has one row",
}
"""Pages that read whole tables, and why they may; those of the administration are opened seldom, and by few."""

MORE = 4

_ASSESSMENT = "/organisations/<organisation_id>/assessments/<assessment_id>"
MOST = {
    "/": 1,
    "/organisations": 4,
    _ASSESSMENT: 8,
    f"{_ASSESSMENT}/themes/<theme>": 5,
    f"{_ASSESSMENT}/check": 4,
    f"{_ASSESSMENT}/results": 9,
    "/organisations/<organisation_id>/plan": 7,
    "/organisations/<organisation_id>/data/export.json": 24,
}
"""Statements of the pages that people open most, and of the one that exports everything."""

MOST_ELSEWHERE = 10
MOST_TO_SAVE = 5
"""Statements besides those that write each answer and its history."""

MOST_TO_SUBMIT = 15
"""Statements of a submission of which one signer is told."""

SIGNERS = 10
"""How many more there are for the submission that has to tell many."""


@contextmanager
def counting(app: Site) -> Iterator[list[str]]:
    """The statements about rows that reach the database, with their values."""
    said: list[str] = []
    watched: list[SQLiteConnection] = []

    def note(statement: str) -> None:
        if statement.partition(" ")[0] not in ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"):
            said.append(statement)

    def watch(connection: SQLiteConnection, *_: object) -> None:
        connection.set_trace_callback(note)
        watched.append(connection)

    event.listen(app.engine, "checkout", watch)
    try:
        yield said
    finally:
        event.remove(app.engine, "checkout", watch)
        for connection in watched:
            connection.set_trace_callback(None)


def ask(app: Site, client: CheckingClient, path: str) -> list[str]:
    """The statements of one page, which has to be there: a refusal or a way elsewhere asks hardly anything."""
    with counting(app) as said:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return list(said)


@pytest.fixture
def growing(app: Site, team: TestTeam, make_person: MakePerson) -> Growing:
    made = Growing(app, team, make_person)
    made.grow()
    make_fresh(team.owner.client)  # or the pages that change the account would only ask for the password
    return made


@pytest.fixture
def paths(growing: Growing) -> dict[str, str]:
    """The address of each page that is counted, by its route."""
    counted = [page for page in PAGES if not any(pattern.search(page) for pattern in ELSEWHERE.values())]
    return {page: fill(page, growing.find_places(page)) for page in counted}


def fill(page: str, places: Mapping[str, str]) -> str:
    """The address of a page, from its route."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: places[found[1]], page)


def count_all(app: Site, team: TestTeam, paths: dict[str, str]) -> dict[str, int]:
    return {page: len(ask(app, team.owner.client, path)) for page, path in paths.items()}


def test_no_page_asks_more_the_more_there_is(
    app: Site, team: TestTeam, growing: Growing, paths: dict[str, str], figure: Figure
) -> None:
    count_all(app, team, paths)  # what a process asks once, such as for the standard
    few = count_all(app, team, paths)
    for _ in range(MORE):
        growing.grow()
    many = count_all(app, team, paths)
    grown = {page: many[page] - few[page] for page in paths if many[page] != few[page]}
    assert grown == {}
    assert {page: count for page, count in few.items() if count > MOST.get(page, MOST_ELSEWHERE)} == {}
    figure("pages whose statements were counted with few rows and with many", len(paths))
    figure("statements of the page that asks most", max(many.values()))


def test_only_pages_with_a_reason_read_a_whole_table(app: Site, team: TestTeam, paths: dict[str, str]) -> None:
    scanned = {
        (page, step)
        for page, path in paths.items()
        for statement in ask(app, team.owner.client, path)
        for step in explain(app, statement)
        if step.startswith("SCAN")
    }
    assert {(page, step) for page, step in scanned if page not in WHOLE_TABLES} == set()
    assert {page for page, _ in scanned} == set(WHOLE_TABLES), "a page has a reason and does not need it"


def explain(app: Site, statement: str) -> list[str]:
    """How SQLite goes about a statement."""
    with app.engine.connect() as connection:
        # The statement as it was traced holds its values already, and is not to be searched for parameters.
        rows = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}")
        return [row[3] for row in rows]


@pytest.mark.parametrize("has_many", [False, True])
def test_saving_a_page_asks_the_same_however_much_there_is(
    app: Site, team: TestTeam, growing: Growing, *, has_many: bool
) -> None:
    for _ in range(MORE * has_many):
        growing.grow()
    page = "/organisations/{organisation_id}/assessments/{assessment_id}/themes/{theme}".format(**growing.places)
    form = team.owner.client.page(page)
    fields = {field.get("name"): field.get("value") or "" for field in form.all("form[data-autosave-url] input")}
    fields |= {name: "2" for name in fields if name.endswith(".level")}
    with counting(app) as said:
        assert team.owner.client.post(page, data=fields).status_code == 303
    answers = sum(name.endswith(".version") for name in fields)
    assert answers
    assert len(said) <= MOST_TO_SAVE + 2 * answers, "\n".join(said)


def submit(app: Site, team: TestTeam, address: str) -> list[str]:
    """The statements of giving an assessment to those who sign, each of whom is told by email."""
    token = team.owner.client.page(f"{address}/submit").csrf
    with counting(app) as said:
        assert team.owner.client.post(f"{address}/submit", data={"csrf_token": token}).status_code == 303
    return list(said)


def add_signers(app: Site, team: TestTeam, make_person: MakePerson) -> None:
    people = [make_person(f"Signer {number}") for number in range(SIGNERS)]
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        for person in people:
            add_member(scope, user_id=person.id, role=Role.APPROVER)
        work.commit()


def test_submitting_asks_at_most_one_more_for_each_further_signer(
    app: Site, team: TestTeam, make_person: MakePerson
) -> None:
    submit(app, team, add_assessment(app, team, year=2024))  # what a process asks once
    few = submit(app, team, add_assessment(app, team, year=2025))
    told = len(read_mails(app))
    add_signers(app, team, make_person)
    many = submit(app, team, add_assessment(app, team, year=2026))
    assert len(read_mails(app)) == told + 1 + SIGNERS
    assert len(few) <= MOST_TO_SUBMIT, "\n".join(few)
    assert len(many) <= len(few) + SIGNERS, "\n".join(many)


def test_submitting_asks_the_same_however_much_there_is(app: Site, team: TestTeam, growing: Growing) -> None:
    address = "/organisations/{organisation_id}/assessments/{assessment_id}".format(**growing.places)
    counts = []
    for rounds in (0, 0, MORE):  # the first for what a process asks once
        for _ in range(rounds):
            growing.grow()
        counts.append(len(submit(app, team, address)))
        assert team.owner.client.send(f"{address}/take-back").status_code == 303
    assert counts[1] == counts[2]
