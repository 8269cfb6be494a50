"""The log can be read by machines, and says nothing of people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.webapp.conftest import make_settings
from webapp import create_app

SITE = "https://audit.example"
SECRET_TEXT = "what nobody but the team should know"  # noqa: S105


@pytest.fixture
def lines(empty_database: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What a site in production logs of three requests, one of which fails."""
    folder = empty_database.parent
    app = create_app(make_settings(folder, environment="production", site_address=SITE))
    app.view_functions["health.show_liveness"] = fail
    client = app.test_client()
    for path in ("/help?name=Somebody", f"/invitations/{SECRET_TEXT}", "/healthz"):
        client.get(path, base_url=SITE)
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def fail() -> str:
    """A view with a fault, whose error quotes an answer."""
    raise ValueError(SECRET_TEXT)


def test_request_is_told_by_its_view(lines: list[dict[str, object]]) -> None:
    told = lines[0]
    assert (told["event"], told["method"], told["view"], told["status"]) == ("request", "GET", "help.show_help", 200)
    assert isinstance(told["milliseconds"], float)


def test_error_is_told_by_its_kind_and_its_way(lines: list[dict[str, object]]) -> None:
    told = next(line for line in lines if line["level"] == "error")
    assert told["error"] == "ValueError"
    assert "test_logs.py" in str(told["way"])


def test_nothing_that_people_typed_is_told(lines: list[dict[str, object]]) -> None:
    assert len(lines) >= 4
    assert SECRET_TEXT not in str(lines)
    assert "Somebody" not in str(lines)
