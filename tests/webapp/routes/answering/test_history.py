"""The history of an answer, as people read it."""

from __future__ import annotations

from tests.webapp.pages import words_of
from tests.webapp.routes.answering.conftest import Sheet, form_of


def address(sheet: Sheet) -> str:
    return f"{sheet.address}/practices/POL-01/history"


def test_answer_never_given_has_no_history(sheet: Sheet) -> None:
    assert "has not been answered yet" in sheet.team.reader.client.page(address(sheet)).words("main")


def test_change_says_who_when_from_and_to_in_words(sheet: Sheet) -> None:
    sheet.answer(sheet.team.owner, {"level": "DK"})
    sheet.answer(sheet.team.contributor, {"level": "3", "note": "Written down"})
    first, second = (words_of(card) for card in sheet.team.reader.client.page(address(sheet)).all(".app-card"))
    assert "HMP Example Contributor" in first
    assert "Before Do not know yet After Embedded" in first
    assert "Before Nothing After Written down" in first
    assert "Before Not answered After Do not know yet" in second


def test_text_that_lost_is_there(sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    mine = form_of(client.page(sheet.policy)) | {"POL-01.note": "Lost, and found again"}
    sheet.answer(sheet.team.owner, {"note": "Kept"})
    client.post(sheet.policy, data=mine)
    card = words_of(client.page(address(sheet)).all(".app-card")[0])
    assert "Not kept, because somebody else had changed the answer meanwhile" in card
    assert "Kept Kept Not kept Lost, and found again" in card


def test_steps_of_one_go_are_one_change_and_can_be_shown_each(sheet: Sheet) -> None:
    for note in ("O", "On", "One"):
        sheet.answer(sheet.team.owner, {"note": note})
    client = sheet.team.owner.client
    joined = client.page(address(sheet))
    assert len(joined.all(".app-card")) == 1
    assert "Before Nothing After One" in joined.words(".app-card")
    assert len(client.page(f"{address(sheet)}?steps=all").all(".app-card")) == 3


def test_long_history_has_pages(sheet: Sheet) -> None:
    for turn in range(52):
        person = sheet.team.owner if turn % 2 else sheet.team.contributor
        sheet.answer(person, {"note": f"Turn {turn}"})
    client = sheet.team.owner.client
    assert len(client.page(address(sheet)).all(".app-card")) == 50
    assert len(client.page(f"{address(sheet)}?page=2").all(".app-card")) == 2
