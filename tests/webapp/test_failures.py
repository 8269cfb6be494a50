"""An error that nobody expected, in the middle of a transaction: people see the page for it, and nothing is kept."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import TestTeam
from webapp.db.work import session
from webapp.routes.quickcheck import visit
from webapp.site import Site


def fail(**_: object) -> str:
    """Ask what the database refuses."""
    session().execute(text("INSERT INTO site_role (id) VALUES ('nameless')"))
    raise AssertionError


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_the_database_refuses_ends_in_the_page_for_it(
    app: Site, client: CheckingClient, team: TestTeam, monkeypatch: pytest.MonkeyPatch, is_signed_in: bool
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(visit, "start_quick_check", fail)
    browser = team.owner.client if is_signed_in else client
    page = browser.page("/quick-check")
    form = dict(page.one("main form[method=post]").form_values()) | {"kind": "prison", "organisation": "HMP Example"}
    answer = FlaskClient.open(browser, "/quick-check", method="POST", data=form)
    assert answer.status_code == 500
    assert "Sorry, something went wrong" in answer.text
