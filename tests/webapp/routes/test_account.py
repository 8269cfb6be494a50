"""The page of one's own account, and what can be changed there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.webapp.auth.letters import make_fresh, read_letters
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import PASSWORD, MakePerson, TestPerson, TestTeam, make_client
from tests.webapp.pages import Page
from webapp.db.tables import AuditEvent, Membership, User
from webapp.site import Site
from webapp.store.people import CLOSED_NAME

NEW = "quite different words"


@pytest.fixture
def person(make_person: MakePerson) -> TestPerson:
    return make_person("Ann Archer")


@pytest.fixture
def other(app: Site, person: TestPerson) -> CheckingClient:
    """Another browser in which the same person is signed in."""
    browser = make_client(app)
    browser.sign_in(person.id, person.uniquifier)
    return browser


@pytest.mark.parametrize(
    "address",
    ["/account", "/account/name", "/account/password", "/account/sessions", "/account/second-factor", "/account/close"],
)
def test_page_for_a_stranger_leads_to_signing_in(client: CheckingClient, address: str) -> None:
    assert client.get(address).headers["Location"] == f"/sign-in?next={address}"


def test_account_shows_what_is_kept(person: TestPerson) -> None:
    words = person.client.page("/account").words("main")
    for shown in (person.name, person.email, "In 1 browser", "Off"):
        assert shown in words


def test_name_is_changed(person: TestPerson) -> None:
    assert person.client.page("/account/name").one("#name").get("value") == person.name
    assert person.client.send("/account/name", {"name": " Ann  Baker "}).headers["Location"] == "/account"
    assert "Ann Baker" in person.client.page("/account").words("main")


def test_empty_name_is_refused(person: TestPerson) -> None:
    assert person.client.send("/account/name", {"name": ""}).status_code == 422
    assert person.name in person.client.page("/account").words("main")


def test_new_password_ends_every_other_session(app: Site, person: TestPerson, other: CheckingClient) -> None:
    answer = person.client.send("/account/password", {"current": PASSWORD, "password": NEW})
    assert answer.headers["Location"] == "/account"
    assert "In 1 browser" in person.client.page("/account").words("main")
    assert other.get("/account").status_code == 303
    assert make_client(app).send("/sign-in", {"email": person.email, "password": NEW}).status_code == 303
    assert read_letters(app)[-1].subject.startswith("Your password was changed")


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("another long phrase", NEW, "current"),
        ("", NEW, "current"),
        (PASSWORD, "short", "password"),
        (PASSWORD, PASSWORD, "password"),
    ],
)
def test_password_that_will_not_do_changes_nothing(
    person: TestPerson, other: CheckingClient, current: str, new: str, field: str
) -> None:
    answer = person.client.send("/account/password", {"current": current, "password": new})
    assert answer.status_code == 422
    assert Page(answer.text).all(f"#{field}-error")
    assert other.get("/account").status_code == 200


def test_new_address_counts_once_its_mail_is_answered(app: Site, person: TestPerson, other: CheckingClient) -> None:
    make_fresh(person.client)
    answer = person.client.send("/account/email", {"email": "New@Example.org"})
    assert answer.headers["Location"] == "/check-your-email"
    assert "new@example.org" in person.client.page("/check-your-email").words("main")
    link = read_letters(app)[-1].link
    assert "new@example.org" in other.page(link).words("main")
    assert person.email in other.page("/account").words("main")
    assert other.send(link).headers["Location"] == "/sign-in"
    assert person.client.get("/account").status_code == 303
    assert other.send("/sign-in", {"email": "new@example.org", "password": PASSWORD}).status_code == 303
    assert read_letters(app)[-1].to == person.email


def test_new_address_link_works_once(app: Site, person: TestPerson, client: CheckingClient) -> None:
    make_fresh(person.client)
    person.client.send("/account/email", {"email": "new@example.org"})
    link = read_letters(app)[-1].link
    client.send(link)
    assert client.page(link).words("h1") == "This link no longer works"
    assert client.send(link, page="/sign-in").status_code == 303


def test_address_of_somebody_else_reads_the_same_and_is_not_given(
    app: Site, person: TestPerson, make_person: MakePerson
) -> None:
    holder = make_person("Other Person")
    make_fresh(person.client)
    seen = set()
    for email in ("new@example.org", holder.email):
        answer = person.client.send("/account/email", {"email": email}, follow=True)
        seen.add(Page(answer.text).words("main").replace(email, ""))
    assert len(seen) == 1
    assert read_letters(app)[-1].subject.startswith("You have an account already")


def test_address_taken_meanwhile_is_not_given(
    app: Site, person: TestPerson, client: CheckingClient, make_person: MakePerson
) -> None:
    make_fresh(person.client)
    person.client.send("/account/email", {"email": "other.person@example.org"})
    make_person("Other Person")
    assert client.page(read_letters(app)[-1].link).words("h1") == "This link no longer works"


@pytest.mark.parametrize("email", ["ann.archer@example.org", "ann", ""])
def test_address_that_is_no_change_is_refused(person: TestPerson, email: str) -> None:
    make_fresh(person.client)
    assert person.client.send("/account/email", {"email": email}).status_code == 422


def test_sessions_are_listed_with_this_one_first(person: TestPerson, other: CheckingClient) -> None:
    assert other.get("/account").status_code == 200
    page = person.client.page("/account/sessions")
    titles = [title.text_content() for title in page.all(".govuk-summary-card__title")]
    assert titles == ["A test (this browser)", "A test"]


def test_session_ended_from_elsewhere_is_out_at_once(person: TestPerson, other: CheckingClient) -> None:
    address = person.client.page("/account/sessions").one(".govuk-summary-card form").get("action")
    assert person.client.send(address, page="/account/sessions").headers["Location"] == "/account/sessions"
    assert other.get("/account").status_code == 303
    assert person.client.get("/account").status_code == 200


def test_session_of_somebody_else_cannot_be_ended(
    person: TestPerson, other: CheckingClient, make_person: MakePerson
) -> None:
    stranger = make_person("A Stranger")
    address = person.client.page("/account/sessions").one(".govuk-summary-card form").get("action")
    assert stranger.client.send(address, page="/account").status_code == 404
    assert other.get("/account").status_code == 200


def test_page_of_sessions_holds_no_secret(person: TestPerson, other: CheckingClient) -> None:
    with other.session_transaction() as cookie:
        secret = cookie["login_session"]
    assert secret not in person.client.page("/account/sessions").text


def test_closing_leaves_nothing_personal(app: Site, person: TestPerson, other: CheckingClient) -> None:
    make_fresh(person.client)
    person.client.page("/account/close")
    assert person.client.send("/account/close").headers["Location"] == "/sign-in"
    assert other.get("/account").status_code == 303
    with app.run_work(write=False) as work:
        user = work.get_one(User, person.id)
        assert (user.name, user.password, user.active) == (CLOSED_NAME, None, False)
        assert person.email not in user.email
        assert "account_closed" in work.scalars(select(AuditEvent.event)).all()
    assert other.send("/sign-in", {"email": person.email, "password": PASSWORD}).status_code == 422
    assert read_letters(app)[-1].to == person.email


def test_closed_account_frees_its_address(app: Site, person: TestPerson, client: CheckingClient) -> None:
    make_fresh(person.client)
    person.client.send("/account/close")
    client.send("/register", {"name": "Ann", "email": person.email, "password": PASSWORD})
    assert client.send(read_letters(app)[-1].link, {"password": PASSWORD}).status_code == 303


def test_last_owner_cannot_close_the_account(team: TestTeam) -> None:
    make_fresh(team.owner.client)
    page = team.owner.client.page("/account/close")
    assert team.name in page.words("main")
    assert not page.all("main form")
    assert team.owner.client.send("/account/close", page="/account").headers["Location"] == "/account/close"
    assert team.owner.client.get("/account").status_code == 200


def test_member_who_closes_the_account_leaves_the_team(app: Site, team: TestTeam) -> None:
    make_fresh(team.reader.client)
    assert team.reader.client.send("/account/close").headers["Location"] == "/sign-in"
    with app.run_work(write=False) as work:
        assert team.reader.id not in work.scalars(select(Membership.user_id)).all()
