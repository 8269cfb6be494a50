"""Groups in a browser: an administrator makes one, an owner agrees to it, and its reader sees what was signed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.webapp.browser.conftest import NewVisitor
from tests.webapp.browser.server import Server
from tests.webapp.browser.steps import enter, unique
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import MakePerson, MakeTeam, TestPerson, TestTeam
from tests.webapp.signing import sign
from webapp.site import Site
from webapp.store.administration import appoint_administrator
from webapp.store.group_places import accept_place, offer_place
from webapp.store.groups import add_group_reader, create_group
from webapp.store.scope import get_scope

pytestmark = pytest.mark.slow


@pytest.fixture
def crew(app: Site, make_team: MakeTeam) -> TestTeam:
    """A prison with a signed assessment."""
    made = make_team(unique("HMP"))
    sign(app, made, day=date(2026, 11, 1), level=1)
    return made


@pytest.fixture
def administrator(app: Site, make_person: MakePerson) -> TestPerson:
    """Somebody who administers the site."""
    made = make_person(unique("Ravi"))
    with app.run_work(write=True) as work:
        appoint_administrator(administrator_id=None, user_id=made.id)
        work.commit()
    return made


@pytest.fixture
def reader(make_person: MakePerson) -> TestPerson:
    """Somebody who is to see the group's results."""
    return make_person(unique("Helen"))


@pytest.fixture
def group(app: Site, crew: TestTeam, administrator: TestPerson, reader: TestPerson) -> str:
    """The address of a group with the prison and its reader."""
    with app.run_work(write=True) as work:
        group_id = create_group(administrator_id=administrator.id, name=unique("South"))
        add_group_reader(administrator_id=administrator.id, group_id=group_id, user_id=reader.id)
        offer_place(administrator_id=administrator.id, organisation_id=crew.organisation_id, group_id=group_id)
        accept_place(get_scope(user_id=crew.owner.id, organisation_id=crew.organisation_id), group_id=group_id)
        work.commit()
    return f"/groups/{group_id}"


def test_administrator_makes_a_group_and_the_owner_agrees(
    new_visitor: NewVisitor, crew: TestTeam, administrator: TestPerson, reader: TestPerson, server: Server
) -> None:
    name = unique("North")
    _make_group(enter(new_visitor(), administrator, server), name, reader, crew)
    owner = enter(new_visitor(), crew.owner, server)
    owner.go(crew.address).reads(f"You are asked to join the group {name}")
    owner.follow("Read what it means, and answer").reads(reader.email).press("Join the group")
    owner.reads("Your organisation is now in the group")
    seen = enter(new_visitor(), reader, server).go("/organisations").follow(name).heading(name)
    seen.reads(crew.name).reads("1 organisation has signed off an assessment")


def _make_group(visitor: Visitor, name: str, reader: TestPerson, crew: TestTeam) -> None:
    visitor.go("/organisations").follow("Administration").follow("Groups").press("Create a group")
    visitor.press("Create the group").reads("Enter the name of the group")
    visitor.fill("Name of the group", name).press("Create the group").heading(name).reads("Nobody yet")
    field = "Email address of somebody with an account"
    visitor.fill(field, "nobody@example.org").press("Let them see the results").reads("There is a problem")
    visitor.fill(field, reader.email).press("Let them see the results").reads("can now see the group’s results")
    visitor.go("/administration/organisations").fill("Name or reference", crew.name).press("Search")
    visitor.follow(crew.name).press("Offer the place").reads("Choose a group")
    visitor.pick("Group", name).press("Offer the place").reads("The place has been offered")


def test_reader_of_a_group_sees_its_results_and_takes_them_along(
    visitor: Visitor, crew: TestTeam, group: str, reader: TestPerson, server: Server
) -> None:
    enter(visitor, reader, server).go(group).reads(crew.name).reads("Met by theme")
    visitor.page.locator("summary").first.click()
    visitor.look()
    assert visitor.download("Download the group report (PDF)").startswith(b"%PDF-")
    visitor.go(crew.address).heading("Page not found")


def test_owner_leaves_a_group_and_its_reader_sees_nothing_more(
    new_visitor: NewVisitor, crew: TestTeam, group: str, reader: TestPerson, server: Server
) -> None:
    owner = enter(new_visitor(), crew.owner, server).go(crew.address).follow("Who else can see our results")
    owner.reads(reader.email).press("Leave the group", exact=False).reads("Your organisation has left the group")
    owner.reads("Nobody outside your team")
    enter(new_visitor(), reader, server).go(group).reads("No organisation is in this group yet")


def test_administrator_renames_a_group_ends_its_reader_and_deletes_it(
    visitor: Visitor, group: str, administrator: TestPerson, reader: TestPerson, server: Server
) -> None:
    name = unique("West")
    enter(visitor, administrator, server).go(f"/administration{group}").follow("Rename the group")
    visitor.fill("Name of the group", "").press("Save").reads("Enter the name of the group")
    visitor.fill("Name of the group", name).press("Save").heading(name)
    visitor.press(f"Remove {reader.name}").reads("This person can no longer see the group’s results")
    visitor.follow("Delete the group").heading(f"Delete the group {name}").press("Delete the group")
    visitor.reads(f"The group {name} has been deleted").go(group).heading("Page not found")
