"""The administration in a browser: accounts, the log and the standards, and nothing of it for anybody else."""

from __future__ import annotations

import pytest

from tests.webapp.browser.conftest import NewVisitor
from tests.webapp.browser.server import Server
from tests.webapp.browser.steps import enter, sign_in, unique
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import MakePerson, MakeTeam, TestPerson
from webapp.site import Site
from webapp.store.administration import appoint_administrator

pytestmark = pytest.mark.slow


@pytest.fixture
def administrator(app: Site, make_person: MakePerson) -> TestPerson:
    """Somebody who administers the site."""
    made = make_person(unique("Ravi"))
    with app.run_work(write=True) as work:
        appoint_administrator(administrator_id=None, user_id=made.id)
        work.commit()
    return made


def test_administrator_keeps_somebody_out_and_lets_them_in_again(
    new_visitor: NewVisitor, administrator: TestPerson, make_person: MakePerson, server: Server
) -> None:
    person = make_person(unique("Ann"))
    shut_out = enter(new_visitor(), person, server).go("/account").heading("Your account")
    visitor = enter(new_visitor(), administrator, server).go("/organisations").follow("Administration")
    visitor.follow("Users").fill("Name or email address", "nobody of this name").press("Search").reads("Nothing found")
    visitor.fill("Name or email address", person.name).press("Search").follow(person.name).heading(person.name)
    visitor.press("Deactivate", exact=False).reads("has been signed out everywhere").reads("Deactivated")
    shut_out.go("/account").heading("Sign in")
    sign_in(shut_out, person.email).reads("The email address or the password is not right")
    visitor.press("Let them sign in again").reads("can sign in again")
    sign_in(shut_out, person.email).heading("Your organisations").lacks("Administration")
    visitor.press("Make administrator").reads("is now an administrator")
    shut_out.go("/organisations").follow("Administration").heading("Administration")
    visitor.press("End the role of administrator").reads("is no longer an administrator")
    shut_out.go("/administration").heading("Page not found")


def test_log_and_standards_are_read_in_words(
    visitor: Visitor, administrator: TestPerson, make_team: MakeTeam, server: Server
) -> None:
    name = unique("HMP")
    make_team(name)
    enter(visitor, administrator, server).go("/administration").follow("Audit log").reads("Created an organisation")
    visitor.fill("Organisation", name).pick("What happened", "Created an organisation").press("Show these")
    visitor.reads("1 entry").reads(f"{name} Owner").follow("Show everything").lacks("1 entry")
    visitor.go("/administration").follow("Standards").reads("Being answered")
    visitor.go("/administration").follow("Organisations").heading("Your organisations")
    visitor.go("/administration/organisations").fill("Name or reference", name).press("Search").follow(name)
    visitor.reads(f"{name} Owner: owner").follow("What the log says of this organisation").reads("4 entries")
