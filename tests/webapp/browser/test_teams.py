"""An organisation and its team in a browser: created, shared by invitation, handed over and left."""

from __future__ import annotations

import pytest

from tests.webapp.browser.conftest import NewVisitor
from tests.webapp.browser.server import Server
from tests.webapp.browser.steps import enter, last_letter, unique
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import PASSWORD, MakePerson, TestTeam
from webapp.site import Site

pytestmark = pytest.mark.slow


def test_first_person_creates_an_organisation_and_changes_its_settings(
    visitor: Visitor, make_person: MakePerson, server: Server
) -> None:
    name = unique("HMP Harrowmere")
    enter(visitor, make_person(unique("Ann")), server).go("/organisations").reads("You are not in an organisation")
    visitor.press("Create an organisation").press("Create the organisation").reads("Enter the name of the organisation")
    visitor.fill("Name", name).choose("Voluntary organisation").press("Create the organisation").heading(name)
    visitor.reads("you are its owner").reads("There is no assessment yet").follow("Settings")
    visitor.fill("Name", "").press("Save").reads("Enter the name of the organisation")
    visitor.fill("Name", name).fill("Reference (optional)", "HMP-HW").choose("Prison").press("Save")
    visitor.reads("The settings have been saved").reads("Prison, reference HMP-HW")
    visitor.follow("Organisations").heading("Your organisations").reads(name).reads("Owner")


def test_invited_colleague_registers_and_is_in_the_team(
    new_visitor: NewVisitor, app: Site, crew: TestTeam, server: Server
) -> None:
    email = f"{unique('kim').replace(' ', '.')}@example.org"
    owner, invited = enter(new_visitor(), crew.owner, server), new_visitor()
    owner.go(crew.address).follow("Invite somebody").press("Send the invitation").reads("Enter an email address")
    owner.fill("Email address", email).choose("Contributor").press("Send the invitation").heading("Team")
    owner.reads("Invited, not here yet").press(f"Send again to {email}").reads("has been invited again")
    invited.go(last_letter(app, email).link).heading(f"Join {crew.name}").press("Create an account")
    invited.heading(f"Create an account to join {crew.name}").press("Create account and join").reads("Enter your full")
    invited.fill("Full name", "Kim Lee").fill("Choose a password", PASSWORD).press("Create account and join")
    invited.reads(f"you have joined {crew.name}").follow(crew.name).reads("Your role: Contributor")
    owner.go(f"{crew.address}/team").reads("5 people").reads("Kim Lee")
    invited.go(last_letter(app, email).link).heading("This invitation no longer works")


def test_colleague_with_an_account_signs_in_to_accept(
    new_visitor: NewVisitor, app: Site, crew: TestTeam, make_person: MakePerson, server: Server
) -> None:
    kim, other = make_person(unique("Kim")), make_person(unique("Sam"))
    kim_address = kim.email
    owner, invited = enter(new_visitor(), crew.owner, server), new_visitor()
    owner.go(f"{crew.address}/team/invite").fill("Email address", kim_address).choose("Reader")
    owner.press("Send the invitation").reads("has been invited")
    link = last_letter(app, kim_address).link
    enter(new_visitor(), other, server).go(link).reads("You are signed in with another address")
    invited.go(link).press("Sign in").fill("Email address", kim_address).fill("Password", PASSWORD).press("Sign in")
    invited.heading(f"Join {crew.name}").press("Accept the invitation").reads("You are now in the team")
    owner.go(f"{crew.address}/team/invite").fill("Email address", other.email).choose("Reader")
    owner.press("Send the invitation").press(f"Withdraw the invitation of {other.email}").reads("has been withdrawn")


def test_roles_change_and_people_are_removed(visitor: Visitor, crew: TestTeam, server: Server) -> None:
    reader, contributor = crew.reader.name, crew.contributor.name
    enter(visitor, crew.owner, server).go(f"{crew.address}/team")
    visitor.follow(f"Change the role of {reader}, or remove them").heading(reader).choose("Approver").press("Save")
    visitor.reads(f"{reader} now has the role approver")
    visitor.follow(f"Change the role of {contributor}, or remove them").follow(f"Remove {contributor} from the team")
    visitor.heading(f"Remove {contributor}").press("Remove from the team").reads("is no longer in the team")
    visitor.reads("3 people").follow(f"Change the role of {crew.owner.name}, or remove them")
    visitor.choose("Reader").press("Save").reads("There is a problem")


def test_last_owner_cannot_leave_until_somebody_takes_over(visitor: Visitor, crew: TestTeam, server: Server) -> None:
    enter(visitor, crew.owner, server).go(f"{crew.address}/team").follow("Leave this team")
    visitor.press("Leave the team").reads("There is a problem").reads("You are the only owner")
    visitor.follow("hand over to somebody else").heading("Hand over to somebody else")
    visitor.press("Hand over").reads("Choose who becomes an owner")
    visitor.choose(f"{crew.approver.name}, {crew.approver.email}").choose("Contributor").press("Hand over").reads(
        "You have handed over"
    )
    visitor.go(f"{crew.address}/team").follow("Leave this team").press("Leave the team").reads("You have left")
    visitor.go(crew.address).heading("Page not found")
