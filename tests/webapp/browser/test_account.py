"""An account in a browser: from registering to closing it, with codes, sessions and forgotten passwords between."""

from __future__ import annotations

import time

import pytest
from passlib.totp import TOTP  # type: ignore[import-untyped]

from tests.webapp.browser.conftest import NewVisitor
from tests.webapp.browser.server import Server
from tests.webapp.browser.steps import enter, last_letter, sign_in, sign_out, unique
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import PASSWORD, MakePerson, TestPerson
from webapp.site import Site

NEW_PASSWORD = "another long and private phrase"  # noqa: S105 - of an invented person
HALF_MINUTE = 30


@pytest.fixture
def person(make_person: MakePerson) -> TestPerson:
    """Somebody of this test's own in the server's database."""
    return make_person(unique("Ann"))


def test_page_that_is_not_there_can_be_read_by_everybody(visitor: Visitor) -> None:
    visitor.go("/nothing-here").heading("Page not found")


def test_account_is_registered_confirmed_by_mail_and_signed_in(visitor: Visitor, app: Site) -> None:
    email = f"{unique('ada').replace(' ', '.')}@example.org"
    visitor.go("/").follow("Sign in").follow("Create an account").heading("Create an account")
    visitor.press("Create account").reads("There is a problem").reads("Enter your full name")
    visitor.fill("Full name", "Ada Example").fill("Email address", email).fill("Choose a password", "short")
    visitor.press("Create account").reads("There is a problem")
    visitor.fill("Choose a password", PASSWORD).press("Create account").heading("Check your email").reads(email)
    visitor.go(last_letter(app, email).link).heading("Confirm your email address")
    visitor.fill("Password", "not the password").press("Confirm and sign in").reads("That is not the password")
    visitor.fill("Password", PASSWORD).press("Confirm and sign in").heading("Your organisations")
    visitor.reads("Your email address is confirmed").follow("Your account").reads("Ada Example")
    sign_out(visitor)
    visitor.go(last_letter(app, email).link).reads("Your email address is confirmed already")


@pytest.mark.slow
def test_codes_are_asked_for_once_set_up_and_a_recovery_code_replaces_one(visitor: Visitor, person: TestPerson) -> None:
    sign_in(visitor, person.email, "not the password").reads("The email address or the password is not right")
    sign_in(visitor, person.email).follow("Your account").follow("Set it up").heading("Codes when you sign in")
    visitor.press("Set up codes").heading("Set up codes").press("Turn codes on").reads("There is a problem")
    app_of_phone = TOTP(key=visitor.page.locator("p.app-code").inner_text())
    visitor.fill("Code", app_of_phone.generate().token).press("Turn codes on").heading("Your recovery codes")
    code = visitor.page.locator("ul.app-code li").first.inner_text()
    visitor.press("I have saved them").heading("Your account")
    sign_out(visitor)
    sign_in(visitor, person.email).heading("Enter your code")
    visitor.fill("Code", "000000").press("Sign in").reads("That code is not right, or was used already")
    visitor.fill("Code", app_of_phone.generate(time.time() + HALF_MINUTE).token).press("Sign in")
    visitor.heading("Your organisations")
    _use_recovery_code(visitor, person, code)
    visitor.reads("You have 7 left").go("/account/second-factor").follow("Turn codes off").heading("Turn codes off?")
    visitor.press("Turn codes off").reads("Signing in needs only your password now")


def _use_recovery_code(visitor: Visitor, person: TestPerson, code: str) -> None:
    sign_out(visitor)
    sign_in(visitor, person.email).follow("I do not have my app: use a recovery code").heading("Use a recovery code")
    visitor.fill("Recovery code", "none of them").press("Sign in").reads("That is none of your unused codes")
    visitor.fill("Recovery code", code).press("Sign in").heading("Your organisations").reads("You used a recovery code")


@pytest.mark.slow
def test_other_browsers_can_be_signed_out_one_by_one_and_by_a_new_password(
    new_visitor: NewVisitor, person: TestPerson
) -> None:
    here, elsewhere = sign_in(new_visitor(), person.email), sign_in(new_visitor(), person.email)
    here.go("/account/sessions").heading("Where you are signed in").reads("this browser")
    here.press("signed in on", exact=False).reads("That browser is signed out")
    elsewhere.go("/account").heading("Sign in").reads("You were signed out of this browser, from another one")
    sign_in(elsewhere, person.email).heading("Your organisations")
    here.go("/account/password").press("Change password").reads("Enter your current password")
    here.fill("Current password", PASSWORD).fill("New password", NEW_PASSWORD).press("Change password")
    here.reads("Every other browser is signed out").go("/account").heading("Your account")
    elsewhere.go("/account").heading("Sign in").reads("because your password changed")
    sign_in(elsewhere, person.email).reads("The email address or the password is not right")
    sign_in(elsewhere, person.email, NEW_PASSWORD).heading("Your organisations")
    here.go("/account/sessions").press("Sign out every other browser").reads("Every other browser is signed out")


@pytest.mark.slow
def test_forgotten_password_is_replaced_by_a_link_that_works_once(
    visitor: Visitor, app: Site, person: TestPerson
) -> None:
    visitor.go("/sign-in").follow("I have forgotten my password").heading("Choose a new password")
    visitor.press("Send email").reads("Enter your email address")
    visitor.fill("Email address", person.email).press("Send email").heading("Check your email")
    link = last_letter(app, person.email).link
    visitor.go(link).press("Save new password").reads("There is a problem")
    visitor.fill("New password", NEW_PASSWORD).press("Save new password").reads("Your password is changed")
    sign_in(visitor, person.email, NEW_PASSWORD).heading("Your organisations")
    sign_out(visitor).go(link).heading("This link no longer works")


@pytest.mark.slow
def test_name_and_address_can_be_changed_and_the_account_closed(
    visitor: Visitor, app: Site, person: TestPerson, server: Server
) -> None:
    new = f"new.{person.email.replace(' ', '.')}"
    enter(visitor, person, server).go("/account").follow("Change your name").fill("Full name", "")
    visitor.press("Save").reads("Enter your full name").fill("Full name", "Ann Archer").press("Save")
    visitor.reads("Your name is changed").reads("Ann Archer").follow("Change your email address")
    visitor.fill("Password", PASSWORD).press("Continue").heading("Change your email address")
    visitor.press("Send email").reads("Enter your email address")
    visitor.fill("New email address", new).press("Send email").heading("Check your email")
    visitor.go(last_letter(app, new).link).press("Confirm new address").reads("Your email address is changed")
    sign_in(visitor, new).go("/account").reads(new).follow("Close your account").heading("Close your account")
    visitor.press("Close my account").reads("Your account is closed")
    sign_in(visitor, new).reads("The email address or the password is not right")
