"""The list of assessments, and starting one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from werkzeug.test import TestResponse

from selfassess import Answer
from tests.webapp.conftest import MakeTeam, TestPerson, TestTeam
from tests.webapp.pages import Page
from tests.webapp.routes.answering.conftest import Sheet, start
from webapp.clock import fixed_time
from webapp.site import Site

DAY = {"day": ["3", "11", "2026"]}


def begin(team: TestTeam, person: TestPerson | None = None, /, **fields: object) -> TestResponse:
    """Fill in the form and send it."""
    address = f"{team.address}/assessments/new"
    return (person or team.contributor).client.send(
        address, {"title": "2026", "begin": "blank", **DAY, **fields}, follow=True
    )


def sheet_at(app: Site, team: TestTeam, answer: TestResponse) -> Sheet:
    return Sheet(app, team, answer.request.path.rpartition("/")[2])


def test_list_without_assessments_says_what_to_do(team: TestTeam) -> None:
    address = f"{team.address}/assessments"
    assert "Start one" in team.contributor.client.page(address).words("main")
    reader = team.reader.client.page(address)
    assert "An owner or a contributor can start one" in reader.words("main")
    assert not reader.all("main a.govuk-button")


def test_list_has_every_assessment_with_its_state(app: Site, team: TestTeam) -> None:
    sheet = start(app, team)
    page = team.reader.client.page(f"{team.address}/assessments")
    assert page.one(".govuk-task-list__link").get("href") == sheet.address
    assert "Being answered" in page.words(".govuk-task-list")


def test_title_is_the_year_and_the_day_is_today_at_first(team: TestTeam) -> None:
    moment = fixed_time.set(datetime(2027, 3, 31, 23, 30, tzinfo=UTC))  # half past midnight on the clocks here
    try:
        team.owner.client.sign_in(team.owner.id, team.owner.uniquifier)
        page = team.owner.client.page(f"{team.address}/assessments/new")
    finally:
        fixed_time.reset(moment)
    assert page.one("input[name=title]").get("value") == "2027"
    assert [field.get("value") for field in page.all("input[name=day]")] == ["1", "4", "2027"]


def test_blank_assessment_has_no_answers(app: Site, team: TestTeam) -> None:
    answer = begin(team)
    page = Page(answer.text)
    assert page.words("h1") == "2026"
    assert "Describes 3 November 2026" in page.words("main")
    assert sheet_at(app, team, answer).answers == {}


def test_carrying_over_says_how_many_and_marks_each_to_confirm(app: Site, team: TestTeam) -> None:
    earlier = start(app, team, {"POL-01": Answer(level=2, note="Last year"), "POL-02": Answer()})
    hints = Page(team.contributor.client.get(f"{team.address}/assessments/new").text).all(".govuk-radios__hint")
    assert "1 answer is carried over" in hints[1].text_content()
    assert "to confirm" in hints[1].text_content()
    answer = begin(team, begin=earlier.id)
    saved = sheet_at(app, team, answer).answers["POL-01"]
    assert (saved.answer.note, saved.to_confirm) == ("Last year", True)
    assert "Begun with the answers of “2026”" in Page(answer.text).words("main")


def test_answers_of_another_organisation_cannot_be_carried(app: Site, team: TestTeam, make_team: MakeTeam) -> None:
    other = start(app, make_team("HMP Other"), {"POL-01": Answer(level=2)})
    assert begin(team, begin=other.id).status_code == 422


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"title": " "}, "Enter a name for the assessment"),
        ({"title": "x" * 101}, "Use 100 characters or fewer"),
        ({"day": ["31", "2", "2026"]}, "The day of the answers must be a real day"),
        ({"day": ["3", "", "2026"]}, "The day of the answers must be a real day"),
        ({"day": ["3"]}, "The day of the answers must be a real day"),
        ({"day": []}, "Enter the day that the answers describe"),
        ({"day": ["3", "11", "20266"]}, "The day of the answers must be a real day"),
        ({"day": ["3", "11", "1066"]}, "The day of the answers must be between 2000 and"),
        ({"day": ["3", "11", "2099"]}, "The day of the answers must be between 2000 and"),
    ],
)
def test_mistake_is_told_at_its_field_and_keeps_what_was_typed(
    team: TestTeam, fields: dict[str, object], problem: str
) -> None:
    answer = begin(team, **fields)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert problem in page.words(".govuk-error-summary")
    assert problem in page.words(".govuk-error-message")


def test_day_that_will_not_do_is_shown_as_it_was_typed(team: TestTeam) -> None:
    page = Page(begin(team, day=["31", "2", "2026"]).text)
    assert [field.get("value") for field in page.all("input[name=day]")] == ["31", "2", "2026"]


def test_reader_and_approver_cannot_start(team: TestTeam) -> None:
    for person in (team.reader, team.approver):
        person.client.page(f"{team.address}/assessments/new", status=403)
