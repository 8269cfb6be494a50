"""Newer answers offer; people decide."""

from __future__ import annotations

from tests.webapp.conftest import TestTeam
from tests.webapp.pages import Page, words_of
from tests.webapp.planning import LATER, add_assessment, ids_of
from webapp.site import Site

START = ["1", "12", "2027"]


def test_offer_says_why_and_what_has_closed(app: Site, team: TestTeam, plan: str) -> None:
    newer = add_assessment(app, team, LATER, year=2027)
    page = team.contributor.client.page(f"{plan}/update?assessment={newer}")
    changed = [words_of(row) for row in page.all("dl div")]
    assert changed == [
        "Volunteers’ insurance cover is confirmed in writingThe gap has closed: the answer is now “Embedded”."
    ]
    assert page.words(".app-card legend") == "One written process, with an owner, covers recruitment"
    assert "Core practice, expected in a first assessment; partly in place" in page.words(".app-card .govuk-hint")
    assert page.one(".app-card input[checked]").get("value") == "add"


def test_offer_that_is_taken_is_in_the_plan(app: Site, team: TestTeam, plan: str) -> None:
    newer = add_assessment(app, team, LATER, year=2027)
    fields = {"assessment": newer, "start": START, "offer-REC-01": "add"}
    page = Page(team.contributor.client.send(f"{plan}/update", fields, follow=True).text)
    assert "1 action added" in page.words(".govuk-notification-banner")
    text = page.words("main")
    assert "One written process, with an owner, covers recruitment" in text
    assert "No longer open gaps (1)" in text
    assert "1 action has no open gap any more" in text
    assert not page.all(".govuk-inset-text")


def test_offer_for_later_is_made_again_and_one_declined_is_not(app: Site, team: TestTeam, plan: str) -> None:
    fields = {"assessment": add_assessment(app, team, LATER, year=2027), "start": START}
    team.owner.client.send(f"{plan}/update", fields | {"offer-REC-01": "later"})
    page = team.owner.client.page(plan)
    assert "1 gap is not in the plan yet." in page.words(".govuk-inset-text")
    team.owner.client.send(f"{plan}/update", fields | {"offer-REC-01": "never"})
    page = team.owner.client.page(plan)
    assert not page.all(".govuk-inset-text")
    assert "Not in the plan (1)" in page.words("main")


def test_wrong_start_is_told_and_the_decision_kept(app: Site, team: TestTeam, plan: str) -> None:
    fields = {"assessment": add_assessment(app, team, LATER, year=2027), "start": ["", "", ""], "offer-REC-01": "later"}
    answer = team.owner.client.send(f"{plan}/update", fields)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.one(".app-card input[checked]").get("value") == "later"
    assert "REC-01" not in ids_of(app, team)


def test_assessment_of_nobody_is_not_found(team: TestTeam, plan: str) -> None:
    assert team.owner.client.get(f"{plan}/update?assessment={'f' * 20}").status_code == 404


def test_nothing_new_is_said(team: TestTeam, plan: str) -> None:
    page = team.owner.client.page(f"{plan}/update")
    assert "no gaps about which you have not decided already" in page.words("main")
    assert not page.all("main button")


def test_plan_can_follow_answers_that_offer_nothing(app: Site, team: TestTeam, plan: str) -> None:
    newer = add_assessment(app, team, {}, year=2027)
    page = team.owner.client.page(f"{plan}/update?assessment={newer}")
    assert "It was not answered this time" in page.words("main")
    page = Page(team.owner.client.send(f"{plan}/update", {"assessment": newer}, follow=True).text)
    assert "no actions added" in page.words(".govuk-notification-banner")
    assert "follows the answers of “2027”" in page.words("main")
    assert "No longer open gaps (3)" in page.words("main")
