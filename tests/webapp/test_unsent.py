"""What somebody typed is shown again when it cannot be taken, and to nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update
from werkzeug.test import TestResponse

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakeTeam, TestTeam, make_client
from tests.webapp.pages import Page, words_of
from tests.webapp.planning import add_plan
from tests.webapp.routes.answering.conftest import form_of, start
from tests.webapp.routes.answering.test_autosave import end_sessions
from webapp.db.tables import Membership
from webapp.site import Site

TEXT = "First line <b>\r\nsecond line"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


def shown(answer: TestResponse) -> dict[str, str]:
    """The texts that a page shows, by their labels."""
    page = Page(answer.text)
    labels = {label.get("for"): words_of(label) for label in page.all("main label")}
    boxes = page.all("main textarea[readonly]")
    return {labels[box.get("id")]: (box.text or "").lstrip("\n") for box in boxes}


@pytest.fixture
def comments(app: Site, team: TestTeam) -> str:
    """The address of the comments on a practice."""
    return f"{start(app, team).address}/practices/POL-01/comments"


def send_late(app: Site, client: CheckingClient, address: str, **fields: str) -> TestResponse:
    """Send a form whose sender was signed out meanwhile."""
    form = {"csrf_token": client.page(address).csrf} | fields
    end_sessions(app)
    return client.post(address, data=form)


def test_comment_sent_when_signed_out_is_shown_and_can_be_sent_again(app: Site, team: TestTeam, comments: str) -> None:
    person = team.reader
    answer = send_late(app, person.client, comments, text=TEXT, to="everybody")
    assert answer.status_code == 401
    assert "You were signed out before this was sent. It was not saved." in Page(answer.text).words("main")
    assert shown(answer) == {"Your comment": "First line <b>\nsecond line"}
    person.client.sign_in(person.id, person.uniquifier)
    assert person.client.post(comments, data=form_of(Page(answer.text))).status_code == 303
    assert "First line <b> second line" in person.client.page(comments).words(".app-card")


def test_new_action_sent_when_signed_out_keeps_every_field(app: Site, team: TestTeam) -> None:
    address, client = f"{add_plan(app, team)}/actions/new", team.contributor.client
    form = form_of(client.page(address)) | {"gap": "A quiet room", "action": "Find one", "owner": "Ann"}
    end_sessions(app)
    answer = client.post(address, data={**form, "due": ["1", "12", "2026"]})
    assert answer.status_code == 401
    found = shown(answer)
    assert found["What it is about"] == "A quiet room"
    assert found["What to do"] == "Find one"
    assert found["Owner"] == "Ann"
    assert found["Due"] == "1 12 2026"
    hidden = [field.get("value") for field in Page(answer.text).all("input[name=due]")]
    assert hidden == ["1", "12", "2026"]


@pytest.mark.parametrize("part", ["send-back", "correct"])
def test_reason_sent_when_signed_out_is_shown(app: Site, team: TestTeam, part: str) -> None:
    client = team.approver.client
    address = start(app, team).address
    token = client.page("/account").csrf
    end_sessions(app)
    answer = client.post(f"{address}/{part}", data={"csrf_token": token, "submission": "s", "reason": "Look again"})
    assert answer.status_code == 401
    assert shown(answer) == {"What you wrote": "Look again"}


def test_form_without_text_asks_to_sign_in(app: Site, team: TestTeam, comments: str) -> None:
    answer = send_late(app, team.reader.client, comments, to="everybody")
    assert (answer.status_code, answer.location) == (303, "/sign-in")


@pytest.mark.parametrize("secret", ["password", "current_password", "code"])
def test_form_with_a_secret_is_never_shown(app: Site, team: TestTeam, comments: str, secret: str) -> None:
    answer = send_late(app, team.reader.client, comments, text=TEXT, **{secret: "not for any page"})
    assert answer.status_code == 303


def test_form_of_another_session_is_shown_and_can_be_sent_again(team: TestTeam, comments: str) -> None:
    client = team.reader.client
    form = {"csrf_token": "of another session", "text": TEXT, "to": "everybody"}
    answer = client.post(comments, data=form, headers=OWN_PAGE)
    assert answer.status_code == 400
    assert shown(answer) == {"Your comment": "First line <b>\nsecond line"}
    assert client.post(comments, data=form_of(Page(answer.text))).status_code == 303


def test_form_of_nobody_can_be_sent_again_after_signing_in(app: Site, team: TestTeam, comments: str) -> None:
    browser = make_client(app)
    answer = browser.post(comments, data={"text": TEXT, "to": "everybody"}, headers=OWN_PAGE)
    assert answer.status_code == 401
    browser.sign_in(team.reader.id, team.reader.uniquifier)
    assert browser.post(comments, data=form_of(Page(answer.text))).status_code == 303


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_form_that_another_site_may_have_made_cannot_be_sent_again(
    app: Site, team: TestTeam, comments: str, is_signed_in: bool
) -> None:
    browser = team.reader.client if is_signed_in else make_client(app)
    answer = browser.post(comments, data={"text": TEXT}, headers={"Sec-Fetch-Site": "cross-site"})
    assert shown(answer)
    assert not Page(answer.text).all("main form")
    assert is_signed_in or "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(("role", "status"), [("reader", 403), (None, 404)])
def test_answers_of_somebody_who_lost_their_role_are_shown(
    app: Site, team: TestTeam, role: str | None, status: int
) -> None:
    person, address = team.contributor, start(app, team).policy
    form = form_of(person.client.page(address)) | {"POL-01.level": "1", "POL-01.note": "Typed meanwhile"}
    held = Membership.user_id == person.id
    with app.run_work(write=True) as work:
        work.execute(update(Membership).where(held).values(role=role) if role else delete(Membership).where(held))
        work.commit()
    answer = person.client.post(address, data=form)
    assert answer.status_code == status
    assert "You can no longer change this." in Page(answer.text).words("main")
    assert "Typed meanwhile" in shown(answer).values()
    assert team.name not in answer.text
    assert not Page(answer.text).all("main form")


def test_refusal_tells_nothing_about_an_organisation_of_others(
    team: TestTeam, make_team: MakeTeam, comments: str
) -> None:
    client = make_team("Elsewhere").owner.client
    form = {"csrf_token": client.page("/account").csrf, "text": "Is there anybody?"}
    theirs = client.post(comments, data=form)
    none = client.post(comments.replace(team.organisation_id, "0" * 20), data=form)
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert theirs.data == none.data


@pytest.mark.parametrize("address", ["/reset-password", "/confirm"])
def test_page_for_everybody_does_not_say_that_somebody_was_signed_out(client: CheckingClient, address: str) -> None:
    answer = client.post(address, data={"csrf_token": "old", "email": "ann@example.org"}, headers=OWN_PAGE)
    assert answer.status_code == 400
    assert "open for too long" in Page(answer.text).words("main")
    assert "signed out" not in answer.text
    assert shown(answer) == {"Email address": "ann@example.org"}
