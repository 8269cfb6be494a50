"""Registering, confirming by mail, and registering from an invitation."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from tests.webapp.auth.letters import later, read_letters
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import PASSWORD, MakePerson, TestTeam, make_client
from tests.webapp.pages import Page
from webapp.auth import links
from webapp.db.tables import Membership, User
from webapp.mail import MailError
from webapp.site import Site
from webapp.store.invitations import invite
from webapp.store.scope import Role, get_scope

ANN = {"name": "Ann Archer", "email": "Ann@Example.org", "password": PASSWORD}


def test_new_account_gets_a_mail_and_is_not_signed_in(app: Site, client: CheckingClient) -> None:
    assert client.send("/register", ANN).headers["Location"] == "/check-your-email"
    assert "ann@example.org" in client.page("/check-your-email").words("main")
    (letter,) = read_letters(app)
    assert (letter.to, letter.link.split("/")[1]) == ("ann@example.org", "confirm")
    assert client.get("/account").status_code == 303


def test_known_and_new_address_see_the_same(app: Site, make_person: MakePerson) -> None:
    known = make_person("Known Person")
    seen = []
    for email in ("new@example.org", known.email):
        answer = make_client(app).send("/register", {**ANN, "email": email}, follow=True)
        seen.append(Page(answer.text).words("main").replace(email, ""))
    assert seen[0] == seen[1]
    assert [letter.subject.split(" – ")[0] for letter in read_letters(app)] == [
        "Confirm your email address",
        "You have an account already",
    ]


def test_known_address_keeps_its_account(app: Site, client: CheckingClient, make_person: MakePerson) -> None:
    known = make_person("Known Person")
    client.send("/register", {**ANN, "email": known.email, "password": "somebody else’s words"})
    with app.run_work(write=False) as work:
        assert work.scalars(select(User.name)).all() == ["Known Person"]
    assert client.send("/sign-in", {"email": known.email, "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", " ", "Enter your full name"),
        ("name", "A" * 101, "Your name must have 100 characters or fewer"),
        ("name", "Ann\u202egnp", "Use only letters and signs that can be seen"),
        ("email", "", "Enter your email address"),
        ("email", "ann@", "Enter an email address in the correct format"),
        ("email", "ann@example.org\nBcc: all@example.org", "Enter an email address in the correct format"),
        ("password", "", "Choose a password"),
        ("password", "too short", "Your password must have 12 characters or more"),
        ("password", "Password1234!", "Choose a password that is harder to guess"),
        ("password", "ann archer", "Your password must have 12 characters or more"),
    ],
)
def test_what_will_not_do_is_said_and_the_rest_kept(
    client: CheckingClient, field: str, value: str, message: str
) -> None:
    answer = client.send("/register", {**ANN, field: value})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert message in page.words(f"#{field}-error")
    if field != "name":
        assert page.one("#name").get("value") == "Ann Archer"
    assert page.one("#password").get("value") is None


def test_mail_link_alone_confirms_nothing(app: Site, client: CheckingClient) -> None:
    client.send("/register", ANN)
    client.page(read_letters(app)[0].link)
    assert confirmed(app) == [False]


def test_mail_link_with_the_password_confirms_and_signs_in(app: Site, client: CheckingClient) -> None:
    client.send("/register", ANN)
    link = read_letters(app)[0].link
    answer = client.send(link, {"password": PASSWORD})
    assert answer.headers["Location"] == "/organisations"
    assert confirmed(app) == [True]
    assert "confirmed and you are signed in" in client.page("/account").words(".govuk-notification-banner")
    assert make_client(app).get(link).headers["Location"] == "/sign-in"


def test_owner_of_the_address_cannot_confirm_somebody_elses_password(app: Site, client: CheckingClient) -> None:
    client.send("/register", {**ANN, "password": "a stranger’s own words"})
    answer = client.send(read_letters(app)[0].link, {"password": PASSWORD})
    assert answer.status_code == 422
    assert confirmed(app) == [False]


def test_registering_again_replaces_what_was_not_confirmed(app: Site, client: CheckingClient) -> None:
    client.send("/register", {**ANN, "password": "the first of two phrases"})
    client.send("/register", {**ANN, "name": "Ann Baker"})
    first, second = read_letters(app)
    assert "no longer works" in client.page(first.link).words("h1")
    assert client.send(second.link, {"password": PASSWORD}).status_code == 303
    assert "Ann Baker" in client.page("/account").words("main")


def test_wish_to_go_somewhere_outlives_the_mail(app: Site, client: CheckingClient) -> None:
    client.get("/register?next=/account/name")
    client.send("/register", ANN)
    assert client.send(read_letters(app)[0].link, {"password": PASSWORD}).headers["Location"] == "/account/name"


@pytest.mark.parametrize("token", ["abc", "abc.def.ghi"])
def test_link_that_is_not_ours_has_a_page(client: CheckingClient, token: str) -> None:
    page = client.page(f"/confirm/{token}")
    assert page.words("h1") == "This link no longer works"
    assert page.one("main a[href='/confirm']") is not None


def test_link_that_is_too_old_has_a_page(app: Site, client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.send("/register", ANN)
    monkeypatch.setattr(links, "CONFIRM_WITHIN", timedelta(seconds=-1))
    assert client.page(read_letters(app)[0].link).words("h1") == "This link no longer works"


def test_confirmation_asked_for_again_reads_the_same_for_everybody(
    app: Site, client: CheckingClient, make_person: MakePerson
) -> None:
    client.send("/register", ANN)
    make_person("Known Person")
    seen = set()
    for email in ("ann@example.org", "known.person@example.org", "nobody@example.org"):
        page = Page(client.send("/confirm", {"email": email}, follow=True).text)
        seen.add(page.words("main").replace(email, ""))
    assert len(seen) == 1
    subjects = [letter.subject.split(" – ")[0] for letter in read_letters(app)[1:]]
    assert subjects == ["Confirm your email address", "You have an account already", "You have no account yet"]


def test_confirmation_for_no_address_is_refused(client: CheckingClient) -> None:
    assert client.send("/confirm", {"email": "ann"}).status_code == 422


def test_sixth_mail_to_an_address_is_not_sent(app: Site, client: CheckingClient) -> None:
    statuses = [client.send("/confirm", {"email": "nobody@example.org"}).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert len(read_letters(app)) == 5
    with later(minutes=16):
        assert client.send("/confirm", {"email": "nobody@example.org"}).status_code == 303


def test_page_about_a_mail_without_one_leads_to_signing_in(client: CheckingClient) -> None:
    assert client.get("/check-your-email").headers["Location"] == "/sign-in"


class BrokenPost:
    """A mail server that takes nothing."""

    def deliver(self, message: EmailMessage) -> None:
        raise MailError(f"nothing for {message['To']}")


def test_broken_mail_server_loses_no_registration_and_is_told(app: Site, client: CheckingClient) -> None:
    working, app.extensions["post"] = app.extensions["post"], BrokenPost()
    page = Page(client.send("/register", ANN, follow=True).text)
    assert "We could not send the email just now" in page.words(".govuk-notification-banner")
    assert not read_letters(app)
    app.extensions["post"] = working
    client.send("/confirm", {"email": "ann@example.org"})
    assert client.send(read_letters(app)[0].link, {"password": PASSWORD}).status_code == 303


def ask(app: Site, team: TestTeam, email: str) -> str:
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        token = invite(scope, email=email, role=Role.CONTRIBUTOR)
        work.commit()
    return token


def test_invited_person_registers_confirmed_and_joins(app: Site, client: CheckingClient, team: TestTeam) -> None:
    token = ask(app, team, "new@example.org")
    assert client.get(f"/register?invitation={token}").headers["Location"] == "/register"
    page = client.page("/register")
    assert team.name in page.words("h1")
    assert not page.all("#email")
    answer = client.send("/register", {"name": "New Person", "password": PASSWORD})
    assert answer.headers["Location"] == "/organisations"
    assert f"joined {team.name}" in client.page("/organisations").words(".govuk-notification-banner")
    with app.run_work(write=False) as work:
        found = work.execute(
            select(User.email, User.confirmed_at.is_not(None), Membership.role)
            .join(Membership, Membership.user_id == User.id)
            .where(User.name == "New Person")
        ).one()
    assert tuple(found) == ("new@example.org", True, "contributor")
    assert not read_letters(app)


def test_invited_person_without_a_name_is_asked_for_it(app: Site, client: CheckingClient, team: TestTeam) -> None:
    client.get(f"/register?invitation={ask(app, team, 'new@example.org')}")
    answer = client.send("/register", {"name": "", "password": PASSWORD})
    assert answer.status_code == 422
    assert team.name in Page(answer.text).words("h1")


def test_invited_person_with_an_account_signs_in_instead(
    app: Site, client: CheckingClient, team: TestTeam, make_person: MakePerson
) -> None:
    known = make_person("Known Person")
    token = ask(app, team, known.email)
    client.get(f"/register?invitation={token}")
    answer = client.send("/register", {"name": "Other", "password": "another long phrase"})
    assert answer.headers["Location"] == "/sign-in"
    signed_in = client.send("/sign-in", {"email": known.email, "password": PASSWORD})
    assert signed_in.headers["Location"] == f"/invitations/{token}"


def test_invitation_that_ended_says_so_and_lets_register(client: CheckingClient) -> None:
    client.get("/register?invitation=nothing")
    page = client.page("/register")
    assert "invitation you followed has ended" in page.words(".govuk-inset-text")
    assert page.one("#email") is not None


def confirmed(app: Site) -> list[bool]:
    with app.run_work(write=False) as work:
        return [moment is not None for moment in work.scalars(select(User.confirmed_at))]
