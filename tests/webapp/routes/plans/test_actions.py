"""One action: nothing that two people write is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.webapp.conftest import MakeTeam, TestPerson, TestTeam
from tests.webapp.pages import Page, words_of
from tests.webapp.planning import add_plan, ids_of
from webapp.site import Site
from webapp.store.actions import get_action
from webapp.store.plan_records import ActionRecord
from webapp.store.scope import get_scope

OWN = {"gap": "A quiet room", "action": "Find one", "status": "under_way", "start": ["1", "12", "2026"]}


@pytest.fixture
def action(app: Site, team: TestTeam, plan: str) -> str:
    """The address of an action."""
    return f"{plan}/actions/{ids_of(app, team)['POL-01']}"


def fields_of(page: Page) -> dict[str, Any]:
    """What the page's first form would send."""
    form = next(form for form in page.all("main form") if form.cssselect("[name=status]"))
    return {name: [value for key, value in form.form_values() if key == name] for name, _ in form.form_values()}


def save(person: TestPerson, address: str, page: Page, **fields: object) -> Page:
    """Send the form of a page that was opened before."""
    sent = fields_of(page) | fields
    return Page(person.client.post(address, data=sent, follow_redirects=True).text)


def kept(app: Site, team: TestTeam, address: str) -> ActionRecord:
    """The action as it is kept."""
    with app.run_work(write=False):
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        return get_action(scope, address.rpartition("/")[2])


def test_form_shows_the_standards_words_and_sending_them_back_is_no_change(
    app: Site, team: TestTeam, action: str
) -> None:
    page = team.contributor.client.page(action)
    assert page.one("#action").text_content().strip()
    assert page.one("#effort option[selected]").text_content() == "Medium"
    page = save(team.contributor, action, page)
    assert "Nothing was changed" in page.words("main")
    assert kept(app, team, action).version == 1


def test_everything_that_is_written_is_kept(app: Site, team: TestTeam, action: str) -> None:
    fields = {
        "action": "Ask the governor",
        "owner": "  Chaplain\t ",
        "helpers": "Education",
        "status": "blocked",
        "progress_note": "Line one\r\nLine two ŵ",
        "evidence": "https://example.org/policy\r\n\r\nMinutes ",
        "effort": "high",
        "start": ["1", "12", "2026"],
        "due": ["31", "1", "2027"],
        "last_reviewed": ["24", "12", "2026"],
    }
    page = save(team.contributor, action, team.contributor.client.page(action), **fields)
    assert "The action has been saved." in page.words(".govuk-notification-banner--success")
    assert "Owner: ChaplainDue 31 January 2027" in page.words("main")
    written = kept(app, team, action).written
    assert (written.progress_note, written.evidence) == (
        "Line one\nLine two ŵ",
        ("https://example.org/policy", "Minutes"),
    )
    read = team.reader.client.page(action)
    for text in ("Ask the governor", "Chaplain", "Education", "Blocked", "1 December 2026", "24 December 2026"):
        assert text in read.words("main")
    assert read.one("dd a").get("href") == "https://example.org/policy"
    assert not read.all("main form")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"due": ["1", "1", "2020"]}, "The due date must be the day it starts, or later"),
        ({"due": ["", "", ""]}, "Enter the day the action is due"),
        ({"start": ["40", "1", "2027"]}, "The start must be a real day"),
        ({"owner": "o" * 301}, "Use 300 characters or fewer for “Owner”"),
        ({"progress_note": "n" * 10_001}, "Use 10,000 characters or fewer for “Progress”"),
        ({"evidence": "line\n" * 51}, "Name 50 things or fewer"),
        ({"last_reviewed": ["1", "", ""]}, "The day of the last review must be a real day"),
    ],
)
def test_wrong_field_is_told_and_all_that_was_typed_is_kept(
    app: Site, team: TestTeam, action: str, fields: dict[str, Any], problem: str
) -> None:
    sent = fields_of(team.owner.client.page(action)) | {"helpers": "Everybody I know"} | fields
    answer = team.owner.client.post(action, data=sent)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert problem in page.words(".govuk-error-summary")
    assert page.one("#helpers").get("value") == "Everybody I know"
    assert kept(app, team, action).version == 1


def test_second_to_save_sees_both_texts_and_chooses(app: Site, team: TestTeam, action: str) -> None:
    first, second = team.owner.client.page(action), team.contributor.client.page(action)
    save(team.owner, action, first, owner="Ann", progress_note="Theirs", helpers="Education")
    sent = fields_of(second) | {"owner": "Bob", "progress_note": "Mine\nand more", "status": "under_way"}
    answer = team.contributor.client.post(action, data=sent)
    page = Page(answer.text)
    assert answer.status_code == 409
    assert [words_of(legend) for legend in page.all("legend")] == ["Owner", "Progress"]
    assert {"Ann", "Bob", "Theirs", "Mine and more"} <= {words_of(text) for text in page.all(".app-card p")}
    assert kept(app, team, action).written.owner == "Ann"
    save(team.contributor, action, page, **{"keep-owner": "theirs", "keep-progress_note": "mine"})
    written = kept(app, team, action).written
    assert (written.owner, written.progress_note, written.helpers) == ("Ann", "Mine\nand more", "Education")
    assert written.status.value == "under_way"


def test_text_that_lost_is_in_the_history(team: TestTeam, action: str) -> None:
    first, second = team.owner.client.page(action), team.contributor.client.page(action)
    save(team.owner, action, first, progress_note="Theirs")
    save(team.contributor, action, second, progress_note="Mine")
    page = team.reader.client.page(f"{action}/history")
    latest = page.all("main dl")[0]
    assert [words_of(text) for text in latest.cssselect("dt, p")] == [
        "Progress",
        "Kept:",
        "Theirs",
        "Not kept:",
        "Mine",
    ]
    assert "Typed but not kept" in page.words("main")
    assert "HMP Example Contributor" in page.words("main")
    assert "not_started" not in page.words("main")


def test_third_text_during_the_choice_is_not_overwritten(app: Site, team: TestTeam, action: str) -> None:
    first, second = team.owner.client.page(action), team.contributor.client.page(action)
    save(team.owner, action, first, owner="Ann")
    choice = save(team.contributor, action, second, owner="Bob")
    save(team.owner, action, team.owner.client.page(action), owner="Cleo")
    page = save(team.contributor, action, choice)
    assert {"Bob", "Cleo"} <= {words_of(text) for text in page.all(".app-card p")}
    assert kept(app, team, action).written.owner == "Cleo"


def test_version_that_is_nonsense_overwrites_nothing(app: Site, team: TestTeam, action: str) -> None:
    page = team.owner.client.page(action)
    save(team.owner, action, page, owner="Ann")
    for version in ("", "x", "99"):
        save(team.contributor, action, page, owner="Bob", version=version)
        assert kept(app, team, action).written.owner == "Ann"


def test_own_action_is_added_and_changed(app: Site, team: TestTeam, plan: str) -> None:
    sent = OWN | {"due": ["1", "3", "2027"], "theme": "", "owner": "Ann"}
    page = Page(team.contributor.client.send(f"{plan}/actions/new", sent, follow=True).text)
    assert "“A quiet room” has been added to the plan." in page.words(".govuk-notification-banner--success")
    assert "Added to the plan (1)" in page.words("main")
    own = f"{plan}/actions/{ids_of(app, team)['Own 1']}"
    save(team.owner, own, team.owner.client.page(own), gap="A quiet room and tea")
    assert kept(app, team, own).written.gap == "A quiet room and tea"
    latest = team.reader.client.page(f"{own}/history").all("main dl")[0]
    told = [words_of(text) for text in latest.cssselect("dt, p")]
    assert told == ["What it is about", "Before:", "A quiet room", "After:", "A quiet room and tea"]


def test_own_action_needs_a_name_and_a_day(team: TestTeam, plan: str) -> None:
    answer = team.owner.client.send(f"{plan}/actions/new", OWN | {"gap": " "})
    page = Page(answer.text)
    assert answer.status_code == 422
    problems = [words_of(link) for link in page.all(".govuk-error-summary a")]
    assert problems == ["Enter what the action is about", "Enter the day the action is due"]
    assert page.one("#action").text_content().strip() == "Find one"


def test_action_that_is_taken_out_can_be_put_back(app: Site, team: TestTeam, plan: str, action: str) -> None:
    page = Page(team.owner.client.send(f"{action}/take-out", {}, page=action, follow=True).text)
    assert "This action is not in the plan." in page.words("main")
    assert not page.all("#owner")
    assert "2 actions in the plan" in team.reader.client.page(plan).words("main")
    assert not team.reader.client.page(action).all("main form")
    team.contributor.client.send(f"{action}/put-back", {}, page=action)
    assert "3 actions in the plan" in team.reader.client.page(plan).words("main")
    assert not kept(app, team, action).is_declined


def test_action_of_others_is_not_found(app: Site, make_team: MakeTeam, action: str) -> None:
    other = make_team("HMP Other")
    address = f"{add_plan(app, other)}/actions/{action.rpartition('/')[2]}"
    client = other.owner.client
    assert client.get(address).status_code == 404
    assert client.get(f"{address}/history").status_code == 404
    for refused in (address, f"{address}/take-out", f"{address}/put-back"):
        assert client.send(refused, {}, page=f"{other.address}/plan").status_code == 404
