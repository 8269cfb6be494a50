"""Nothing that was typed is lost: a server that dies, a session that ends, a line that breaks, a tab that closes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.webapp.browser.conftest import NewVisitor
from tests.webapp.browser.server import Server, run_server
from tests.webapp.browser.steps import enter, sign_in
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import PASSWORD, TestTeam
from webapp.site import Site
from webapp.store.answers import list_answers
from webapp.store.assessments import create_assessment, get_assessment
from webapp.store.scope import get_scope

pytestmark = pytest.mark.slow

only_with_script = pytest.mark.parametrize("with_script", [True], ids=["script"])
only_without = pytest.mark.parametrize("with_script", [False], ids=["no-script"])

NOTE = "Note: There is a current volunteering policy"
STATUS = "#POL-01 [role=status]"
PATIENCE = 30_000  # milliseconds; the page waits ever longer between its tries
SECONDS_TO_ARRIVE = 10


@pytest.fixture(scope="module")
def server(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of these tests' own, because they kill it."""
    with run_server(empty_database, tmp_path_factory.mktemp("mortal")) as running:
        yield running


@pytest.fixture(autouse=True)
def _alive(server: Server) -> Iterator[None]:
    """The server lives again for the next test, whatever became of this one."""
    yield
    if not server.is_running:
        server.start()


@pytest.fixture
def assessment(app: Site, crew: TestTeam) -> str:
    """The id of an assessment without answers."""
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=crew.owner.id, organisation_id=crew.organisation_id)
        assessment_id = create_assessment(scope, title="2026", day=date(2026, 11, 1))
        work.commit()
    return assessment_id


@pytest.fixture
def policy(crew: TestTeam, assessment: str) -> str:
    """The page of one theme."""
    return f"{crew.address}/assessments/{assessment}/themes/policy"


@pytest.fixture
def author(new_visitor: NewVisitor, crew: TestTeam, server: Server, policy: str) -> Visitor:
    """Somebody who answers, at the page of the theme."""
    return enter(new_visitor(), crew.contributor, server).go(policy)


def kept_note(app: Site, crew: TestTeam, assessment: str) -> str:
    """The note as the database has it."""
    with app.run_work(write=False):
        scope = get_scope(user_id=crew.owner.id, organisation_id=crew.organisation_id)
        saved = list_answers(get_assessment(scope, assessment)).get("POL-01")
        return saved.answer.note if saved else ""


def await_note(app: Site, crew: TestTeam, assessment: str, text: str) -> None:
    """Fail where the database does not get a note soon."""
    until = time.monotonic() + SECONDS_TO_ARRIVE
    while kept_note(app, crew, assessment) != text:
        assert time.monotonic() < until, f"“{text}” did not arrive"
        time.sleep(0.1)


def says(visitor: Visitor, text: str) -> None:
    """Wait for the practice's status line."""
    expect(visitor.page.locator(STATUS)).to_contain_text(text, timeout=PATIENCE)


def note_of(visitor: Visitor) -> str:
    return visitor.page.get_by_label(NOTE).input_value()


@only_with_script
def test_typing_goes_on_while_the_server_is_dead_and_is_saved_when_it_lives(
    author: Visitor, server: Server, app: Site, crew: TestTeam, assessment: str
) -> None:
    author.fill(NOTE, "Half a sentence")
    says(author, "Saved at")
    server.kill()
    author.fill(NOTE, "Half a sentence, and its end")
    says(author, "Not saved yet: no connection")
    author.look()
    server.start()
    says(author, "Saved at")
    assert kept_note(app, crew, assessment) == "Half a sentence, and its end"


@only_with_script
def test_tab_that_closes_while_the_server_is_dead_leaves_a_draft(
    author: Visitor, server: Server, app: Site, crew: TestTeam, assessment: str, policy: str
) -> None:
    server.kill()
    author.fill(NOTE, "Typed into the void")
    context = author.page.context
    author.page.close()
    server.start()
    author.page = context.new_page()
    author.go(policy)
    says(author, "What you typed here before was put back")
    assert note_of(author) == "Typed into the void"
    says(author, "Saved at")
    assert kept_note(app, crew, assessment) == "Typed into the void"


def test_answer_that_was_acknowledged_survives_the_death_of_the_server(
    author: Visitor, server: Server, policy: str
) -> None:
    author.fill(NOTE, "Sent and acknowledged")
    author.page.get_by_role("button", name="Save and continue").click()
    author.heading("Role descriptions")
    server.kill()
    server.start()
    assert note_of(author.go(policy)) == "Sent and acknowledged"


@only_without
def test_what_was_submitted_last_outlives_the_server(author: Visitor, server: Server, policy: str) -> None:
    author.fill(NOTE, "Sent once").press("Save and continue").go(policy)
    server.kill()
    author.fill(NOTE, "Sent to a dead server")
    author.page.get_by_role("button", name="Save and continue").click()
    expect(author.page.locator("body.neterror")).to_have_count(1)
    server.start()
    assert note_of(author.go(policy)) == "Sent once"


@only_with_script
def test_session_that_is_ended_elsewhere_loses_nothing(
    new_visitor: NewVisitor, author: Visitor, app: Site, crew: TestTeam, assessment: str
) -> None:
    elsewhere = sign_in(new_visitor(), crew.contributor.email).go("/account/sessions")
    elsewhere.press("Sign out every other browser")
    author.fill(NOTE, "Typed by somebody signed out")
    says(author, "Not saved yet: you are signed out")
    author.look()
    with author.page.expect_popup() as opened:
        author.page.locator(STATUS).get_by_role("link", name="Sign in").click()
    tab = Visitor(opened.value, author.auditor, with_script=True).look()
    tab.fill("Email address", crew.contributor.email).fill("Password", PASSWORD).press("Sign in")
    author.page.bring_to_front()
    author.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    says(author, "Saved at")
    assert kept_note(app, crew, assessment) == "Typed by somebody signed out"


@only_without
def test_page_of_a_session_that_was_ended_elsewhere_comes_back(
    new_visitor: NewVisitor, author: Visitor, app: Site, crew: TestTeam, assessment: str
) -> None:
    elsewhere = sign_in(new_visitor(), crew.contributor.email).go("/account/sessions")
    elsewhere.press("Sign out every other browser")
    author.fill(NOTE, "Typed by somebody signed out").press("Save and continue").heading("Sign in")
    author.fill("Email address", crew.contributor.email).fill("Password", PASSWORD).press("Sign in")
    author.heading("Policy and agreements").reads("We kept what you typed").press("Save and continue")
    assert kept_note(app, crew, assessment) == "Typed by somebody signed out"


@only_with_script
def test_line_that_breaks_and_comes_back_loses_nothing(
    author: Visitor, app: Site, crew: TestTeam, assessment: str
) -> None:
    context = author.page.context
    context.set_offline(True)
    author.fill(NOTE, "Typed in a tunnel")
    says(author, "Not saved yet: no connection")
    assert kept_note(app, crew, assessment) == ""
    context.set_offline(False)
    says(author, "Saved at")
    assert kept_note(app, crew, assessment) == "Typed in a tunnel"


@only_with_script
def test_tab_that_is_closed_sends_what_was_typed_last(
    author: Visitor, app: Site, crew: TestTeam, assessment: str
) -> None:
    other_tab = author.page.context.new_page()
    author.fill(NOTE, "Last words")
    author.page.close(run_before_unload=True)
    await_note(app, crew, assessment, "Last words")
    assert not other_tab.is_closed()
