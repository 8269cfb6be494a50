"""Invitations: sent, sent again, withdrawn, accepted once, by the right person, in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakePerson, MakeTeam, TestTeam
from tests.webapp.mailing import read_mails
from webapp.clock import fixed_time, now
from webapp.settings import Settings
from webapp.site import Site
from webapp.store.invitations import invite
from webapp.store.members import add_member
from webapp.store.scope import Role, get_scope


def find_link(app: Site) -> str:
    """The address in the latest mail, from the path on."""
    found = re.search(r"https?://[^/]+(/invitations/\S+)", read_mails(app)[-1])
    assert found
    return found.group(1)


def send_invitation(team: TestTeam, email: str, role: str = "contributor") -> None:
    answer = team.owner.client.send(f"{team.address}/team/invite", {"email": email, "role": role})
    assert answer.status_code == 303


@contextmanager
def later(time: timedelta) -> Iterator[None]:
    token = fixed_time.set(now() + time)
    yield
    fixed_time.reset(token)


def test_mail_says_who_invites_to_what(app: Site, team: TestTeam) -> None:
    send_invitation(team, "Ann.Lee@example.org")
    mail = read_mails(app)[-1]
    assert "HMP Example Owner invites you to" in mail
    assert "“Contributor”" in mail
    assert "within 14 days" in mail


def test_invited_person_accepts_and_is_in_the_team(app: Site, team: TestTeam, make_person: MakePerson) -> None:
    ann = make_person("Ann Lee")
    send_invitation(team, ann.email.upper())
    link = find_link(app)
    assert "invites you to the team of HMP Example" in ann.client.page(link).words("main")
    assert ann.client.get(team.address).status_code == 404, "opening the page alone must not accept"
    answer = ann.client.send(link)
    assert answer.location == team.address
    assert "Your role: Contributor" in ann.client.page(team.address).words("main")
    assert "Invited, not here yet" not in team.owner.client.page(f"{team.address}/team").text


@pytest.mark.sqlite_only
def test_token_is_nowhere_but_in_the_mail(app: Site, team: TestTeam) -> None:
    send_invitation(team, "ann@example.org")
    token = find_link(app).rsplit("/", 1)[1]
    assert token not in team.owner.client.get(f"{team.address}/team").text
    settings: Settings = app.extensions["settings"]
    stored = b"".join(file.read_bytes() for file in settings.instance.glob("site.db*"))
    assert token.encode() not in stored


def test_used_invitation_no_longer_works(app: Site, team: TestTeam, make_person: MakePerson) -> None:
    ann = make_person("Ann Lee")
    send_invitation(team, ann.email)
    link = find_link(app)
    ann.client.send(link)
    assert "This invitation no longer works" in ann.client.page(link, status=404).words("h1")
    team.owner.client.send(f"{team.address}/team/members/{ann.id}/remove")
    assert ann.client.send(link, page="/organisations").status_code == 404
    assert ann.client.get(team.address).status_code == 404


def test_expired_invitation_no_longer_works(app: Site, team: TestTeam, make_person: MakePerson) -> None:
    ann = make_person("Ann Lee")
    send_invitation(team, ann.email)
    link = find_link(app)
    with later(timedelta(days=14, seconds=1)):
        stranger = app.test_client()
        assert stranger.get(link).status_code == 404
    assert ann.client.get(link).status_code == 200


def test_invitation_of_somebody_else_cannot_be_accepted(app: Site, team: TestTeam, make_person: MakePerson) -> None:
    send_invitation(team, "ann@example.org")
    link, eve = find_link(app), make_person("Eve")
    page = eve.client.page(link)
    assert "You are signed in with another address" in page.words("main")
    assert eve.client.send(link).status_code == 403
    assert eve.client.get(team.address).status_code == 404


def test_signed_out_person_is_asked_to_sign_in_or_register(app: Site, team: TestTeam, client: CheckingClient) -> None:
    send_invitation(team, "ann@example.org")
    link = find_link(app)
    targets = [element.get("href") for element in client.page(link).all("main a.govuk-button")]
    assert targets == [f"/sign-in?next={link}", f"/register?invitation={link.rsplit('/', 1)[1]}"]


def test_made_up_token_finds_nothing(client: CheckingClient) -> None:
    assert "This invitation no longer works" in client.page("/invitations/made-up", status=404).words("h1")


def test_member_is_not_invited_again(app: Site, team: TestTeam) -> None:
    fields = {"email": team.reader.email.upper(), "role": "owner"}
    answer = team.owner.client.send(f"{team.address}/team/invite", fields)
    assert (answer.status_code, "in the team already" in answer.text) == (422, True)
    assert read_mails(app) == []


def test_second_invitation_to_an_address_is_refused(app: Site, team: TestTeam) -> None:
    send_invitation(team, "ann@example.org")
    fields = {"email": "ANN@example.org", "role": "reader"}
    answer = team.owner.client.send(f"{team.address}/team/invite", fields)
    assert (answer.status_code, "has an invitation already" in answer.text) == (422, True)
    assert len(read_mails(app)) == 1


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"role": "reader"}, "Enter an email address"),
        ({"email": "ann", "role": "reader"}, "Enter an email address in the right form"),
        ({"email": "ann@example.org"}, "Choose what this person may do"),
    ],
)
def test_invitation_with_a_fault_is_refused(team: TestTeam, fields: dict[str, str], problem: str) -> None:
    answer = team.owner.client.send(f"{team.address}/team/invite", fields)
    assert (answer.status_code, problem in answer.text) == (422, True)


def test_invitation_sent_again_has_another_token(app: Site, team: TestTeam, make_person: MakePerson) -> None:
    ann = make_person("Ann Lee")
    send_invitation(team, ann.email)
    first = find_link(app)
    team.owner.client.send(_actions(team)["resend"], page=f"{team.address}/team")
    assert ann.client.get(first).status_code == 404
    assert ann.client.get(find_link(app)).status_code == 200


def test_invitations_to_one_address_are_limited(app: Site, team: TestTeam) -> None:
    send_invitation(team, "ann@example.org")
    resend = _actions(team)["resend"]
    sent = [team.owner.client.send(resend, page=f"{team.address}/team").status_code for _ in range(6)]
    assert sent == [303] * 4 + [429] * 2
    assert len(read_mails(app)) == 5
    team.owner.client.send(_actions(team)["withdraw"], page=f"{team.address}/team")
    answer = team.owner.client.send(f"{team.address}/team/invite", {"email": "ann@example.org", "role": "reader"})
    assert (answer.status_code, "Wait 15 minutes" in answer.text) == (429, True)
    assert len(read_mails(app)) == 5


def test_member_who_accepts_keeps_their_role(app: Site, team: TestTeam, make_person: MakePerson) -> None:
    ann = make_person("Ann Lee")
    send_invitation(team, ann.email, role="reader")
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        add_member(scope, user_id=ann.id, role=Role.CONTRIBUTOR)
        work.commit()
    page = ann.client.send(find_link(app), follow=True)
    assert "You are in this team already." in page.text
    assert "Your role: Contributor" in ann.client.page(team.address).words("main")


def test_withdrawn_invitation_no_longer_works(app: Site, team: TestTeam, make_person: MakePerson) -> None:
    ann = make_person("Ann Lee")
    send_invitation(team, ann.email)
    team.owner.client.send(_actions(team)["withdraw"], page=f"{team.address}/team")
    assert ann.client.get(find_link(app)).status_code == 404


def test_invitation_of_another_team_is_not_found(team: TestTeam, make_team: MakeTeam) -> None:
    other = make_team("Friends", "voluntary_organisation")
    send_invitation(other, "ann@example.org")
    foreign = _actions(other)["withdraw"].replace(other.address, team.address)
    assert team.owner.client.send(foreign, page=f"{team.address}/team").status_code == 404
    assert "ann@example.org" in other.owner.client.get(f"{other.address}/team").text


def test_five_hundred_invitations_are_listed_and_no_more_are_sent(app: Site, team: TestTeam) -> None:
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        for number in range(500):
            invite(scope, email=f"p{number}@example.org", role=Role.READER)
        work.commit()
    assert len(team.owner.client.page(f"{team.address}/team").all("#invitations > div")) == 500
    answer = team.owner.client.send(f"{team.address}/team/invite", {"email": "one@example.org", "role": "reader"})
    assert (answer.status_code, "500 invitations wait" in answer.text) == (422, True)


def _actions(team: TestTeam) -> dict[str, str]:
    forms = team.owner.client.page(f"{team.address}/team").all("main form[action*='/invitations/']")
    return {form.get("action").rsplit("/", 1)[1]: form.get("action") for form in forms}
