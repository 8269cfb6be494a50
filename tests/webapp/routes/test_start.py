"""The first page."""

from __future__ import annotations

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import TestTeam


def links(client: CheckingClient) -> set[str]:
    return {link.get("href") for link in client.page("/").all("main a")}


def test_visitor_finds_the_quick_check_and_the_way_in(client: CheckingClient) -> None:
    assert links(client) >= {"/quick-check", "/register", "/sign-in", "/help", "/help/sources"}


def test_somebody_signed_in_finds_their_organisations(team: TestTeam) -> None:
    found = links(team.reader.client)
    assert {"/organisations", "/quick-check"} <= found
    assert not {"/register", "/sign-in"} & found


def test_page_says_how_long_it_takes_and_that_answers_are_deleted(client: CheckingClient) -> None:
    words = client.page("/").words("main")
    assert "about 20 minutes" in words
    assert "deleted after 24 hours" in words


def test_visitor_with_a_quick_check_goes_on_with_it(client: CheckingClient) -> None:
    assert "Start a quick check" in client.page("/").words("main")
    client.send("/quick-check", {"kind": "prison"})
    assert "Go on with your quick check" in client.page("/").words("main")
