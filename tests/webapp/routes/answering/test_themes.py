"""The page of one theme: asked, answered, saved."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, event

from selfassess import Answer
from tests.webapp.conftest import MakeTeam, TestTeam
from tests.webapp.pages import words_of
from tests.webapp.routes.answering.conftest import POLICY, Sheet, form_of, start
from webapp.site import Site
from webapp.store.records import Status

# Who is signed in; then membership, assessment, answers, and what stands around them.
MOST_QUERIES = 5


def test_page_asks_every_practice_of_the_theme_once(sheet: Sheet) -> None:
    page = sheet.team.contributor.client.page(sheet.policy)
    assert tuple(section.get("data-practice") for section in page.all("[data-practice]")) == POLICY
    assert page.words("h1") == "Policy and agreements"
    assert page.words(".govuk-caption-l") == "Theme 2 of 13"


def test_page_tells_its_script_where_to_save_and_whose_answers_these_are(sheet: Sheet) -> None:
    form = sheet.team.contributor.client.page(sheet.policy).one("form[data-autosave-url]")
    assert form.get("data-autosave-url") == f"{sheet.policy}/autosave"
    assert (form.get("data-user"), form.get("data-assessment")) == (sheet.team.contributor.id, sheet.id)


def test_page_asks_the_database_five_times_at_most(app: Site, sheet: Sheet) -> None:
    sheet.answer(sheet.team.contributor, {"level": "2", "note": "Written down"})
    asked: list[str] = []

    def count(_: Connection, __: object, statement: str, *___: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    event.listen(app.engine, "before_cursor_execute", count)
    sheet.team.contributor.client.page(sheet.policy)
    assert 0 < len(asked) <= MOST_QUERIES, "\n\n".join(asked)


def test_answers_are_saved_and_the_next_theme_comes(sheet: Sheet) -> None:
    page = sheet.answer(
        sheet.team.contributor,
        {"level": "1", "note": "A draft", "evidence": "https://example.org/policy\nMinutes of May"},
    )
    saved = sheet.answers["POL-01"]
    assert saved.answer == Answer(level=1, note="A draft", evidence=("https://example.org/policy", "Minutes of May"))
    assert saved.changed_by == "HMP Example Contributor"
    assert page.words("h1").startswith("Role descriptions")
    assert page.all("[data-answers-saved]")


def test_saving_can_lead_to_the_list(sheet: Sheet) -> None:
    page = sheet.answer(sheet.team.contributor, {"level": "1"}, go="list")
    assert page.words("h1").startswith("2026")
    assert "Your answers on “Policy and agreements” are saved." in page.words(".govuk-notification-banner")
    assert page.all("[data-answers-saved]")


def test_last_theme_leads_to_checking(sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    answer = client.send(f"{sheet.address}/themes/review", page=f"{sheet.address}/themes/review")
    assert answer.status_code == 303
    assert answer.location == f"{sheet.address}/check"


def test_saved_answer_stands_in_the_inputs_again(sheet: Sheet) -> None:
    sheet.answer(sheet.team.contributor, {"level": "NA", "reason": "No partners", "note": "Asked in May"})
    sheet.answer(sheet.team.contributor, {"level": "1", "note": "A draft"})
    page = sheet.team.owner.client.page(sheet.policy)
    assert page.one("input[name='POL-01.level'][checked]").get("value") == "1"
    assert page.one("textarea[name='POL-01.note']").text == "A draft"
    assert "Last changed by HMP Example Contributor" in words_of(page.one("#POL-01"))


def test_wrong_answer_is_told_and_everything_else_on_the_page_is_saved(sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    fields = form_of(client.page(sheet.policy)) | {
        "POL-01.level": "2",
        "POL-02.level": "9",
        "POL-02.note": "Kept in the form",
    }
    answer = client.post(sheet.policy, data=fields)
    assert answer.status_code == 422
    assert list(sheet.answers) == ["POL-01"]
    assert "All other answers on this page are saved." in answer.text
    assert '<a href="#POL-02-level">' in answer.text
    assert "Kept in the form</textarea>" in answer.text


def test_page_with_an_error_sends_the_new_versions_of_what_was_saved(sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    fields = form_of(client.page(sheet.policy)) | {"POL-01.level": "2", "POL-02.level": "9"}
    page_text = client.post(sheet.policy, data=fields).text
    assert 'name="POL-01.version" value="1"' in page_text


def test_carried_answer_can_be_confirmed(app: Site, team: TestTeam) -> None:
    sheet = start(app, team, {"POL-01": Answer(level=2)})
    assert "carried over" in team.contributor.client.page(sheet.policy).words("#POL-01 .app-practice__carried")
    sheet.answer(team.contributor, {"confirm": "yes"})
    assert not sheet.answers["POL-01"].to_confirm
    assert not team.contributor.client.page(sheet.policy).all(".app-practice__carried")


@pytest.mark.parametrize("role", ["reader", "approver"])
def test_who_may_not_answer_can_read(sheet: Sheet, role: str) -> None:
    sheet.answer(sheet.team.contributor, {"level": "2", "note": "Written down"})
    client = getattr(sheet.team, role).client
    page = client.page(sheet.policy)
    assert "Written down" in page.words("#POL-01")
    assert not page.all("main textarea")
    assert client.send(sheet.policy, {"POL-01.version": "1", "POL-01.level": "0"}).status_code == 403
    assert sheet.answers["POL-01"].answer.level == 2


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.SIGNED])
def test_frozen_assessment_can_be_read_and_a_page_sent_late_is_shown_to_be_copied(
    app: Site, sheet: Sheet, status: Status
) -> None:
    client = sheet.team.contributor.client
    fields = form_of(client.page(sheet.policy)) | {"POL-01.level": "2", "POL-01.note": "Typed too late"}
    freeze(app, sheet, status)
    answer = client.post(sheet.policy, data=fields)
    assert answer.status_code == 409
    assert "Typed too late" in answer.text
    assert "has been submitted" in answer.text
    assert sheet.answers == {}
    assert not client.page(sheet.policy).all("main textarea")


def test_page_of_somebody_who_is_not_signed_in_any_more_is_checked_first(sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    fields = form_of(client.page(sheet.policy)) | {"user": sheet.team.owner.id, "POL-01.note": "Whose is this?"}
    answer = client.post(sheet.policy, data=fields)
    assert answer.status_code == 422
    assert "Whose is this?" in answer.text
    assert sheet.answers == {}


def test_theme_or_assessment_that_is_not_there_is_not_found(sheet: Sheet, make_team: MakeTeam) -> None:
    client = sheet.team.owner.client
    client.page(f"{sheet.address}/themes/nonsense", status=404)
    other = make_team("HMP Other")
    other.owner.client.page(sheet.policy, status=404)
    other.owner.client.page(f"{other.address}/assessments/{sheet.id}/themes/policy", status=404)


def test_voluntary_organisation_is_asked_what_applies_to_it(app: Site, make_team: MakeTeam) -> None:
    team = make_team("Helpers", kind="voluntary_organisation")
    page = team.owner.client.page(start(app, team).policy)
    assert page.all("[data-practice]")


def freeze(app: Site, sheet: Sheet, status: Status) -> None:
    """Submit or sign the assessment."""
    from sqlalchemy import update

    from webapp.db.tables import Assessment

    with app.run_work(write=True) as work:
        work.execute(update(Assessment).where(Assessment.id == sheet.id).values(status=status.value))
        work.commit()
