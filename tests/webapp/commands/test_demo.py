"""The demonstration: made once, with somebody for everything that one can be."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import make_client, make_settings
from webapp import create_app
from webapp.commands.demo.people import CAST, PASSWORD
from webapp.db.tables import Assessment, Invitation, Organisation, User
from webapp.settings import Settings
from webapp.site import Site


@pytest.fixture
def demo(app: Site) -> str:
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output
    return result.output


def enter(app: Site, email: str) -> CheckingClient:
    """Sign somebody in without the sign-in page."""
    with app.run_work(write=False) as work:
        user = work.scalars(select(User).where(User.email == email)).one()
    client = make_client(app)
    client.sign_in(user.id, user.fs_uniquifier)
    return client


def test_everybody_and_the_password_are_told(demo: str) -> None:
    for actor in CAST:
        assert f"{actor.email} " in demo
    assert PASSWORD in demo


def test_second_run_changes_nothing(app: Site, demo: str) -> None:
    before = _count(app)
    again = app.test_cli_runner().invoke(args=["demo"])
    assert (again.exit_code, again.output) == (0, demo)
    assert _count(app) == before == (2, 3, 1)


def _count(app: Site) -> tuple[int | None, ...]:
    with app.run_work(write=False) as work:
        return tuple(
            work.scalar(select(func.count()).select_from(table)) for table in (Organisation, Assessment, Invitation)
        )


def test_prison_has_a_signed_and_an_open_assessment_and_a_plan(app: Site, demo: str) -> None:
    assert demo
    client = enter(app, "owner@example.org")
    listed = client.page("/organisations").one("tbody th a")
    home = client.page(listed.get("href"))
    assert "Self-audit 2026" in home.words(".govuk-task-list")
    assert "Self-audit 2025" in home.words("tbody")
    plan = client.page(f"{listed.get('href')}/plan").words("main")
    insured = plan.index("Volunteers’ insurance cover is confirmed in writing")
    assert "Blocked" in plan[insured : insured + 200], "this year’s answer says that nobody knows yet"
    safeguarding = plan.index("Volunteers know how to report a safeguarding concern")
    assert "Done" in plan[safeguarding : safeguarding + 200], "this year’s answer says that it is in place"


def test_group_reader_sees_both_organisations(app: Site, demo: str) -> None:
    assert demo
    client = enter(app, "group@example.org")
    group = client.page("/organisations").one("main a[href^='/groups/']").get("href")
    names = client.page(group).words("main")
    assert "HMP Example" in names
    assert "Cyfeillion Example Friends" in names


def test_administrator_reaches_the_administration(app: Site, demo: str) -> None:
    assert demo
    assert enter(app, "administrator@example.org").get("/administration").status_code == 200


def test_demonstration_is_refused_in_production(app: Site) -> None:
    settings: Settings = app.extensions["settings"]
    public = make_settings(settings.instance, environment="production", site_address="https://audit.example")
    made = create_app(public)
    result = made.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 1
    assert "has no place in production" in result.output
    assert isinstance(made, Site)
    made.engine.dispose()
