"""The site as a whole: every route has its guard, and a request is one transaction."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from tests.webapp.client import CheckingClient
from webapp.guards import require_guards
from webapp.site import Site


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


def test_built_file_is_sent_packed_to_browsers_that_can_unpack(app: Site, client: CheckingClient) -> None:
    address = app.jinja_env.from_string("{{ asset('site.css') }}").render()
    with client.get(address, headers={"Accept-Encoding": "identity"}, buffered=True) as plain:
        assert "Content-Encoding" not in plain.headers
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert gzip.decompress(packed.data) == plain.data
    assert packed.mimetype == plain.mimetype == "text/css"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in packed.headers["Cache-Control"]


def test_static_file_outside_its_folder_is_not_found(client: CheckingClient) -> None:
    assert client.get("/static/../settings.py", headers={"Accept-Encoding": "gzip"}).status_code == 404


def test_built_file_that_is_not_there_is_not_kept_by_browsers(client: CheckingClient) -> None:
    answer = client.get("/static/build/none.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
