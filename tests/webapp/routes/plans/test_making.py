"""Making the plan."""

from __future__ import annotations

import pytest

from tests.webapp.conftest import TestTeam
from tests.webapp.pages import Page
from tests.webapp.planning import GAPS, LATER, add_assessment, ids_of
from webapp.site import Site

START = ["1", "12", "2026"]


def test_latest_assessment_and_today_are_chosen_already(app: Site, team: TestTeam) -> None:
    add_assessment(app, team, GAPS)
    newer = add_assessment(app, team, LATER, year=2027)
    page = team.owner.client.page(f"{team.address}/plan/new")
    assert [field.get("value") for field in page.all("input[name=assessment][checked]")] == [newer]
    assert [field.get("value") for field in page.all("input[name=start]")] == ["22", "11", "2026"]
    assert "3 gaps" in page.words("main")


def test_plan_starts_on_the_day_that_was_chosen(app: Site, team: TestTeam) -> None:
    fields = {"assessment": add_assessment(app, team), "start": START}
    answer = team.contributor.client.send(f"{team.address}/plan/new", fields, follow=True)
    page = Page(answer.text)
    assert "The plan has been made, with 3 actions." in page.words(".govuk-notification-banner--success")
    assert "The plan starts on 1 December 2026" in page.words("main")
    assert "Due 31 December 2026" in page.words("main")


@pytest.mark.parametrize(
    ("start", "problem"),
    [
        (["31", "2", "2027"], "The start of the plan must be a real day"),
        (["", "", ""], "Enter the day the plan starts"),
        (["1", "1", "9999"], "must be between 2000 and 2100"),
        ([], "Enter the day the plan starts"),
    ],
)
def test_wrong_start_is_told_and_kept(app: Site, team: TestTeam, start: list[str], problem: str) -> None:
    fields = {"assessment": add_assessment(app, team), "start": start}
    answer = team.owner.client.send(f"{team.address}/plan/new", fields)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert problem in page.words(".govuk-error-summary")
    assert [field.get("value") or "" for field in page.all("input[name=start]")] == (start or ["", "", ""])
    assert "Nobody has made the plan yet" in team.reader.client.page(f"{team.address}/plan").words("main")


def test_assessment_of_nobody_is_refused(app: Site, team: TestTeam) -> None:
    add_assessment(app, team)
    answer = team.owner.client.send(f"{team.address}/plan/new", {"assessment": "f" * 20, "start": START})
    assert answer.status_code == 422


def test_second_plan_leads_to_the_first(app: Site, team: TestTeam, plan: str) -> None:
    before = ids_of(app, team)
    answer = team.owner.client.get(f"{plan}/new")
    assert (answer.status_code, answer.location) == (303, plan)
    assert ids_of(app, team) == before


@pytest.mark.parametrize("name", ["reader", "approver"])
def test_those_who_only_read_may_change_nothing(app: Site, team: TestTeam, plan: str, name: str) -> None:
    client = getattr(team, name).client
    action = f"{plan}/actions/{ids_of(app, team)['POL-01']}"
    for address in (f"{plan}/new", f"{plan}/update", f"{plan}/actions/new"):
        assert client.get(address).status_code == 403
    for address in (f"{plan}/update", f"{plan}/actions/new", action, f"{action}/take-out", f"{action}/put-back"):
        assert client.send(address, {}, page=plan).status_code == 403
