"""Comments on an answer: said, addressed, dealt with."""

from __future__ import annotations

from tests.webapp.conftest import MakeTeam, TestPerson
from tests.webapp.pages import Page, words_of
from tests.webapp.routes.answering.conftest import Sheet
from tests.webapp.routes.answering.test_themes import freeze
from webapp.site import Site
from webapp.store.records import Status


def address(sheet: Sheet) -> str:
    return f"{sheet.address}/practices/POL-01/comments"


def say(sheet: Sheet, person: TestPerson, text: str, to: str = "everybody") -> int:
    return person.client.send(address(sheet), {"text": text, "to": to}).status_code


def close(sheet: Sheet, person: TestPerson) -> int:
    """Close the first comment, as the owner's page shows it."""
    form = sheet.team.owner.client.page(address(sheet)).all(".app-card form")[0]
    return person.client.send(form.get("action"), page=address(sheet)).status_code


def test_comment_is_shown_to_the_team_with_its_lines(sheet: Sheet) -> None:
    assert say(sheet, sheet.team.reader, "First line\r\nsecond line") == 303
    card = sheet.team.approver.client.page(address(sheet)).one(".app-card")
    assert "HMP Example Reader" in words_of(card)
    assert card.cssselect(".app-typed")[0].text == "First line\nsecond line"


def test_addressed_colleague_is_told_on_the_task_list_until_it_is_dealt_with(sheet: Sheet) -> None:
    team = sheet.team
    say(sheet, team.owner, "Can you find the minutes?", team.contributor.id)
    page = team.contributor.client.page(sheet.address)
    assert "There is a current volunteering policy" in page.words("#comments-for-you + ul")
    assert "1 open comment, 1 for you" in page.words("#policy-hint")
    assert not team.owner.client.page(sheet.address).all("#comments-for-you")
    assert "for you" not in team.owner.client.page(sheet.address).words("#policy-hint")
    assert close(sheet, team.contributor) == 303
    assert not team.contributor.client.page(sheet.address).all("#comments-for-you")


def test_open_comments_are_counted_on_the_theme(sheet: Sheet) -> None:
    say(sheet, sheet.team.owner, "One")
    assert "1 open comment" in sheet.team.owner.client.page(sheet.policy).words("#POL-01 .app-practice__links")
    say(sheet, sheet.team.owner, "Two")
    assert "2 open comments" in sheet.team.owner.client.page(sheet.policy).words("#POL-01 .app-practice__links")
    close(sheet, sheet.team.owner)
    assert "1 open comment" in sheet.team.owner.client.page(sheet.policy).words("#POL-01 .app-practice__links")


def test_closed_comment_says_who_closed_it(sheet: Sheet) -> None:
    say(sheet, sheet.team.owner, "One")
    close(sheet, sheet.team.contributor)
    assert "Dealt with HMP Example Contributor" in sheet.team.owner.client.page(address(sheet)).words(".app-card")


def test_reader_cannot_close_what_others_say_to_each_other(sheet: Sheet) -> None:
    say(sheet, sheet.team.owner, "One")
    close(sheet, sheet.team.reader)
    assert sheet.team.owner.client.page(address(sheet)).all(".app-card form")


def test_empty_comment_is_refused(sheet: Sheet) -> None:
    assert say(sheet, sheet.team.owner, " \n ") == 422


def test_person_outside_the_team_cannot_be_addressed(sheet: Sheet, make_team: MakeTeam) -> None:
    stranger = make_team("HMP Other").owner
    assert say(sheet, sheet.team.owner, "Hello", stranger.id) == 422
    assert not sheet.team.owner.client.page(address(sheet)).all(".app-card")


def test_signed_assessment_keeps_its_comments_and_takes_no_more(app: Site, sheet: Sheet) -> None:
    say(sheet, sheet.team.owner, "Before the signature")
    freeze(app, sheet, Status.SIGNED)
    page = sheet.team.owner.client.page(address(sheet))
    assert "Before the signature" in page.words(".app-card")
    assert not page.all("main form")
    answer = sheet.team.owner.client.send(address(sheet), {"text": "After it", "to": "everybody"}, page=sheet.address)
    assert answer.status_code == 422
    assert "After it" in Page(answer.text).words("textarea")


def test_practice_that_is_not_asked_is_not_found(sheet: Sheet) -> None:
    sheet.team.owner.client.page(f"{sheet.address}/practices/XXX-99/comments", status=404)
