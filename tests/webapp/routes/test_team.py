"""The team: roles, removal, leaving, handing over, and that there is always an owner."""

from __future__ import annotations

import pytest

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakePerson, MakeTeam, TestPerson, TestTeam
from tests.webapp.pages import words_of
from webapp.site import Site
from webapp.store.members import add_member
from webapp.store.people import create_person
from webapp.store.scope import Role, get_scope

HASH = "of nothing"
PAGES = ("", "/invite", "/hand-over", "/leave")


def test_team_lists_everybody_with_their_role_in_words(team: TestTeam) -> None:
    page = team.reader.client.page(f"{team.address}/team")
    rows = [words_of(row) for row in page.all("#members > div")]
    assert any("HMP Example Approver" in row and row.endswith("Approver") for row in rows)
    assert len(rows) == 4


def test_team_of_five_hundred_is_listed(app: Site, team: TestTeam) -> None:
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        for number in range(496):
            person = create_person(name=f"Person {number}", email=f"p{number}@example.org", password_hash=HASH)
            add_member(scope, user_id=person.id, role=Role.READER)
        work.commit()
    assert len(team.owner.client.page(f"{team.address}/team").all("#members > div")) == 500


@pytest.mark.parametrize("role", ["approver", "contributor", "reader"])
def test_only_owner_changes_the_team(team: TestTeam, role: str) -> None:
    client = getattr(team, role).client
    member = f"{team.address}/team/members/{team.reader.id}"
    for address in (f"{team.address}/team/invite", f"{team.address}/team/hand-over", member, f"{member}/remove"):
        assert client.get(address).status_code == 403
        assert client.send(address, {"role": "owner"}, page=f"{team.address}/team").status_code == 403
    assert not client.page(f"{team.address}/team").all("a[href*='/members/']")


@pytest.mark.parametrize("path", PAGES)
def test_stranger_finds_no_team(team: TestTeam, make_person: MakePerson, path: str) -> None:
    assert make_person("Eve").client.get(f"{team.address}/team{path}").status_code == 404


def test_role_changed_counts_at_once(team: TestTeam) -> None:
    address = f"{team.address}/team/members/{team.reader.id}"
    page = team.owner.client.send(address, {"role": "contributor"}, follow=True)
    assert "HMP Example Reader now has the role contributor." in page.text
    assert "Your role: Contributor" in team.reader.client.page(team.address).words("main")


def test_unknown_role_is_refused(team: TestTeam) -> None:
    answer = team.owner.client.send(f"{team.address}/team/members/{team.reader.id}", {"role": "king"})
    assert answer.status_code == 422


def test_member_of_another_team_is_not_found(team: TestTeam, make_team: MakeTeam) -> None:
    other = make_team("Friends", "voluntary_organisation")
    address = f"{team.address}/team/members/{other.reader.id}"
    assert team.owner.client.get(address).status_code == 404
    assert team.owner.client.send(f"{address}/remove", page=f"{team.address}/team").status_code == 404
    assert other.reader.client.get(other.address).status_code == 200


def test_removed_member_sees_nothing_any_more(team: TestTeam) -> None:
    address = f"{team.address}/team/members/{team.contributor.id}/remove"
    page = team.owner.client.send(address, follow=True)
    assert "HMP Example Contributor is no longer in the team." in page.text
    assert team.contributor.client.get(team.address).status_code == 404


def test_last_owner_cannot_lower_themself(team: TestTeam) -> None:
    answer = team.owner.client.send(f"{team.address}/team/members/{team.owner.id}", {"role": "reader"})
    _check_kept(team, answer.status_code, answer.text)


def test_last_owner_cannot_be_removed(team: TestTeam) -> None:
    answer = team.owner.client.send(f"{team.address}/team/members/{team.owner.id}/remove")
    _check_kept(team, answer.status_code, answer.text)


def test_last_owner_cannot_leave(team: TestTeam) -> None:
    answer = team.owner.client.send(f"{team.address}/team/leave")
    _check_kept(team, answer.status_code, answer.text)
    assert "hand over to somebody else" in answer.text


def _check_kept(team: TestTeam, status: int, text: str) -> None:
    assert status == 422
    assert "An organisation needs an owner" in text
    assert team.owner.client.get(f"{team.address}/settings").status_code == 200


def test_one_of_two_owners_can_leave(team: TestTeam) -> None:
    team.owner.client.send(f"{team.address}/team/members/{team.approver.id}", {"role": "owner"})
    page = team.owner.client.send(f"{team.address}/team/leave", follow=True)
    assert "You have left HMP Example." in page.text
    assert team.owner.client.get(team.address).status_code == 404
    assert team.approver.client.get(f"{team.address}/settings").status_code == 200


def test_reader_can_leave(team: TestTeam) -> None:
    assert team.reader.client.send(f"{team.address}/team/leave").status_code == 303
    assert team.reader.client.get(team.address).status_code == 404


def test_handing_over_swaps_the_roles(team: TestTeam) -> None:
    fields = {"member": team.contributor.id, "role": "reader"}
    team.owner.client.send(f"{team.address}/team/hand-over", fields)
    assert _role(team, team.contributor) is Role.OWNER
    assert _role(team, team.owner) is Role.READER


def test_handing_over_to_a_stranger_is_refused(team: TestTeam, make_person: MakePerson) -> None:
    fields = {"member": make_person("Eve").id, "role": "reader"}
    assert team.owner.client.send(f"{team.address}/team/hand-over", fields).status_code == 422
    assert _role(team, team.owner) is Role.OWNER


def test_handing_over_alone_asks_to_invite(make_person: MakePerson) -> None:
    client: CheckingClient = make_person("Ann Lee").client
    home = client.send("/organisations/new", {"name": "Alone", "kind": "prison"}).location
    assert "Nobody else is in the team yet" in client.page(f"{home}/team/hand-over").words("main")


def _role(team: TestTeam, person: TestPerson) -> Role:
    app = person.client.application
    with app.run_work(write=False):
        return get_scope(user_id=person.id, organisation_id=team.organisation_id).role
