"""A page that arrives too late: what was typed is kept, and given back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import TestPerson
from tests.webapp.pages import Page
from tests.webapp.routes.answering.conftest import Sheet, form_of
from tests.webapp.routes.answering.test_autosave import end_sessions
from tests.webapp.routes.answering.test_themes import freeze
from webapp.clock import fixed_time, now
from webapp.db.tables import HeldForm
from webapp.site import Site
from webapp.store import held as held_store
from webapp.store.records import Status

TYPED = {"POL-01.level": "1", "POL-01.note": "Typed while signed out"}


def send_signed_out(app: Site, sheet: Sheet, typed: dict[str, str] = TYPED) -> CheckingClient:
    """The contributor's session ends while they type, and they send the page."""
    client = sheet.team.contributor.client
    fields = form_of(client.page(sheet.policy)) | typed
    end_sessions(app)
    answer = client.post(sheet.policy, data=fields)
    assert answer.status_code == 303
    assert "/sign-in" in answer.location
    return client


@pytest.mark.parametrize(("origin", "is_kept"), [("same-origin", True), ("same-site", False), (None, False)])
def test_page_with_a_wrong_token_is_kept_only_if_it_is_ours(
    app: Site, sheet: Sheet, origin: str | None, is_kept: bool
) -> None:
    client = sheet.team.contributor.client
    end_sessions(app)
    headers = {"Sec-Fetch-Site": origin} if origin else {}
    answer = client.post(sheet.policy, data={"csrf_token": "made up", "POL-01.version": "0", **TYPED}, headers=headers)
    assert answer.status_code == (303 if is_kept else 401)
    assert is_kept or "Typed while signed out" in answer.text
    with app.run_work(write=False) as work:
        assert bool(work.scalars(select(HeldForm)).all()) is is_kept


def sign_in(person: TestPerson, client: CheckingClient | None = None) -> CheckingClient:
    client = client or person.client
    client.sign_in(person.id, person.uniquifier)
    return client


def test_page_sent_after_the_session_ended_is_given_back_after_sign_in(app: Site, sheet: Sheet) -> None:
    client = send_signed_out(app, sheet)
    assert sheet.answers == {}
    sign_in(sheet.team.contributor)
    page = client.page(sheet.policy)
    assert "We kept what you typed before you were signed out" in page.words(".govuk-inset-text")
    assert page.one("textarea[name='POL-01.note']").text == "Typed while signed out"
    assert page.one("input[name='POL-01.level'][checked]").get("value") == "1"


def test_page_that_was_given_back_can_be_saved_and_is_then_forgotten(app: Site, sheet: Sheet) -> None:
    client = send_signed_out(app, sheet)
    sign_in(sheet.team.contributor)
    client.post(sheet.policy, data=form_of(client.page(sheet.policy)))
    assert sheet.answers["POL-01"].answer.note == "Typed while signed out"
    assert not client.page(sheet.policy).all(".govuk-inset-text")


def test_page_that_was_given_back_can_be_left_out(app: Site, sheet: Sheet) -> None:
    client = send_signed_out(app, sheet)
    sign_in(sheet.team.contributor)
    assert client.send(f"{sheet.policy}/kept", page=sheet.policy).status_code == 303
    page = client.page(sheet.policy)
    assert not page.all(".govuk-inset-text")
    assert not page.one("textarea[name='POL-01.note']").text
    assert sheet.answers == {}


def test_kept_page_is_only_for_who_sent_it(app: Site, sheet: Sheet) -> None:
    client = send_signed_out(app, sheet)
    sign_in(sheet.team.owner, client)
    assert "Typed while signed out" not in client.page(sheet.policy).text


def test_kept_page_is_only_for_its_browser(app: Site, sheet: Sheet) -> None:
    send_signed_out(app, sheet)
    other = app.test_client()
    assert isinstance(other, CheckingClient)
    sign_in(sheet.team.contributor, other)
    assert "Typed while signed out" not in other.page(sheet.policy).text


def test_kept_page_is_only_shown_at_its_own_address(app: Site, sheet: Sheet) -> None:
    client = send_signed_out(app, sheet)
    sign_in(sheet.team.contributor)
    assert not client.page(f"{sheet.address}/themes/review").all(".govuk-inset-text")


def test_kept_page_is_gone_after_a_day(app: Site, sheet: Sheet) -> None:
    client = send_signed_out(app, sheet)
    later = fixed_time.set(now() + timedelta(hours=held_store.HOURS, minutes=1))
    try:
        sign_in(sheet.team.contributor)
        assert not client.page(sheet.policy).all(".govuk-inset-text")
    finally:
        fixed_time.reset(later)


def test_page_too_large_to_keep_is_shown_to_be_sent_again(
    app: Site, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_store, "LARGEST", 10)
    client = sheet.team.contributor.client
    fields = form_of(client.page(sheet.policy)) | TYPED
    end_sessions(app)
    answer = client.post(sheet.policy, data=fields)
    assert answer.status_code == 401
    assert "Typed while signed out" in Page(answer.text).words("dl")


def test_page_of_nobody_is_shown_and_can_be_sent_again_after_sign_in(app: Site, sheet: Sheet) -> None:
    fields = form_of(sheet.team.contributor.client.page(sheet.policy)) | TYPED
    browser = app.test_client()
    assert isinstance(browser, CheckingClient)
    answer = browser.post(sheet.policy, data=fields)
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    sign_in(sheet.team.contributor, browser)
    again = browser.post(sheet.policy, data=form_of(Page(answer.text)))
    assert again.status_code == 400
    assert "Typed while signed out</textarea>" in again.text
    browser.post(sheet.policy, data=form_of(Page(again.text)))
    assert sheet.answers["POL-01"].answer.note == "Typed while signed out"


def test_page_with_the_token_of_another_session_is_shown_again(sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    fields = form_of(client.page(sheet.policy)) | TYPED | {"csrf_token": "of another session"}
    answer = client.post(sheet.policy, data=fields)
    assert answer.status_code == 400
    assert sheet.answers == {}
    page = Page(answer.text)
    assert "nothing was saved" in page.words(".govuk-error-summary")
    client.post(sheet.policy, data=form_of(page))
    assert sheet.answers["POL-01"].answer.note == "Typed while signed out"


def test_choice_with_the_token_of_another_session_has_to_be_made_again(sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    fields = form_of(client.page(sheet.policy)) | TYPED
    sheet.answer(sheet.team.owner, {"note": "Theirs"})
    conflicts = form_of(Page(client.post(sheet.policy, data=fields).text)) | {"csrf_token": "of another session"}
    answer = client.post(sheet.policy, data=conflicts)
    again = client.post(sheet.policy, data=form_of(Page(answer.text)))
    assert again.status_code == 409
    assert sheet.answers["POL-01"].answer.note == "Theirs"


def test_wrong_token_does_not_open_what_is_not_ones_own(sheet: Sheet) -> None:
    client = sheet.team.reader.client
    assert client.post(sheet.policy, data=TYPED).status_code == 403
    missing = sheet.policy.replace(sheet.id, "0" * 20)
    assert sheet.team.contributor.client.post(missing, data=TYPED).status_code == 404


def test_wrong_token_on_a_frozen_assessment_shows_what_was_typed(app: Site, sheet: Sheet) -> None:
    freeze(app, sheet, Status.SUBMITTED)
    answer = sheet.team.contributor.client.post(sheet.policy, data=TYPED | {"POL-01.version": "0"})
    assert answer.status_code == 409
    assert "Typed while signed out" in answer.text


def test_wrong_token_on_another_form_has_its_page(sheet: Sheet) -> None:
    answer = sheet.team.contributor.client.post(f"{sheet.address}/practices/POL-01/comments", data={"text": "Hello"})
    assert answer.status_code == 400
    assert "open for too long" in answer.text
    assert Page(answer.text).one("main textarea").text.strip() == "Hello"
