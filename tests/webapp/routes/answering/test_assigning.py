"""Giving themes to people."""

from __future__ import annotations

from tests.webapp.pages import words_of
from tests.webapp.routes.answering.conftest import Sheet
from tests.webapp.routes.answering.test_themes import freeze
from webapp.site import Site
from webapp.store.records import Status


def assign(sheet: Sheet, to: str) -> int:
    return sheet.team.owner.client.send(f"{sheet.policy}/assign", {"person": to}).status_code


def test_theme_can_be_given_given_on_and_taken_back(sheet: Sheet) -> None:
    team = sheet.team
    assert assign(sheet, team.contributor.id) == 303
    assert "Assigned to you" in team.contributor.client.page(sheet.address).words("#policy-hint")
    assert "Assigned to HMP Example Contributor" in team.reader.client.page(sheet.policy).words("main")
    assert assign(sheet, team.owner.id) == 303
    assert "Assigned to you" in team.owner.client.page(sheet.address).words("#policy-hint")
    assert assign(sheet, "nobody") == 303
    assert "Assigned" not in team.owner.client.page(sheet.address).words("#policy-hint")


def test_only_people_who_may_answer_are_offered(sheet: Sheet) -> None:
    page = sheet.team.owner.client.page(f"{sheet.policy}/assign")
    labels = [words_of(label) for label in page.all(".govuk-radios__label")]
    assert labels == ["HMP Example Contributor", "HMP Example Owner", "Nobody yet"]
    assert assign(sheet, sheet.team.reader.id) == 422


def test_ones_own_theme_comes_first(sheet: Sheet) -> None:
    assign(sheet, sheet.team.contributor.id)
    assert "“Policy and agreements”" in sheet.team.contributor.client.page(sheet.address).words("a.govuk-button")
    assert "“Leadership, strategy and resources”" in sheet.team.owner.client.page(sheet.address).words("a.govuk-button")


def test_reader_cannot_assign(sheet: Sheet) -> None:
    sheet.team.reader.client.page(f"{sheet.policy}/assign", status=403)


def test_themes_of_a_submitted_assessment_are_not_given(app: Site, sheet: Sheet) -> None:
    freeze(app, sheet, Status.SUBMITTED)
    assert sheet.team.owner.client.get(f"{sheet.policy}/assign").status_code == 303
