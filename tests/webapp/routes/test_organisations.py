"""Creating an organisation, its home and its settings."""

from __future__ import annotations

import pytest

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakePerson, TestTeam
from webapp.clock import today
from webapp.site import Site
from webapp.store.assessments import create_assessment, get_assessment
from webapp.store.comments import add_comment
from webapp.store.organisations import create_organisation
from webapp.store.scope import get_scope


def test_person_without_organisation_is_told_what_to_do(make_person: MakePerson) -> None:
    page = make_person("Ann Lee").client.page("/organisations")
    assert "You are not in an organisation’s team yet" in page.words("main")
    assert page.one("main .govuk-button").get("href") == "/organisations/new"


def test_signed_out_person_is_asked_to_sign_in(client: CheckingClient) -> None:
    answer = client.get("/organisations")
    assert (answer.status_code, "/sign-in" in answer.location) == (303, True)


def test_created_organisation_belongs_to_who_created_it(make_person: MakePerson) -> None:
    ann = make_person("Ann Lee")
    fields = {"name": "  HMP   Example ", "kind": "prison", "reference": "HMP-EX"}
    answer = ann.client.send("/organisations/new", fields)
    assert answer.status_code == 303
    home = ann.client.page(answer.location)
    assert home.words("h1") == "HMP Example"
    assert "HMP Example has been created, and you are its owner." in home.words("main")
    assert "Prison, reference HMP-EX" in home.words("main")
    assert "Owner" in ann.client.page("/organisations").words("table")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"kind": "prison"}, "Enter the name of the organisation"),
        ({"name": "   ", "kind": "prison"}, "Enter the name of the organisation"),
        ({"name": "HMP Example"}, "Choose what kind of organisation it is"),
        ({"name": "x" * 301, "kind": "prison"}, "Use 300 characters or fewer"),
    ],
)
def test_organisation_with_a_fault_is_refused_and_kept(
    make_person: MakePerson, fields: dict[str, str], problem: str
) -> None:
    answer = make_person("Ann Lee").client.send("/organisations/new", fields)
    assert answer.status_code == 422
    assert problem in answer.text
    assert fields.get("name", "").strip() in answer.text


def test_home_shows_the_comments_that_are_for_whoever_looks(app: Site, team: TestTeam) -> None:
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        record = get_assessment(scope, create_assessment(scope, title="2026", day=today()))
        add_comment(scope, record, practice="POL-01", text="Where is it?", addressed_to=team.reader.id)
        work.commit()
    page = team.reader.client.page(team.address)
    comment = page.one("main a[href$='/practices/POL-01/comments']")
    assert comment.text_content() == record.standard.practices["POL-01"].title
    assert f"in 2026, from {team.owner.name}" in page.words("main")
    assert "Comments for you" not in team.approver.client.page(team.address).words("main")


def test_unknown_kind_is_refused(make_person: MakePerson) -> None:
    answer = make_person("Ann Lee").client.send("/organisations/new", {"name": "HMP Example", "kind": "castle"})
    assert answer.status_code == 422


def test_five_hundred_organisations_are_all_listed(app: Site, make_person: MakePerson) -> None:
    ann = make_person("Ann Lee")
    with app.run_work(write=True) as work:
        for number in range(500):
            create_organisation(user_id=ann.id, name=f"Prison {number}", kind="prison")
        work.commit()
    assert len(ann.client.page("/organisations").all("tbody tr")) == 500


def test_stranger_and_missing_organisation_have_the_same_page(team: TestTeam, make_person: MakePerson) -> None:
    stranger = make_person("Eve").client
    theirs, missing = stranger.get(team.address), stranger.get("/organisations/00000000000000000000")
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert theirs.text == missing.text


@pytest.mark.parametrize("role", ["owner", "approver", "contributor", "reader"])
def test_home_shows_each_role_what_it_may_do(team: TestTeam, role: str) -> None:
    page = getattr(team, role).client.page(team.address)
    may_start = bool(page.all("main a[href$='/assessments/new']"))
    may_change = bool(page.all("main a[href$='/settings']"))
    assert (may_start, may_change) == (role in ("owner", "contributor"), role == "owner")


def test_home_lists_assessments_with_state_and_next_step(app: Site, team: TestTeam) -> None:
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        assessment_id = create_assessment(scope, title="Self-audit 2026", day=today())
        work.commit()
    page = team.contributor.client.page(team.address)
    assert page.all(f"a[href='{team.address}/assessments/{assessment_id}']")
    assert "Being answered" in page.words(".govuk-task-list")
    assert "Continue answering" in page.words(".govuk-task-list")
    assert "Read the answers so far" in team.reader.client.page(team.address).words(".govuk-task-list")


@pytest.mark.parametrize("role", ["approver", "contributor", "reader"])
@pytest.mark.parametrize("path", ["/settings", "/data", "/data/export.json", "/delete"])
def test_only_owner_reaches_settings_and_data(team: TestTeam, role: str, path: str) -> None:
    assert getattr(team, role).client.get(team.address + path).status_code == 403


def test_changed_settings_are_kept(team: TestTeam) -> None:
    client = team.owner.client
    fields = {"name": "HMP Sample", "kind": "voluntary_organisation", "reference": ""}
    page = client.send(f"{team.address}/settings", fields, follow=True)
    assert "HMP Sample" in page.text
    assert "Voluntary organisation" in page.text


def test_kind_is_fixed_once_there_is_an_assessment(app: Site, team: TestTeam) -> None:
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        create_assessment(scope, title="2026", day=today())
        work.commit()
    client = team.owner.client
    assert not client.page(f"{team.address}/settings").all("input[name=kind]")
    client.send(f"{team.address}/settings", {"name": "HMP Example", "kind": "voluntary_organisation"})
    assert "Prison" in client.page(team.address).words("main")
