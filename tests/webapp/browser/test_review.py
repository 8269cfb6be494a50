"""The way to a signature in a browser: sent back, signed, kept as it was signed, and corrected."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.webapp.browser.conftest import NewVisitor
from tests.webapp.browser.server import Server
from tests.webapp.browser.steps import enter
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import TestTeam
from tests.webapp.reviewing import add_assessment
from webapp.site import Site

pytestmark = pytest.mark.slow

WHY = "The volunteering policy was signed in May: see the intranet."
WRONG = "The policy was withdrawn in June."
NOTE = "Note: There is a current volunteering policy"


def show_words(pdf: bytes) -> str:
    """The text of a PDF with single spaces."""
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def submit(visitor: Visitor, address: str) -> None:
    visitor.go(address).follow("Submit for sign-off").heading("Submit 2026 for sign-off").reads("2 practices are not")
    visitor.press("Submit for sign-off").heading("Results: 2026").reads("Waiting for sign-off")


def test_assessment_that_was_sent_back_is_answered_again_and_signed(
    new_visitor: NewVisitor, crew: TestTeam, server: Server, app: Site
) -> None:
    address = add_assessment(app, crew)
    author, approver = enter(new_visitor(), crew.contributor, server), enter(new_visitor(), crew.approver, server)
    submit(author, address)
    author.go(f"{address}/themes/policy").reads("waits for sign-off")
    approver.go(address).press("Sign off, or send back").heading("Sign off 2026").reads(crew.contributor.name)
    approver.press("Sign off").reads("Tick the box to confirm").follow("Send back to the team")
    approver.press("Send back").reads("Say what should be changed").fill("What should be changed?", WHY)
    approver.press("Send back").heading("Results: 2026").reads("has been sent back").reads(WHY)

    author.go(address).reads(f"Sent back by {crew.approver.name}").reads(WHY).go(f"{address}/themes/policy")
    author.page.locator("input[name='POL-01.level'][value='2']").check()
    author.fill(NOTE, "Signed in May").press("Save and continue")
    submit(author, address)

    approver.go(f"{address}/results").press("Sign off").choose("I have read the results and sign them off")
    approver.press("Sign off").heading("Results: 2026").reads("Signed off").reads("kept as they are now")
    approver.go(f"{address}/results/explain/POL-01").reads("In place").reads("Signed in May")


def test_signed_assessment_and_its_reports_stay_as_they_are(
    new_visitor: NewVisitor, crew: TestTeam, server: Server, app: Site
) -> None:
    address = add_assessment(app, crew, "signed")
    visitor = enter(new_visitor(), crew.contributor, server)
    visitor.go(address).reads("Its answers do not change any more").lacks("Submit for sign-off")
    visitor.follow("Policy and agreements").reads("This assessment is signed")
    expect(visitor.page.locator("main").get_by_role("textbox")).to_have_count(0)
    expect(visitor.page.locator("main").get_by_role("radio")).to_have_count(0)
    visitor.go(f"{address}/submit").heading("This cannot be done now").reads("submitted already")

    visitor.go(f"{address}/results")
    report, plan = visitor.download("Gap report (PDF)"), visitor.download("Action plan as drafted (PDF)")
    assert f"Gap report {crew.name}" in show_words(report)
    assert "71 of 73 practices (97%) have been answered" in show_words(report)
    assert f"Action plan {crew.name}" in show_words(plan)
    reader = enter(new_visitor(), crew.reader, server).go(f"{address}/results")
    assert reader.download("Gap report (PDF)") == report
    assert b'"POL-01"' in reader.download("Answers (JSON)")


def test_what_was_signed_is_corrected_by_another_assessment(
    new_visitor: NewVisitor, crew: TestTeam, server: Server, app: Site
) -> None:
    address = add_assessment(app, crew, "signed")
    visitor = enter(new_visitor(), crew.owner, server).go(f"{address}/results")
    visitor.follow("Start a correction").heading("Correct 2026").press("Start the correction")
    visitor.reads("Say what is wrong with the signed assessment")
    visitor.fill("What is wrong with the signed assessment?", WRONG).press("Start the correction")
    visitor.heading("Results: 2026, corrected").reads("This corrects").reads(WRONG).follow("Go on answering")
    visitor.reads("Corrects “2026”").follow("Policy and agreements")
    visitor.page.locator("input[name='POL-01.level'][value='0']").check()
    visitor.press("Save and continue")
    visitor.go(f"{address}/results").reads("A correction of this has been started").lacks("Something is wrong?")
    visitor.go(f"{address}/results/explain/POL-01").reads("Partly in place")
    visitor.go(f"{address}/correct").reads("There is a correction of it already").follow("2026, corrected")
    visitor.go(f"{address}/results").follow("2026, corrected").heading("Results: 2026, corrected")


def test_decision_on_what_was_taken_back_is_refused(
    new_visitor: NewVisitor, crew: TestTeam, server: Server, app: Site
) -> None:
    address = add_assessment(app, crew, "submitted")
    approver, owner = enter(new_visitor(), crew.approver, server), enter(new_visitor(), crew.owner, server)
    approver.go(f"{address}/sign").choose("I have read the results and sign them off")
    owner.go(f"{address}/results").follow("Take back").press("Take back").reads("has been taken back")
    owner.go(f"{address}/submit").press("Submit for sign-off")
    approver.press("Sign off").heading("This cannot be done now").reads("submitted again after you opened this page")
    approver.follow("See where 2026 stands").reads("Waiting for sign-off")
