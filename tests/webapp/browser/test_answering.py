"""Answering an assessment in a browser: alone, together, and with a session that ends."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from tests.webapp.browser.conftest import NewVisitor
from tests.webapp.browser.server import Server
from tests.webapp.browser.steps import enter
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import PASSWORD, TestTeam
from webapp.db.tables import LoginSession
from webapp.site import Site
from webapp.store.assessments import create_assessment
from webapp.store.scope import get_scope

pytestmark = pytest.mark.slow

only_with_script = pytest.mark.parametrize("with_script", [True], ids=["script"])

FIRST = "There is a current volunteering policy"
NOTE = f"Note: {FIRST}"


@pytest.fixture
def policy(app: Site, crew: TestTeam) -> str:
    """The page of one theme of an assessment without answers."""
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=crew.owner.id, organisation_id=crew.organisation_id)
        assessment_id = create_assessment(scope, title="2026", day=date(2026, 11, 1))
        work.commit()
    return f"{crew.address}/assessments/{assessment_id}/themes/policy"


def choose_level(visitor: Visitor, value: str) -> None:
    visitor.page.locator(f"input[name='POL-01.level'][value='{value}']").check()


def note_of(visitor: Visitor) -> str:
    return visitor.page.locator("[name='POL-01.note']").input_value()


def test_assessment_can_be_started_answered_and_checked(visitor: Visitor, crew: TestTeam, server: Server) -> None:
    enter(visitor, crew.contributor, server)
    visitor.go(f"{crew.address}/assessments").press("Start an assessment")
    visitor.fill("What is this assessment called?", "").press("Start").reads("Enter a name for the assessment")
    visitor.fill("What is this assessment called?", "2026").choose("With no answers").press("Start")
    visitor.heading("2026").reads("0 of 73").follow("Policy and agreements").heading("Policy and agreements")
    choose_level(visitor, "2")
    visitor.fill(NOTE, "Written down in May").press("Save and continue").heading("Role descriptions")
    visitor.press("Save and go to the list").reads("1 of 5 answered").reads("1 met")
    visitor.follow("Check all answers").heading("Check your answers").reads("Written down in May")


def test_answer_can_be_talked_about_and_its_history_read(
    visitor: Visitor, crew: TestTeam, server: Server, policy: str
) -> None:
    enter(visitor, crew.owner, server).go(policy)
    choose_level(visitor, "1")
    visitor.press("Save and continue").go(policy)
    visitor.follow("Comments", exact=False).press("Add comment").reads("Enter your comment")
    visitor.fill("Your comment", "Where is it kept?").press("Add comment").reads("Where is it kept?")
    visitor.press("Mark as dealt with", exact=False).reads("Dealt with")
    visitor.follow("Go to the practice").follow("History of this answer", exact=False).reads("Partly in place")
    visitor.go(f"{policy}/assign").choose(crew.contributor.name).press("Save").reads(crew.contributor.name)


def test_two_people_who_change_the_same_answer_both_keep_their_words(
    new_visitor: NewVisitor, crew: TestTeam, server: Server, policy: str
) -> None:
    slow = enter(new_visitor(), crew.contributor, server).go(policy)
    quick = enter(new_visitor(), crew.owner, server).go(policy)
    choose_level(quick, "2")
    quick.fill(NOTE, "Signed in May").press("Save and continue")
    choose_level(slow, "1")
    slow.fill(NOTE, "Still a draft").press("Save and continue").heading("Choose which answer to keep")
    slow.reads("Signed in May").reads("Still a draft").reads(f"Saved by {crew.owner.name}")
    slow.press("Save this answer").reads("There is a problem")
    slow.choose("Keep my answer").press("Save this answer").heading("Role descriptions")
    quick.go(policy)
    assert note_of(quick) == "Still a draft"
    quick.go(f"{policy.removesuffix('/themes/policy')}/practices/POL-01/history").reads("Signed in May")


def test_page_sent_after_the_session_ended_comes_back_after_sign_in(
    app: Site, visitor: Visitor, crew: TestTeam, server: Server, policy: str
) -> None:
    person = crew.contributor
    enter(visitor, person, server).go(policy)
    with app.run_work(write=True) as work:
        work.execute(delete(LoginSession).where(LoginSession.user_id == person.id))
        work.commit()
    choose_level(visitor, "1")
    visitor.fill(NOTE, "Typed while signed out").press("Save and continue")
    visitor.fill("Email address", person.email).fill("Password", PASSWORD).press("Sign in")
    visitor.heading("Policy and agreements").reads("We kept what you typed before you were signed out")
    assert note_of(visitor) == "Typed while signed out"
    visitor.press("Save and continue").go(policy)
    assert note_of(visitor) == "Typed while signed out"


@only_with_script
def test_answer_saves_itself_where_script_runs(visitor: Visitor, crew: TestTeam, server: Server, policy: str) -> None:
    enter(visitor, crew.contributor, server).go(policy)
    visitor.fill(NOTE, "Nobody pressed a button")
    expect(visitor.page.locator("#POL-01 [role=status]")).to_contain_text("Saved at")
    assert note_of(visitor.go(policy)) == "Nobody pressed a button"


@only_with_script
def test_conflict_of_an_answer_that_saves_itself_leads_to_the_choice(
    new_visitor: NewVisitor, crew: TestTeam, server: Server, policy: str
) -> None:
    slow = enter(new_visitor(), crew.contributor, server).go(policy)
    enter(new_visitor(), crew.owner, server).go(policy).fill(NOTE, "Signed in May").press("Save and continue")
    slow.fill(NOTE, "Still a draft").reads(f"{crew.owner.name} changed this answer at")
    slow.press("Save and compare").heading("Choose which answer to keep")
    slow.choose("Keep my answer").press("Save this answer").heading("Role descriptions")
    assert note_of(slow.go(policy)) == "Still a draft"
