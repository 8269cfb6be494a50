"""Answers that save themselves: what the page's script is told."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from selfassess import Answer
from tests.webapp.conftest import TestPerson
from tests.webapp.routes.answering.conftest import Sheet
from tests.webapp.routes.answering.test_themes import freeze
from webapp.site import Site
from webapp.store.records import Status


def autosave(
    sheet: Sheet, person: TestPerson, fields: dict[str, str], version: int = 0, /, **more: str
) -> TestResponse:
    """Save POL-01 as the script would."""
    token = person.client.page(sheet.policy).csrf
    posted = {f"POL-01.{name}": value for name, value in fields.items()}
    about = {"practice": "POL-01", "version": str(version), "POL-01.version": str(version), "user": person.id}
    return person.client.post(f"{sheet.policy}/autosave", data={"csrf_token": token, **about, **posted, **more})


def test_answer_is_saved_and_its_version_told(sheet: Sheet) -> None:
    answer = autosave(sheet, sheet.team.contributor, {"level": "1", "note": "A draft"})
    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["practice"], answer.json["version"]) == ("POL-01", 1)
    assert answer.json["saved"].startswith("Saved at ")
    assert sheet.answers["POL-01"].answer == Answer(level=1, note="A draft")


def test_same_answer_sent_again_is_acknowledged_with_its_version(sheet: Sheet) -> None:
    autosave(sheet, sheet.team.contributor, {"level": "1"})
    again = autosave(sheet, sheet.team.contributor, {"level": "1"})
    assert again.json is not None
    assert again.json["version"] == 1
    assert len(sheet.changes()) == 1


def test_answer_on_an_old_version_is_a_conflict_and_names_the_other_person(sheet: Sheet) -> None:
    autosave(sheet, sheet.team.owner, {"level": "2", "note": "Theirs"})
    answer = autosave(sheet, sheet.team.contributor, {"level": "1", "note": "Mine"})
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["conflict"]
    assert answer.json["message"].startswith("HMP Example Owner changed this answer at ")
    assert sheet.answers["POL-01"].answer.note == "Theirs"
    assert sheet.changes()[0].after.note == "Mine"


def test_conflict_sent_again_is_told_once_in_the_history(sheet: Sheet) -> None:
    autosave(sheet, sheet.team.owner, {"level": "2"})
    for _ in range(3):
        autosave(sheet, sheet.team.contributor, {"level": "1"})
    assert [change.kind for change in sheet.changes()] == ["not_kept", "saved"]


def test_conflict_with_ones_own_other_tab_says_so(sheet: Sheet) -> None:
    autosave(sheet, sheet.team.owner, {"level": "2"})
    answer = autosave(sheet, sheet.team.owner, {"level": "1"})
    assert answer.json is not None
    assert answer.json["message"].startswith("You changed this answer in another tab or window at ")


def test_answer_that_will_not_do_says_why_and_saves_nothing(sheet: Sheet) -> None:
    answer = autosave(sheet, sheet.team.contributor, {"level": "7"})
    assert answer.status_code == 422
    assert answer.json is not None
    assert "Choose one of the answers" in answer.json["message"]
    assert sheet.answers == {}


def test_practice_of_another_theme_is_not_found(sheet: Sheet) -> None:
    more = {"practice": "REC-01", "REC-01.version": "0", "REC-01.level": "1"}
    assert autosave(sheet, sheet.team.contributor, {}, **more).status_code == 404
    assert sheet.answers == {}


def test_signed_out_person_is_told_to_sign_in(sheet: Sheet, app: Site) -> None:
    person = sheet.team.contributor
    token = person.client.page(sheet.policy).csrf
    end_sessions(app)
    answer = person.client.post(f"{sheet.policy}/autosave", data={"csrf_token": token, "practice": "POL-01"})
    assert answer.status_code == 401
    assert answer.is_json


def test_token_of_another_session_is_refused_as_json(sheet: Sheet) -> None:
    answer = autosave(sheet, sheet.team.contributor, {"level": "1"}, csrf_token="another")  # noqa: S106
    assert answer.status_code == 400
    assert answer.is_json
    assert sheet.answers == {}


def test_page_of_somebody_else_is_not_saved_as_ones_own(sheet: Sheet) -> None:
    answer = autosave(sheet, sheet.team.contributor, {"level": "1"}, user=sheet.team.owner.id)
    assert answer.status_code == 401
    assert sheet.answers == {}


def test_reader_cannot_save(sheet: Sheet) -> None:
    assert autosave(sheet, sheet.team.reader, {"level": "1"}).status_code == 403
    assert sheet.answers == {}


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.SIGNED])
def test_frozen_assessment_is_not_changed(sheet: Sheet, app: Site, status: Status) -> None:
    freeze(app, sheet, status)
    answer = autosave(sheet, sheet.team.contributor, {"level": "1"})
    assert answer.status_code == 403
    assert answer.json is not None
    assert "has been submitted" in answer.json["message"]
    assert sheet.answers == {}


def end_sessions(app: Site) -> None:
    """Sign everybody out, as time does."""
    from sqlalchemy import delete

    from webapp.db.tables import LoginSession

    with app.run_work(write=True) as work:
        work.execute(delete(LoginSession))
        work.commit()
