"""The quick check in a browser: to its reports, and into an account by way of a confirmed address."""

from __future__ import annotations

import re
import secrets
from email import message_from_bytes, policy

from tests.webapp.browser.server import Server
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import PASSWORD

HELP = ("/help", "/help/sources", "/help/accessibility", "/help/privacy", "/help/cookies")


def answer_all(visitor: Visitor) -> None:
    """Answer page by page, as far as the list of answers; the levels go round."""
    number = 0
    while "/questions/" in visitor.page.url:
        for fieldset in visitor.page.locator("main form fieldset").all():
            fieldset.locator("input").nth(number % 5).check()
            number += 1
        visitor.press("Save and continue")


def begin(visitor: Visitor) -> None:
    visitor.go("/").press("Start a quick check").heading("Quick check")
    visitor.press("Start the quick check").reads("Choose what kind of organisation")
    visitor.choose("Prison").fill("Name of the organisation (optional)", "HMP Harrowmere")
    visitor.press("Start the quick check").heading("Questions 1 to")


def test_visitor_gets_results_and_reports_and_deletes_the_answers(visitor: Visitor) -> None:
    begin(visitor)
    visitor.go("/quick-check/results").reads("Nothing has been answered yet")
    visitor.go("/quick-check/questions/1")
    answer_all(visitor)
    visitor.heading("Check your answers").reads("26 of 26 questions are answered")
    visitor.press("See your results").heading("Results of the quick check").reads("Do these first")
    for words in ("Download the gap report (PDF)", "Download the action plan (PDF)"):
        with visitor.page.expect_download() as started:
            visitor.page.get_by_role("link", name=words).click()
        assert started.value.path().read_bytes().startswith(b"%PDF-")
    visitor.follow("Delete my answers now").press("Delete my answers now").reads("Your answers have been deleted")
    visitor.go("/quick-check/results").heading("We cannot find your quick check")


def test_answers_go_along_when_the_visitor_registers(visitor: Visitor, server: Server) -> None:
    begin(visitor)
    visitor.page.get_by_label("Partly in place").first.check()
    visitor.press("Save and continue").go("/quick-check/results").press("Keep these answers")
    email = f"{secrets.token_hex(8)}@example.org"
    visitor.press("Create an account").fill("Full name", "Ada Example").fill("Email address", email)
    visitor.page.locator("input[name=password]").fill(PASSWORD)
    visitor.page.locator("main form button[type=submit]").click()
    visitor.go(find_link(server, email))
    visitor.page.locator("input[name=password]").fill(PASSWORD)
    visitor.page.locator("main form button[type=submit]").click()
    visitor.look().heading("Keep your answers").reads("with your 1 answer.")
    visitor.fill("Name of the organisation", "").press("Start the full assessment").reads("Enter the name")
    visitor.fill("Name of the organisation", "HMP Harrowmere").press("Start the full assessment")
    visitor.reads("Your answers are in a full assessment now")


def test_help_pages_can_be_read_by_everybody(visitor: Visitor) -> None:
    for address in HELP:
        visitor.go(address)


def find_link(server: Server, email: str) -> str:
    """The link in the mail to an address."""
    for path in (server.folder / "mail").glob("*.eml"):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        found = re.search(r"http://\S+", message.get_content())
        if message["To"] == email and found:
            return found[0]
    raise AssertionError("no mail with a link")
