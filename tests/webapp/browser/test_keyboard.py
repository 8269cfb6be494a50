"""The site without a mouse: whoever has only Tab, Space and Enter answers and submits, and always sees where they are.

Letters are typed where text is asked for; nothing else is used, no arrow keys either.
"""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import PASSWORD, TestTeam
from webapp.site import Site
from webapp.store.assessments import create_assessment
from webapp.store.scope import get_scope

pytestmark = pytest.mark.slow

MOST_STOPS = 150
"""Stops on the way to anything; a page with more on the way is a trap."""

NAME = """() => {
  const held = document.activeElement
  const labels = [...(held.labels || [])].map((label) => label.innerText)
  return (labels.join(" ") || held.getAttribute("aria-label") || held.innerText || "").replace(/\\s+/g, " ").trim()
}"""

IS_SEEN = """() => {
  const held = document.activeElement
  const drawn = () => [held, ...(held.labels || []), held.querySelector("*")].filter(Boolean).flatMap((part) =>
    [null, "::before", "::after"].map((extra) => {
      const style = getComputedStyle(part, extra)
      return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth].join()
    })).join()
  const place = (held.labels?.[0] || held).getBoundingClientRect()
  const shown = place.bottom > 0 && place.top < innerHeight && place.width > 1 && place.height > 1
  const focused = drawn()
  held.blur()
  const plain = drawn()
  held.focus({preventScroll: true})
  return shown && focused !== plain
}"""


class Keyboard:
    """Somebody at a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str) -> Keyboard:
        """Press Tab until something with these words has the focus; every stop on the way must show that it has it."""
        passed = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            passed.append(str(self.page.evaluate(NAME)))
            if passed[-1]:
                assert self.page.evaluate(IS_SEEN), f"focus on “{passed[-1]}” cannot be seen at {self.page.url}"
            if passed[-1].startswith(name):
                return self
        raise AssertionError(f"“{name}” cannot be reached at {self.page.url}: {passed}")

    def type(self, text: str) -> Keyboard:
        """Type into what has the focus."""
        self.page.keyboard.type(text)
        return self

    def choose(self, name: str) -> Keyboard:
        """Choose a button of a question with the space bar."""
        self.reach(name).page.keyboard.press("Space")
        return self

    def use(self, name: str) -> Keyboard:
        """Follow a link, or press a button, with Enter."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self


@pytest.fixture
def assessed(app: Site, crew: TestTeam) -> TestTeam:
    """A prison with an assessment without answers."""
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=crew.owner.id, organisation_id=crew.organisation_id)
        create_assessment(scope, title="Self-audit 2026", day=date(2026, 11, 1))
        work.commit()
    return crew


def test_keyboard_alone_signs_in_answers_a_theme_and_submits(visitor: Visitor, assessed: TestTeam) -> None:
    keyboard = Keyboard(visitor.go("/").page)
    keyboard.use("Sign in").reach("Email address").type(assessed.contributor.email)
    keyboard.reach("Password").type(PASSWORD).use("Sign in")
    keyboard.use(assessed.name).use("Self-audit 2026").use("Policy and agreements")
    visitor.look().heading("Policy and agreements")
    keyboard.choose("Not in place").reach("Note").type("Typed without a mouse").use("Save and go to the list")
    visitor.look().reads("1 of 5 answered")
    keyboard.use("Check all answers")
    visitor.look().reads("Typed without a mouse")
    keyboard.use("Continue to submit").use("Submit for sign-off")
    visitor.look().reads("has been submitted")


def test_first_stop_of_a_page_leads_past_its_menu(visitor: Visitor) -> None:
    keyboard = Keyboard(visitor.go("/help").page)
    keyboard.reach("Skip to main content")
    keyboard.page.keyboard.press("Enter")
    assert keyboard.page.evaluate("document.activeElement.id || location.hash.slice(1)") == "main-content"
