"""The help pages: there for everybody, and true."""

from __future__ import annotations

from pathlib import Path

import pytest

import webapp
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import TestTeam
from webapp.pages.help import make_help
from webapp.store import held, invitations
from webapp.store.people import CLOSED_NAME
from webapp.store.sessions import LONGEST
from webapp.store.standards import main_standard

PAGES = ("/help", "/help/sources", "/help/accessibility", "/help/privacy", "/help/cookies")
DRAFTS = Path(webapp.__file__).parent / "assets" / "drafts.js"


@pytest.mark.parametrize("address", PAGES)
def test_page_can_be_read_by_everybody(client: CheckingClient, team: TestTeam, address: str) -> None:
    assert client.page(address).words("h1")
    assert team.reader.client.page(address).words("h1")


@pytest.mark.parametrize("address", PAGES)
def test_every_link_within_the_site_leads_to_a_page(client: CheckingClient, address: str) -> None:
    found = {link.get("href").partition("#")[0] for link in client.page(address).all("main a, footer a")}
    for path in sorted(path for path in found if path.startswith("/")):
        assert client.get(path, follow_redirects=True).status_code == 200, path


def test_every_link_within_the_page_leads_somewhere(client: CheckingClient) -> None:
    page = client.page("/help")
    targets = [link.get("href") for link in page.all("main a") if link.get("href").startswith("#")]
    assert targets
    assert all(page.all(target) for target in targets)


def test_help_shows_the_example_of_the_library(client: CheckingClient) -> None:
    words = client.page("/help").words("main")
    example = make_help(main_standard()).example
    assert f"{example.points} of {example.most}" in words
    assert all(sentence in words for sentence in example.sentences)


def test_privacy_notice_names_the_times_that_the_code_keeps_to(client: CheckingClient) -> None:
    words = client.page("/help/privacy").words("main")
    settings = client.application.extensions["settings"]
    assert f"{settings.session_minutes} minutes after you last did something" in words
    assert f"{int(LONGEST.total_seconds()) // 3600} hours after you signed in" in words
    assert f"after {invitations.DAYS} days" in words
    assert f"{held.HOURS} hours at most" in words
    assert CLOSED_NAME in words


def test_cookie_page_names_all_that_the_site_sets_and_stores(client: CheckingClient) -> None:
    words = client.page("/help/cookies").words("main")
    answer = client.get("/quick-check")
    names = {header.partition("=")[0] for header in answer.headers.getlist("Set-Cookie")}
    assert names == {"session"}
    assert all(name in words for name in names)
    stored = [line.split('"')[1] for line in DRAFTS.read_text("utf-8").splitlines() if line.startswith("const ")]
    assert stored
    assert all(name in words for name in stored)


def test_accessibility_statement_is_dated_and_says_how_to_complain(client: CheckingClient) -> None:
    words = client.page("/help/accessibility").words("main")
    assert "22 November 2026" in words
    assert "Equality Advisory and Support Service" in words
