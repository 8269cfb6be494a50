"""The results in a browser: numbers, what explains them, the practices one asks for, last year's beside them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from selfassess import Scorecard, score
from tests.webapp.browser.conftest import NewVisitor
from tests.webapp.browser.server import Server
from tests.webapp.browser.steps import enter
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import TestTeam
from tests.webapp.reviewing import add_assessment, example
from webapp.site import Site
from webapp.store.assessments import get_assessment, read_sheet
from webapp.store.scope import get_scope

pytestmark = pytest.mark.slow


@pytest.fixture
def results(app: Site, crew: TestTeam) -> str:
    """The address of this year's results; last year's were signed."""
    add_assessment(app, crew, "signed", year=2025, answers=example("hmp-example-2025"))
    return f"{add_assessment(app, crew)}/results"


@pytest.fixture
def card(app: Site, crew: TestTeam, results: str) -> Scorecard:
    """What the library says of this year's answers."""
    with app.run_work(write=False):
        scope = get_scope(user_id=crew.reader.id, organisation_id=crew.organisation_id)
        record = get_assessment(scope, results.split("/")[-2])
        return score(record.standard, read_sheet(scope, record))


@pytest.fixture
def reader(new_visitor: NewVisitor, crew: TestTeam, server: Server) -> Visitor:
    """Somebody who may only read."""
    return enter(new_visitor(), crew.reader, server)


def test_results_say_what_the_library_says_and_why(reader: Visitor, results: str, card: Scorecard) -> None:
    overall = card.overall
    reader.go(results).heading("Results: 2026").reads("Being answered").lacks("Submit for sign-off")
    for number, words in ((overall.met, "met"), (overall.gaps, "gaps"), (overall.unanswered, "not answered")):
        reader.reads(f"{number} {words}")
    for heading in (
        "The themes at a glance",
        "Readiness against each source",
        "The must practices",
        "Beside the survey",
    ):
        expect(reader.page.get_by_role("heading", name=heading)).to_be_visible()
    reader.follow("How these numbers are made").reads("What it rests on").follow("Policy and agreements")
    reader.heading("Policy and agreements").reads("Rated").follow("There is a current volunteering policy")
    reader.reads("Partly in place").reads("What it counts towards")
    first = card.priorities[0].practice
    reader.go(results).follow(first.title).heading(first.title)


def test_practices_are_narrowed_by_theme_tier_and_status(reader: Visitor, results: str, card: Scorecard) -> None:
    gaps = [entry.practice for entry in card.entries if entry.answer.is_gap]
    policy = next([e.practice for e in t.entries if e.answer.is_gap] for t in card.themes if t.theme.id == "policy")
    reader.go(results).follow("Theme by theme: every practice with its answer")
    reader.reads(f"{len(card.entries)} of {len(card.entries)} practices")
    reader.pick("Status", "A gap").press("Show these").reads(f"{len(gaps)} of {len(card.entries)} practices")
    reader.pick("Theme", "Policy and agreements").press("Show these")
    reader.reads(f"{len(policy)} of {len(card.entries)} practices").reads(policy[0].title)
    reader.pick("Status", "Embedded").pick("Tier", "Must").press("Show these").reads("No practice is all of this")
    reader.follow("Show all").reads(f"{len(card.entries)} of {len(card.entries)} practices")
    reader.follow("What it counts for", exact=False).reads("Why it stands as it does")


def test_requirements_lead_to_the_practices_that_decide(reader: Visitor, results: str) -> None:
    reader.go(results).follow("Requirement by requirement: how near each source is")
    reader.heading("Requirement by requirement")
    reader.page.locator("main table a").first.click()
    reader.look().reads("What it rests on")


def test_last_year_is_set_beside_this_one(reader: Visitor, results: str) -> None:
    reader.go(results).reads("Since the last assessment").reads("Moved up")
    reader.follow("2025, 1 November 2025").heading("2025 and 2026").reads("Then: 1 November 2025")
    reader.reads("2025 of 1 November 2025 is signed off").reads("2026 of 1 November 2026 is not signed yet")


def test_assessment_without_answers_has_results_too(
    new_visitor: NewVisitor, crew: TestTeam, server: Server, app: Site
) -> None:
    empty = add_assessment(app, crew, answers={})
    visitor = enter(new_visitor(), crew.owner, server).go(f"{empty}/results").reads("Nothing has been answered yet")
    visitor.reads("No earlier assessment has been signed off").press("Submit for sign-off").heading("Submit 2026")
    visitor.go(f"{empty}/results/practices?status=gap").reads("No practice is all of this")
    visitor.go(f"{empty}/results/explain/nothing").heading("Page not found")
