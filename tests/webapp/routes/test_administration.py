"""The administration: hidden from everybody else, and without answers."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from selfassess import Answer
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakePerson, TestPerson, TestTeam
from tests.webapp.signing import start
from webapp.db.tables import User
from webapp.site import Site
from webapp.store.administration import appoint_administrator
from webapp.store.groups import create_group
from webapp.store.organisations import create_organisation
from webapp.store.people import create_person

HASH = "of nothing"
LISTS = ("", "/users", "/organisations", "/groups", "/groups/new", "/audit", "/standards")


@pytest.fixture
def ada(app: Site, make_person: MakePerson) -> TestPerson:
    person = make_person("Ada Ministrator")
    with app.run_work(write=True) as work:
        appoint_administrator(administrator_id=None, user_id=person.id)
        work.commit()
    return person


@pytest.fixture
def group_id(app: Site, ada: TestPerson) -> str:
    with app.run_work(write=True) as work:
        made = create_group(administrator_id=ada.id, name="North")
        work.commit()
    return made


@pytest.mark.parametrize("path", LISTS)
def test_others_do_not_find_the_administration(team: TestTeam, client: CheckingClient, path: str) -> None:
    assert team.owner.client.get(f"/administration{path}").status_code == 404
    assert client.get(f"/administration{path}").status_code == 303


@pytest.mark.parametrize("path", LISTS)
def test_administrator_reaches_every_page(ada: TestPerson, path: str) -> None:
    assert ada.client.get(f"/administration{path}").status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_administrator_without_a_second_factor_sets_it_up_first(
    app: Site, ada: TestPerson, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    in_production = app.extensions["settings"].model_copy(update={"environment": "production"})
    monkeypatch.setitem(app.extensions, "settings", in_production)
    sent = ada.client.get(f"/administration{path}")
    assert (sent.status_code, sent.location) == (303, "/account/second-factor")
    assert "Set up a second factor first" in ada.client.page("/account/second-factor").words("main")
    with app.run_work(write=True) as work:
        work.execute(update(User).where(User.id == ada.id).values(tf_primary_method="authenticator"))
        work.commit()
    assert ada.client.get(f"/administration{path}").status_code == 200


def test_only_administrators_are_shown_the_way(ada: TestPerson, team: TestTeam) -> None:
    way = "main a[href='/administration']"
    assert ada.client.page("/organisations").one(way).text_content() == "Administration"
    assert not team.owner.client.page("/organisations").all(way)


def test_administrator_does_not_reach_an_organisation(ada: TestPerson, team: TestTeam) -> None:
    assert ada.client.get(team.address).status_code == 404


def test_administrator_sees_no_answers(app: Site, ada: TestPerson, team: TestTeam) -> None:
    start(app, team, day=date(2026, 11, 1), level=1, changes={"POL-01": Answer(level=0, note="A private note")})
    for path in (*LISTS, f"/organisations/{team.organisation_id}", f"/users/{team.owner.id}"):
        assert "A private note" not in ada.client.get(f"/administration{path}").text


def test_users_are_found_by_name_or_address(ada: TestPerson, team: TestTeam) -> None:
    assert team.contributor.email.startswith("hmp.example.contributor@")
    for words in ("contributor", "hmp.example.contributor@"):
        rows = ada.client.page(f"/administration/users?q={words}").all("tbody tr")
        assert len(rows) == 1
    page = ada.client.page("/administration/users?q=%25")
    assert "Nothing found." in page.words("main"), "a percent sign is only a percent sign"


def test_five_hundred_users_come_in_pages(app: Site, ada: TestPerson) -> None:
    with app.run_work(write=True) as work:
        for number in range(500):
            create_person(name=f"Person {number:03}", email=f"p{number}@example.org", password_hash=HASH)
        work.commit()
    first = ada.client.page("/administration/users?q=Person")
    assert "1 to 50 of 500 accounts." in first.words("main")
    assert len(first.all("tbody tr")) == 50
    last = ada.client.page("/administration/users?q=Person&page=99")
    assert "451 to 500 of 500 accounts." in last.words("main")
    assert last.all(".govuk-pagination__prev a")[0].get("href") == "/administration/users?page=9&q=Person"
    assert ada.client.get("/administration/users?page=no").status_code == 200
    assert ada.client.get("/administration/users?page=-1").status_code == 200


def test_deactivated_person_is_out_at_once_and_can_return(ada: TestPerson, team: TestTeam) -> None:
    address = f"/administration/users/{team.reader.id}"
    page = ada.client.send(f"{address}/deactivate", page=address, follow=True)
    assert "can no longer sign in" in page.text
    assert team.reader.client.get(team.address).status_code == 303
    ada.client.send(f"{address}/reactivate", page=address)
    assert "Can sign in" in ada.client.page(address).words("main")


def test_administrator_cannot_shut_themself_out(ada: TestPerson) -> None:
    address = f"/administration/users/{ada.id}"
    for action in ("deactivate", "dismiss"):
        answer = ada.client.send(f"{address}/{action}", page=address)
        assert (answer.status_code, "Ask another administrator" in answer.text) == (422, True)
    assert ada.client.get("/administration").status_code == 200


def test_administrator_appoints_and_dismisses_another(ada: TestPerson, make_person: MakePerson) -> None:
    bea = make_person("Bea")
    address = f"/administration/users/{bea.id}"
    ada.client.send(f"{address}/appoint", page=address)
    assert bea.client.get("/administration").status_code == 200
    ada.client.send(f"{address}/dismiss", page=address)
    assert bea.client.get("/administration").status_code == 404


def test_five_hundred_organisations_come_in_pages(app: Site, ada: TestPerson) -> None:
    with app.run_work(write=True) as work:
        for number in range(500):
            create_organisation(user_id=ada.id, name=f"Prison {number:03}", kind="prison", reference=f"P{number}")
        work.commit()
    assert len(ada.client.page("/administration/organisations?page=2").all("tbody tr")) == 50
    assert len(ada.client.page("/administration/organisations?q=P499").all("tbody tr")) == 1


def test_group_is_created_renamed_and_deleted(ada: TestPerson) -> None:
    address = ada.client.send("/administration/groups/new", {"name": "North"}).location
    again = ada.client.send("/administration/groups/new", {"name": "North"})
    assert (again.status_code, "Another group has this name" in again.text) == (422, True)
    empty = ada.client.send("/administration/groups/new", {"name": " "})
    assert (empty.status_code, "Enter the name of the group" in empty.text) == (422, True)
    assert "South" in ada.client.send(f"{address}/name", {"name": "South"}, follow=True).text
    page = ada.client.send(f"{address}/delete", follow=True)
    assert "The group South has been deleted." in page.text
    assert ada.client.get(address).status_code == 404


def test_group_reader_is_named_and_removed(ada: TestPerson, group_id: str, make_person: MakePerson) -> None:
    reader, address = make_person("Regina Reader"), f"/administration/groups/{group_id}"
    ada.client.send(address, {"email": reader.email})
    assert reader.client.get(f"/groups/{group_id}").status_code == 200
    again = ada.client.send(address, {"email": reader.email})
    assert (again.status_code, "can see the group’s results already" in again.text) == (422, True)
    ada.client.send(f"{address}/readers/{reader.id}/remove", page=address)
    assert reader.client.get(f"/groups/{group_id}").status_code == 404


def test_group_reader_without_account_is_refused(ada: TestPerson, group_id: str) -> None:
    answer = ada.client.send(f"/administration/groups/{group_id}", {"email": "nobody@example.org"})
    assert (answer.status_code, "Nobody has an account with this address" in answer.text) == (422, True)


def test_place_in_a_group_is_offered_and_withdrawn(ada: TestPerson, group_id: str, team: TestTeam) -> None:
    address = f"/administration/organisations/{team.organisation_id}"
    ada.client.send(address, {"group": group_id})
    assert "no owner has answered yet" in ada.client.page(address).words("main")
    assert "HMP Example" in ada.client.page(f"/administration/groups/{group_id}").words("main")
    ada.client.send(f"{address}/withdraw-offer", {"group": group_id}, page=address)
    assert "no owner has answered yet" not in ada.client.page(address).words("main")
    empty = ada.client.send(address, {"group": ""})
    assert (empty.status_code, "Choose a group" in empty.text) == (422, True)


def test_organisation_is_taken_out_of_its_group(ada: TestPerson, group_id: str, team: TestTeam) -> None:
    address = f"/administration/organisations/{team.organisation_id}"
    ada.client.send(address, {"group": group_id})
    team.owner.client.send(f"{team.address}/group/accept", {"group": group_id}, page=f"{team.address}/group")
    again = ada.client.send(address, {"group": group_id})
    assert (again.status_code, "in the group already" in again.text) == (422, True)
    ada.client.send(f"{address}/take-out", page=address)
    assert "In no group." in ada.client.page(address).words("main")


def test_log_tells_in_words_and_can_be_narrowed(ada: TestPerson, team: TestTeam) -> None:
    team.owner.client.send(f"{team.address}/team/members/{team.reader.id}", {"role": "contributor"})
    page = ada.client.page("/administration/audit")
    assert "Changed somebody’s role HMP Example Reader. Role: contributor, before reader" in page.words("table")
    assert "role_changed" not in page.words("table")
    assert len(ada.client.page("/administration/audit?event=role_changed").all("tbody tr")) == 1
    assert len(ada.client.page("/administration/audit?organisation=hmp").all("tbody tr")) > 1
    assert "Nothing found." in ada.client.page("/administration/audit?organisation=other").words("main")
    assert ada.client.page(f"/administration/audit?organisation={team.organisation_id}").all("tbody tr")


def test_log_names_an_organisation_that_is_gone(ada: TestPerson, team: TestTeam) -> None:
    team.owner.client.send(f"{team.address}/delete", {"name": "HMP Example"})
    page = ada.client.page("/administration/audit?event=organisation_deleted")
    assert "HMP Example Owner Deleted an organisation HMP Example" in page.words("tbody")


def test_standards_say_how_many_assessments_use_them(app: Site, ada: TestPerson, team: TestTeam) -> None:
    start(app, team, day=date(2026, 11, 1), level=1)
    row = ada.client.page("/administration/standards").words("tbody")
    assert row.startswith("Volunteering in prisons, version")
    assert row.endswith("1 0 0")
