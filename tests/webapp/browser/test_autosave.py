"""Answers save themselves while people type, and nothing that was typed is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.webapp.browser.fake_site import FakeSite, serve

pytestmark = pytest.mark.slow

SAVED = "Saved at 3:15pm"
PUT_BACK = "What you typed here before was put back."


@pytest.fixture
def site() -> Iterator[FakeSite]:
    """A site that saves everything."""
    site = FakeSite()
    with serve(site):
        yield site


@pytest.fixture
def device(browser: Browser) -> Iterator[BrowserContext]:
    """One person's browser: its storage stays from page to page, and its clock stands until a test moves it."""
    context = browser.new_context()
    context.clock.install(time=0)
    context.clock.pause_at(1000)
    yield context
    context.close()


@pytest.fixture
def theme(device: BrowserContext, site: FakeSite) -> Page:
    """The page with the form, open."""
    return open_theme(device, site)


def open_theme(device: BrowserContext, site: FakeSite) -> Page:
    page = device.new_page()
    page.goto(f"{site.address}/theme")
    return page


def type_note(page: Page, text: str) -> None:
    page.get_by_label("Note").fill(text)


def wait(page: Page, seconds: float) -> None:
    """Move the page's clock, and let what was sent be answered."""
    page.clock.run_for(int(seconds * 1000))
    page.evaluate("fetch('/anything').then((answer) => answer.text())")


def status(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(text)


def drafts(page: Page) -> dict[str, dict[str, str]]:
    found: dict[str, str] = page.evaluate("({...localStorage})")
    return {key: json.loads(value) for key, value in found.items()}


def test_typing_is_saved_once_when_it_pauses(theme: Page, site: FakeSite) -> None:
    type_note(theme, "Ne")
    wait(theme, 1.4)
    type_note(theme, "New")
    wait(theme, 1.4)
    assert site.saves == []

    wait(theme, 0.2)

    status(theme, SAVED)
    assert [save["POL-01.note"] for save in site.saves] == ["New"]


def test_saving_sends_the_whole_practice_and_what_it_stands_on(theme: Page, site: FakeSite) -> None:
    theme.get_by_label("Partly in place").check()
    wait(theme, 0.1)

    status(theme, SAVED)
    assert site.saves == [
        {
            "practice": "POL-01", "version": "3", "POL-01.version": "3", "user": "u1", "csrf_token": "first",
            "POL-01.level": "1", "POL-01.note": "Kept",
        }
    ]  # fmt: skip


def test_saved_practice_stands_on_the_new_version(theme: Page, site: FakeSite) -> None:
    theme.get_by_label("Partly in place").check()
    wait(theme, 0.1)
    status(theme, SAVED)

    assert theme.locator("[name='POL-01.version']").input_value() == "4"
    type_note(theme, "More")
    wait(theme, 3)
    assert site.saves[-1]["version"] == "4"


def test_quick_changes_are_two_seconds_apart(theme: Page, site: FakeSite) -> None:
    theme.get_by_label("Partly in place").check()
    wait(theme, 0.1)
    theme.get_by_label("In place", exact=True).check()
    wait(theme, 1.5)
    assert len(site.saves) == 1

    wait(theme, 0.6)

    assert [save["POL-01.level"] for save in site.saves] == ["1", "2"]


def test_saved_text_leaves_no_draft(theme: Page) -> None:
    type_note(theme, "New")
    assert list(drafts(theme)) == ["selfassess:draft:u1:a1:POL-01"]

    wait(theme, 2)
    status(theme, SAVED)

    assert drafts(theme) == {}


def test_lost_line_is_said_and_tried_again_until_it_is_back(theme: Page, site: FakeSite) -> None:
    working, site.answer = site.answer, (None, "")
    type_note(theme, "New")
    wait(theme, 2)
    status(theme, "Not saved yet: no connection. We will try again.")
    assert drafts(theme)["selfassess:draft:u1:a1:POL-01"]["typed"] == "POL-01.level=2&POL-01.note=New"

    for _ in range(10):
        wait(theme, 1)
    tries = len(site.saves)
    site.answer = working
    for _ in range(10):
        wait(theme, 1)

    assert 2 <= tries <= 4
    status(theme, SAVED)
    assert drafts(theme) == {}


def test_line_that_comes_back_is_used_at_once(theme: Page, site: FakeSite) -> None:
    working, site.answer = site.answer, (None, "")
    type_note(theme, "New")
    for _ in range(20):
        wait(theme, 1)
    tries, site.answer = len(site.saves), working

    theme.evaluate("dispatchEvent(new Event('online'))")

    status(theme, SAVED)
    assert len(site.saves) == tries + 1


def test_conflict_offers_to_compare_and_stops_saving(theme: Page, site: FakeSite) -> None:
    site.answer = (409, '{"conflict": true, "message": "Kim Lee changed this answer at 3:14pm."}')
    type_note(theme, "New")
    wait(theme, 2)
    status(theme, "Kim Lee changed this answer at 3:14pm.")
    type_note(theme, "Newer")
    wait(theme, 10)

    assert len(site.saves) == 1
    with theme.expect_request("**/theme") as sent:
        theme.get_by_role("button", name="Save and compare").click()
    assert "POL-01.note=Newer" in (sent.value.post_data or "")
    assert "POL-01.version=3" in (sent.value.post_data or "")


@pytest.mark.parametrize("code", [400, 401])
def test_signed_out_person_can_sign_in_elsewhere_and_is_saved_on_return(theme: Page, site: FakeSite, code: int) -> None:
    working, site.answer = site.answer, (code, "{}")
    type_note(theme, "New")
    wait(theme, 2)
    status(theme, "Not saved yet: you are signed out. What you typed is kept on this device.")
    assert theme.get_by_role("link", name="Sign in").get_attribute("target") == "_blank"
    assert drafts(theme)

    site.answer, site.token = working, "second"
    wait(theme, 3)
    theme.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    status(theme, SAVED)
    assert site.saves[-1]["csrf_token"] == site.token


def test_answer_that_cannot_be_saved_says_why(theme: Page, site: FakeSite) -> None:
    site.answer = (422, '{"message": "Say why this does not apply."}')
    type_note(theme, "New")
    wait(theme, 60)

    status(theme, "Say why this does not apply.")
    assert len(site.saves) == 1


def test_page_that_is_left_sends_what_was_typed_last(theme: Page, site: FakeSite) -> None:
    type_note(theme, "Last words")
    theme.goto(f"{site.address}/elsewhere")
    theme.wait_for_timeout(500)

    assert [save["POL-01.note"] for save in site.saves] == ["Last words"]


def test_draft_is_put_back_after_a_crash_and_saved(theme: Page, site: FakeSite, device: BrowserContext) -> None:
    site.answer = (None, "")
    theme.get_by_label("Partly in place").check()
    type_note(theme, "Nearly lost")
    theme.close()

    site.answer = FakeSite.answer
    again = open_theme(device, site)

    status(again, PUT_BACK)
    assert again.get_by_label("Note").input_value() == "Nearly lost"
    assert again.get_by_label("Partly in place").is_checked()
    wait(again, 2)
    status(again, f"{PUT_BACK} {SAVED}")
    assert site.saves[-1]["POL-01.note"] == "Nearly lost"


def test_draft_of_an_answer_changed_since_is_compared(theme: Page, site: FakeSite, device: BrowserContext) -> None:
    site.answer = (None, "")
    type_note(theme, "Mine")
    theme.close()

    site.note, site.version = "Theirs", 7
    again = open_theme(device, site)
    wait(again, 2)

    assert site.saves[-1]["version"] == "3"


def test_submitted_text_is_forgotten_once_it_has_arrived(theme: Page, site: FakeSite) -> None:
    type_note(theme, "Sent by the button")
    site.marker = "<span data-answers-saved hidden></span>"
    theme.get_by_role("button", name="Save and continue").click()
    theme.wait_for_load_state()

    assert drafts(theme) == {}
    assert site.saves == []


def test_form_waits_for_the_saving_on_its_way_and_stands_on_its_version(theme: Page, site: FakeSite) -> None:
    site.held = Event()
    type_note(theme, "New")
    wait(theme, 2)
    assert [save["POL-01.note"] for save in site.saves] == ["New"]
    forms: list[str] = []
    theme.on("request", lambda sent: forms.append(sent.post_data or "") if sent.url.endswith("/theme") else None)
    button = theme.get_by_role("button", name="Save and continue")
    button.click(no_wait_after=True)
    button.click(no_wait_after=True)
    wait(theme, 1)
    assert forms == [], "the form was sent beside the saving"

    with theme.expect_navigation():
        site.held.set()

    assert len(forms) == 1
    assert "POL-01.version=4" in forms[0]
    assert "go=next" in forms[0]
    assert len(site.saves) == 1


def test_form_waits_no_longer_than_five_seconds(theme: Page, site: FakeSite) -> None:
    site.held = Event()
    type_note(theme, "New")
    wait(theme, 2)
    theme.get_by_role("button", name="Save and continue").click(no_wait_after=True)

    with theme.expect_request("**/theme") as sent:
        theme.clock.run_for(5000)

    site.held.set()
    assert "POL-01.version=3" in (sent.value.post_data or "")


def test_submitted_text_is_kept_while_no_page_says_that_it_arrived(theme: Page) -> None:
    type_note(theme, "Sent by the button")
    theme.get_by_role("button", name="Save and continue").click()
    theme.wait_for_load_state()

    assert theme.get_by_label("Note").input_value() == "Sent by the button"


def test_signing_out_clears_every_draft(theme: Page, site: FakeSite) -> None:
    site.answer = (None, "")
    type_note(theme, "Private")
    theme.evaluate("localStorage.setItem('other', '1')")
    theme.evaluate("localStorage.setItem('selfassess:draft:u2:a1:POL-01', '{}')")
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    theme.once("dialog", agree)
    theme.get_by_role("button", name="Sign out").click()
    theme.wait_for_load_state()

    assert "not saved yet" in asked[0]
    assert list(drafts(theme)) == ["other"]


def test_draft_stays_where_somebody_would_rather_not_sign_out(theme: Page, site: FakeSite) -> None:
    site.answer = (None, "")
    type_note(theme, "Not saved yet")
    theme.once("dialog", lambda dialog: dialog.dismiss())
    theme.get_by_role("button", name="Sign out").click()

    assert drafts(theme)
    assert theme.get_by_label("Note").input_value() == "Not saved yet"


def test_signing_out_asks_nothing_where_all_is_saved(theme: Page) -> None:
    theme.on("dialog", lambda dialog: pytest.fail(dialog.message))
    theme.get_by_role("button", name="Sign out").click()
    theme.wait_for_load_state()
    assert not drafts(theme)


def test_page_whose_storage_is_off_still_saves(site: FakeSite, device: BrowserContext) -> None:
    device.add_init_script("Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error('off') }")
    page = open_theme(device, site)
    type_note(page, "New")
    wait(page, 2)

    status(page, SAVED)
    assert site.saves[-1]["POL-01.note"] == "New"
