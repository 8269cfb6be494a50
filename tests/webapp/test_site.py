"""The site as a whole: every route has its guard, and a request is one transaction."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.webapp.client import CheckingClient
from webapp.guards import require_guards


def test_liveness_without_a_database_is_told(client: CheckingClient) -> None:
    assert client.get("/healthz").text == "alive\n"


def test_readiness_with_all_tables_is_told(client: CheckingClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")


def test_address_that_is_not_there_has_a_page(client: CheckingClient) -> None:
    assert "Page not found" in client.page("/nothing-here", status=404).words("h1")


def test_view_without_guard_keeps_the_site_from_starting() -> None:
    app = Flask(__name__)
    app.add_url_rule("/open", "an_open_door", lambda: "")
    with pytest.raises(RuntimeError, match="an_open_door"):
        require_guards(app)
