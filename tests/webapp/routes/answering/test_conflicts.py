"""Two people change the same answer: neither loses a word."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from selfassess import Answer
from selfassess.model.answer import Code
from tests.webapp.pages import Page, words_of
from tests.webapp.routes.answering.conftest import Sheet, form_of

MINE = {"level": "1", "note": "Mine", "evidence": "Minutes of May"}
THEIRS = {"level": "2", "note": "Theirs", "evidence": "https://example.org/policy"}


def prefixed(fields: dict[str, str], practice: str = "POL-01") -> dict[str, str]:
    return {f"{practice}.{name}": value for name, value in fields.items()}


def collide(sheet: Sheet, mine: dict[str, str] | None = None, /, **more: str) -> TestResponse:
    """The contributor opens the page, the owner saves first, and the contributor saves then."""
    mine_fields = form_of(sheet.team.contributor.client.page(sheet.policy)) | prefixed(mine or MINE) | more
    sheet.answer(sheet.team.owner, THEIRS)
    return sheet.team.contributor.client.post(sheet.policy, data=mine_fields)


def choose(sheet: Sheet, conflicts: TestResponse, **choices: str) -> TestResponse:
    """Send the page of conflicts with choices for POL-01."""
    fields = form_of(Page(conflicts.text)) | prefixed(choices)
    return sheet.team.contributor.client.post(sheet.policy, data=fields)


def test_second_person_sees_both_texts_and_who_wrote_the_other(sheet: Sheet) -> None:
    answer = collide(sheet)
    page = Page(answer.text)
    assert answer.status_code == 409
    yours, other = (words_of(card) for card in page.all(".app-card"))
    assert "Yours" in yours
    assert all(word in yours for word in ("Partly in place", "Mine", "Minutes of May"))
    assert "Saved by HMP Example Owner" in other
    assert all(word in other for word in ("In place", "Theirs", "https://example.org/policy"))
    assert sheet.answers["POL-01"].answer.note == "Theirs"


def test_text_that_waits_for_a_choice_is_in_the_history_already(sheet: Sheet) -> None:
    collide(sheet)
    assert (sheet.changes()[0].kind, sheet.changes()[0].after.note) == ("not_kept", "Mine")


def test_keeping_mine_saves_it_and_keeps_theirs_in_the_history(sheet: Sheet) -> None:
    assert choose(sheet, collide(sheet), choice="mine").status_code == 303
    assert sheet.answers["POL-01"].answer.note == "Mine"
    assert sheet.changes()[0].before.note == "Theirs"


def test_keeping_theirs_changes_nothing(sheet: Sheet) -> None:
    assert choose(sheet, collide(sheet), choice="theirs").status_code == 303
    assert sheet.answers["POL-01"].answer.note == "Theirs"
    assert sheet.answers["POL-01"].version == 1


@pytest.mark.parametrize(("choice", "level"), [("mine_joined", 1), ("theirs_joined", 2)])
def test_the_two_can_be_put_together(sheet: Sheet, choice: str, level: Code) -> None:
    conflicts = collide(sheet)
    assert Page(conflicts.text).one("textarea").text_content().strip() == "Mine\n\nTheirs"
    choose(sheet, conflicts, choice=choice, joined="Mine and theirs")
    kept = sheet.answers["POL-01"].answer
    assert kept == Answer(
        level=level, note="Mine and theirs", evidence=("Minutes of May", "https://example.org/policy")
    )


def test_no_choice_asks_again_and_saves_nothing(sheet: Sheet) -> None:
    answer = choose(sheet, collide(sheet))
    assert answer.status_code == 409
    assert Page(answer.text).all('.govuk-error-summary a[href="#POL-01-choice"]')
    assert sheet.answers["POL-01"].answer.note == "Theirs"
    assert choose(sheet, answer, choice="mine").status_code == 303
    assert sheet.answers["POL-01"].answer.note == "Mine"


def test_change_while_choosing_asks_again_with_the_newest_text(sheet: Sheet) -> None:
    conflicts = collide(sheet)
    sheet.answer(sheet.team.owner, {"note": "Theirs again"})
    again = choose(sheet, conflicts, choice="mine")
    assert again.status_code == 409
    assert "Theirs again" in words_of(Page(again.text).all(".app-card")[1])
    assert choose(sheet, again, choice="mine").status_code == 303
    assert sheet.answers["POL-01"].answer.note == "Mine"
    assert {change.after.note for change in sheet.changes()} == {"Mine", "Theirs", "Theirs again"}


def test_several_conflicts_are_settled_each_in_its_own_way(sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    mine = form_of(client.page(sheet.policy)) | prefixed(MINE) | prefixed(MINE, "POL-02")
    sheet.answer(sheet.team.owner, THEIRS, **prefixed(THEIRS, "POL-02"))
    conflicts = client.post(sheet.policy, data=mine)
    assert len(Page(conflicts.text).all(".app-columns")) == 2
    fields = form_of(Page(conflicts.text)) | {"POL-01.choice": "mine", "POL-02.choice": "theirs"}
    assert client.post(sheet.policy, data=fields).status_code == 303
    assert [sheet.answers[key].answer.note for key in ("POL-01", "POL-02")] == ["Mine", "Theirs"]


def test_other_answers_of_the_page_are_saved(sheet: Sheet) -> None:
    collide(sheet, **{"POL-02.level": "3"})
    assert sheet.answers["POL-02"].answer.level == 3


def test_answer_with_a_mistake_is_shown_after_the_conflict(sheet: Sheet) -> None:
    conflicts = collide(sheet, **{"POL-02.level": "9", "POL-02.note": "Not to be lost"})
    answer = choose(sheet, conflicts, choice="mine")
    assert answer.status_code == 422
    assert "Not to be lost</textarea>" in answer.text


def test_choice_leads_where_the_person_wanted_to_go(sheet: Sheet) -> None:
    answer = choose(sheet, collide(sheet, go="list"), choice="mine")
    assert answer.location == sheet.address


def test_both_saying_the_same_is_no_conflict(sheet: Sheet) -> None:
    assert collide(sheet, THEIRS).status_code == 303
    assert sheet.answers["POL-01"].version == 1


def test_same_level_offers_three_ways(sheet: Sheet) -> None:
    page = Page(collide(sheet, {"level": "2", "note": "Mine"}).text)
    labels = [words_of(label) for label in page.all(".govuk-radios__label")]
    assert labels == [
        "Keep my answer",
        "Keep the answer of HMP Example Owner",
        "Put the two together, with the note below",
    ]
