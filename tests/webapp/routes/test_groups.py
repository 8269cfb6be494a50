"""Groups: offered, joined by the owner's word, read by their readers, signed results only."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from selfassess import Answer
from tests.webapp.conftest import MakePerson, MakeTeam, TestPerson, TestTeam
from tests.webapp.signing import sign, start
from webapp.site import Site
from webapp.store.administration import appoint_administrator
from webapp.store.group_places import accept_place, offer_place
from webapp.store.groups import add_group_reader, create_group
from webapp.store.organisations import create_organisation
from webapp.store.scope import get_scope


@pytest.fixture
def administrator(app: Site, make_person: MakePerson) -> TestPerson:
    person = make_person("Ada Ministrator")
    with app.run_work(write=True) as work:
        appoint_administrator(administrator_id=None, user_id=person.id)
        work.commit()
    return person


@pytest.fixture
def reader(make_person: MakePerson) -> TestPerson:
    return make_person("Regina Reader")


@pytest.fixture
def group_id(app: Site, administrator: TestPerson, reader: TestPerson) -> str:
    with app.run_work(write=True) as work:
        made = create_group(administrator_id=administrator.id, name="North")
        add_group_reader(administrator_id=administrator.id, group_id=made, user_id=reader.id)
        work.commit()
    return made


def join(app: Site, team: TestTeam, group_id: str, administrator: TestPerson) -> None:
    with app.run_work(write=True) as work:
        offer_place(administrator_id=administrator.id, organisation_id=team.organisation_id, group_id=group_id)
        accept_place(get_scope(user_id=team.owner.id, organisation_id=team.organisation_id), group_id=group_id)
        work.commit()


def offer(app: Site, team: TestTeam, group_id: str, administrator: TestPerson) -> None:
    with app.run_work(write=True) as work:
        offer_place(administrator_id=administrator.id, organisation_id=team.organisation_id, group_id=group_id)
        work.commit()


def test_reader_finds_group_in_list(reader: TestPerson, group_id: str) -> None:
    assert reader.client.page("/organisations").all(f"a[href='/groups/{group_id}']")


def test_stranger_and_missing_group_have_the_same_page(group_id: str, team: TestTeam) -> None:
    theirs, missing = team.owner.client.get(f"/groups/{group_id}"), team.owner.client.get("/groups/nothing")
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert theirs.text == missing.text


def test_group_without_organisations_says_so(reader: TestPerson, group_id: str) -> None:
    assert "No organisation is in this group yet" in reader.client.page(f"/groups/{group_id}").words("main")
    assert reader.client.get(f"/groups/{group_id}/report.pdf").status_code == 404


def test_offer_alone_shows_nothing_to_readers(
    app: Site, team: TestTeam, group_id: str, administrator: TestPerson, reader: TestPerson
) -> None:
    sign(app, team, day=date(2026, 11, 1), level=2)
    offer(app, team, group_id, administrator)
    assert "HMP Example" not in reader.client.get(f"/groups/{group_id}").text


def test_owner_reads_who_would_see_what_and_joins(
    app: Site, team: TestTeam, group_id: str, administrator: TestPerson, reader: TestPerson
) -> None:
    offer(app, team, group_id, administrator)
    assert "You are asked to join the group North" in team.owner.client.page(team.address).words("main")
    assert "You are asked to join" not in team.reader.client.page(team.address).words("main")
    address = f"{team.address}/group"
    assert "Regina Reader" in team.owner.client.page(address).words("main")
    page = team.owner.client.send(f"{address}/accept", {"group": group_id}, page=address, follow=True)
    assert "Your organisation is now in the group." in page.text
    assert "HMP Example" in reader.client.page(f"/groups/{group_id}").words("main")


def test_owner_can_say_no(app: Site, team: TestTeam, group_id: str, administrator: TestPerson) -> None:
    offer(app, team, group_id, administrator)
    address = f"{team.address}/group"
    team.owner.client.send(f"{address}/decline", {"group": group_id}, page=address)
    assert "Nobody outside your team." in team.owner.client.page(address).words("main")


def test_place_that_was_not_offered_cannot_be_taken(team: TestTeam, group_id: str) -> None:
    answer = team.owner.client.send(
        f"{team.address}/group/accept", {"group": group_id}, page=team.address + "/settings"
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["approver", "contributor", "reader"])
@pytest.mark.parametrize("action", ["accept", "decline", "leave"])
def test_only_owner_answers_for_the_organisation(
    app: Site, team: TestTeam, group_id: str, administrator: TestPerson, role: str, action: str
) -> None:
    offer(app, team, group_id, administrator)
    client = getattr(team, role).client
    answer = client.send(f"{team.address}/group/{action}", {"group": group_id}, page=f"{team.address}/team/leave")
    assert answer.status_code == 403


def test_owner_can_leave_the_group(
    app: Site, team: TestTeam, group_id: str, administrator: TestPerson, reader: TestPerson
) -> None:
    join(app, team, group_id, administrator)
    sign(app, team, day=date(2026, 11, 1), level=2)
    assert "HMP Example" in reader.client.get(f"/groups/{group_id}").text
    team.owner.client.send(f"{team.address}/group/leave", page=f"{team.address}/group")
    assert "HMP Example" not in reader.client.get(f"/groups/{group_id}").text


def test_overview_shows_the_latest_signed_assessment_only(
    app: Site, team: TestTeam, make_team: MakeTeam, group_id: str, administrator: TestPerson, reader: TestPerson
) -> None:
    friends = make_team("Friends", "voluntary_organisation")
    for one in (team, friends):
        join(app, one, group_id, administrator)
    sign(app, team, day=date(2025, 11, 1), level=0)
    sign(app, team, day=date(2026, 11, 1), level=2, changes={"VET-01": Answer(level=0, note="A private note")})
    start(app, team, day=date(2026, 11, 20), level=3)
    start(app, friends, day=date(2026, 11, 20), level=3)
    page = reader.client.page(f"/groups/{group_id}")
    row = " ".join(page.all("tbody tr")[0].text_content().split())
    assert row.startswith("HMP Example 1 November 2026 Urgent")
    assert "20 November" not in page.text
    assert "A private note" not in page.text
    assert [item.text for item in page.all("main > ul.govuk-list--bullet li")] == ["Friends"]
    assert "are never shown here" in page.words("main")


def test_reader_of_a_group_reaches_no_organisation(
    app: Site, team: TestTeam, group_id: str, administrator: TestPerson, reader: TestPerson
) -> None:
    join(app, team, group_id, administrator)
    assert reader.client.get(team.address).status_code == 404


def test_report_is_a_pdf_of_what_was_signed(
    app: Site, team: TestTeam, group_id: str, administrator: TestPerson, reader: TestPerson
) -> None:
    join(app, team, group_id, administrator)
    sign(app, team, day=date(2026, 11, 1), level=2)
    answer = reader.client.get(f"/groups/{group_id}/report.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "-group-report-20" in answer.headers["Content-Disposition"]
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert "HMP Example" in text


def test_group_of_five_hundred_is_paged(
    app: Site, team: TestTeam, group_id: str, administrator: TestPerson, reader: TestPerson
) -> None:
    with app.run_work(write=True) as work:
        for number in range(500):
            made = create_organisation(user_id=team.owner.id, name=f"Prison {number}", kind="prison")
            offer_place(administrator_id=administrator.id, organisation_id=made, group_id=group_id)
            accept_place(get_scope(user_id=team.owner.id, organisation_id=made), group_id=group_id)
        work.commit()
    page = reader.client.page(f"/groups/{group_id}")
    assert "500 have not yet" in page.words(".app-counts")
