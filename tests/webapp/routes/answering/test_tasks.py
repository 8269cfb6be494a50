"""The task list, and the page to check all answers."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from selfassess import Answer
from tests.webapp.conftest import TestTeam
from tests.webapp.pages import Page
from tests.webapp.routes.answering.conftest import POLICY, Sheet, start
from tests.webapp.routes.answering.test_themes import freeze
from webapp.clock import now
from webapp.db.tables import ReviewEvent
from webapp.site import Site
from webapp.store.records import Status


def tag(page: Page) -> str:
    return page.words("#policy-status")


def test_theme_without_answers_is_not_started(sheet: Sheet) -> None:
    page = sheet.team.reader.client.page(sheet.address)
    assert tag(page) == "Not started"
    assert "0 of 5 answered 0 met" in page.words("#policy-hint")


def test_answered_and_in_place_are_counted_apart(sheet: Sheet) -> None:
    sheet.answer(sheet.team.owner, {"level": "2"}, **{"POL-02.level": "DK", "POL-03.level": "1", "POL-04.level": "3"})
    page = sheet.team.reader.client.page(sheet.address)
    assert tag(page) == "In progress"
    assert "4 of 5 answered 2 met" in page.words("#policy-hint")
    assert page.words(".app-counts") == "4 of 73 answered 2 met"


def test_theme_with_every_answer_is_answered(sheet: Sheet) -> None:
    sheet.answer(sheet.team.owner, {}, **{f"{practice}.level": "0" for practice in POLICY})
    page = sheet.team.reader.client.page(sheet.address)
    assert tag(page) == "Answered"
    assert "5 of 5 answered 0 met" in page.words("#policy-hint")


def test_theme_with_carried_answers_is_to_confirm(app: Site, team: TestTeam) -> None:
    sheet = start(app, team, dict.fromkeys(POLICY, Answer(level=2)))
    page = team.reader.client.page(sheet.address)
    assert tag(page) == "To confirm"
    assert "5 to confirm" in page.words("#policy-hint")
    assert "5 answers were carried over and are still to be confirmed" in page.words("main")


@pytest.mark.parametrize("role", ["reader", "approver"])
def test_who_cannot_answer_has_no_button_to_answer(sheet: Sheet, role: str) -> None:
    page = getattr(sheet.team, role).client.page(sheet.address)
    assert not page.all("main a.govuk-button")
    assert "Submit" not in page.words("main")


def test_approver_can_sign_what_was_submitted(app: Site, sheet: Sheet) -> None:
    freeze(app, sheet, Status.SUBMITTED)
    button = sheet.team.approver.client.page(sheet.address).one("main a.govuk-button")
    assert button.get("href") == f"{sheet.address}/sign"
    assert not sheet.team.contributor.client.page(sheet.address).all("main a.govuk-button")


def test_reason_for_sending_back_is_shown(app: Site, sheet: Sheet) -> None:
    with app.run_work(write=True) as work:
        step = {"kind": "sent_back", "reason": "Look at vetting again", "user_name": "Gwen", "happened_at": now()}
        work.execute(insert(ReviewEvent).values(assessment_id=sheet.id, user_id=None, **step))
        work.commit()
    assert "Look at vetting again" in sheet.team.contributor.client.page(sheet.address).words(".govuk-inset-text")


def test_every_answer_can_be_checked_and_changed(sheet: Sheet) -> None:
    sheet.answer(sheet.team.owner, {"level": "1", "note": "A draft", "evidence": "One\nTwo"})
    page = sheet.team.owner.client.page(f"{sheet.address}/check")
    assert len(page.all(".govuk-summary-list__row")) == 73
    row = next(row for row in page.all(".govuk-summary-list__row") if "A draft" in row.text_content())
    assert "Partly in place" in row.text_content()
    assert "2 pieces of evidence" in row.text_content()
    assert row.cssselect("a")[0].get("href") == f"{sheet.policy}#POL-01"


def test_what_is_left_is_said_and_linked(app: Site, team: TestTeam) -> None:
    sheet = start(app, team, {"POL-01": Answer(level=2)})
    page = team.owner.client.page(f"{sheet.address}/check")
    assert "72 practices are not answered, and 1 carried answer is to be confirmed" in page.words("main")
    left = [link.get("href") for link in page.all(".govuk-details a")]
    assert len(left) == 73
    assert f"{sheet.policy}#POL-01" in left


def test_check_leads_to_submitting_only_who_may(sheet: Sheet) -> None:
    address = f"{sheet.address}/check"
    button = sheet.team.contributor.client.page(address).one("main a.govuk-button")
    assert button.get("href") == f"{sheet.address}/submit"
    reader = sheet.team.reader.client.page(address)
    assert reader.words("h1") == "All answers"
    assert not reader.all("main a.govuk-button")
