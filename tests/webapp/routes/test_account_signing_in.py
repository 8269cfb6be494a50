"""Signing in and out, idle sessions, codes and recovery codes."""

from __future__ import annotations

import time

import pytest
from passlib.totp import TOTP  # type: ignore[import-untyped]
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from tests.webapp.auth.letters import later, make_fresh, read_letters
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import PASSWORD, MakePerson, TestPerson, make_client
from tests.webapp.pages import Page
from webapp.db.tables import LoginSession, User
from webapp.site import Site
from webapp.store import sessions

WRONG = "The email address or the password is not right"


@pytest.fixture
def person(make_person: MakePerson) -> TestPerson:
    return make_person("Ann Archer")


def sign_in(client: CheckingClient, email: str, password: str = PASSWORD, **more: str) -> tuple[int, str, Page]:
    answer = client.send("/sign-in", {"email": email, "password": password, **more})
    return answer.status_code, answer.headers.get("Location", ""), Page(answer.text)


def test_right_password_signs_in(client: CheckingClient, person: TestPerson) -> None:
    status, address, _ = sign_in(client, person.email.upper())
    assert (status, address) == (303, "/organisations")
    assert person.name in client.page("/account").words("main")


def test_wrong_password_and_unknown_address_read_the_same(client: CheckingClient, person: TestPerson) -> None:
    known = sign_in(client, person.email, "another long phrase")
    unknown = sign_in(client, "nobody@example.org", "another long phrase")
    assert known[0] == unknown[0] == 422
    assert known[2].words(".govuk-error-summary") == unknown[2].words(".govuk-error-summary")
    assert WRONG in known[2].words(".govuk-error-summary")


def test_password_is_never_sent_back(client: CheckingClient, person: TestPerson) -> None:
    assert "another long phrase" not in sign_in(client, person.email, "another long phrase")[2].text


def test_empty_form_names_both_fields(client: CheckingClient) -> None:
    summary = sign_in(client, "", "")[2].words(".govuk-error-summary")
    assert "Enter your email address" in summary
    assert "Enter your password" in summary


def test_own_address_is_gone_to_after_signing_in(client: CheckingClient, person: TestPerson) -> None:
    page = client.page("/sign-in?next=/account/sessions")
    assert page.one("input[name=next]").get("value") == "/account/sessions"
    assert sign_in(client, person.email, next="/account/sessions")[1] == "/account/sessions"


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_foreign_address_is_not_gone_to(client: CheckingClient, person: TestPerson, address: str) -> None:
    assert client.page(f"/sign-in?next={address}").one("input[name=next]").get("value") in (None, "")
    assert sign_in(client, person.email, next=address)[1] == "/organisations"


def test_unconfirmed_address_gets_its_mail_again(app: Site, client: CheckingClient, person: TestPerson) -> None:
    change(app, person, confirmed_at=None)
    assert sign_in(client, person.email)[1] == "/check-your-email"
    assert [letter.to for letter in read_letters(app)] == [person.email]
    assert client.get("/account").status_code == 303


def test_account_that_may_not_be_used_reads_like_a_wrong_password(
    app: Site, client: CheckingClient, person: TestPerson
) -> None:
    change(app, person, active=False)
    assert WRONG in sign_in(client, person.email)[2].words(".govuk-error-summary")


@pytest.mark.parametrize("email", ["ann.archer@example.org", "nobody@example.org"])
def test_eleventh_try_is_stopped_for_a_quarter_of_an_hour(
    client: CheckingClient, person: TestPerson, email: str
) -> None:
    assert [sign_in(client, email, "another long phrase")[0] for _ in range(11)] == [422] * 10 + [429]
    assert sign_in(client, email)[0] == 429
    with later(minutes=16):
        assert sign_in(client, email)[0] == (303 if email == person.email else 422)


def test_right_password_lets_the_count_begin_again(client: CheckingClient, person: TestPerson) -> None:
    for _ in range(9):
        sign_in(client, person.email, "another long phrase")
    assert sign_in(client, person.email)[0] == 303
    client.send("/sign-out", page="/account")
    assert sign_in(client, person.email, "another long phrase")[0] == 422


def test_who_is_signed_in_needs_no_sign_in_page(person: TestPerson) -> None:
    assert person.client.get("/sign-in").headers["Location"] == "/organisations"
    assert person.client.get("/sign-in?next=/account").headers["Location"] == "/account"
    assert person.client.get("/register").headers["Location"] == "/organisations"


def test_signing_out_ends_the_row_and_empties_the_cookie(app: Site, person: TestPerson) -> None:
    with person.client.session_transaction() as cookie:
        cookie["something_private"] = "of this person"
    assert person.client.send("/sign-out", page="/account").headers["Location"] == "/sign-in"
    assert "You are signed out" in person.client.page("/sign-in").words(".govuk-notification-banner")
    with person.client.session_transaction() as cookie:
        assert "something_private" not in cookie
    assert count_sessions(app) == 0


def test_signing_in_anew_replaces_the_row_of_the_browser(app: Site, client: CheckingClient, person: TestPerson) -> None:
    before = count_sessions(app)
    sign_in(client, person.email)
    with client.session_transaction() as cookie:
        cookie.pop("_user_id")
    sign_in(client, person.email)
    assert count_sessions(app) == before + 1


def test_idle_session_leads_to_signing_in_and_says_why(person: TestPerson) -> None:
    with later(minutes=121):
        assert person.client.get("/account").headers["Location"] == "/sign-in?next=/account"
        page = person.client.page("/sign-in?next=/account")
        assert "You did nothing here for 2 hours" in page.words(".govuk-inset-text")
        assert person.client.send("/sign-out", page="/sign-in").status_code == 303


def test_session_ended_elsewhere_is_out_at_once_and_says_why(client: CheckingClient, person: TestPerson) -> None:
    sign_in(client, person.email)
    client.send("/account/sessions/end-others", page="/account/sessions")
    assert person.client.get("/account").status_code == 303
    assert "You were signed out of this browser" in person.client.page("/sign-in").words(".govuk-inset-text")


def test_stranger_reads_no_reason(client: CheckingClient) -> None:
    assert not client.page("/sign-in").all(".govuk-inset-text")


def test_reading_keeps_somebody_signed_in(person: TestPerson) -> None:
    for minutes in (100, 200, 300):
        with later(minutes=minutes):
            assert person.client.get("/account").status_code == 200


def test_use_is_noted_only_every_five_minutes(app: Site, person: TestPerson) -> None:
    before = seen_at(app)
    with later(minutes=4):
        person.client.get("/account")
        assert seen_at(app) == before
    with later(minutes=6):
        person.client.get("/account")
        assert seen_at(app) != before


def test_busy_database_does_not_spoil_the_page_that_was_read(
    person: TestPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_busy(_: str) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(sessions, "touch_session", be_busy)
    with later(minutes=6):
        assert person.client.get("/account").status_code == 200


def test_password_again_is_asked_for_before_what_matters(person: TestPerson) -> None:
    assert person.client.get("/account/email").headers["Location"] == "/confirm-password?next=/account/email"
    page = "/confirm-password?next=/account/email"
    wrong = person.client.send("/confirm-password", {"password": "another long phrase"}, page=page)
    assert wrong.status_code == 422
    fields = {"password": PASSWORD, "next": "/account/email"}
    right = person.client.send("/confirm-password", fields, page=page)
    assert right.headers["Location"] == "/account/email"
    assert person.client.get("/account/email").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/account/email",
        "/account/second-factor/set-up",
        "/account/second-factor/recovery-codes",
        "/account/second-factor/turn-off",
        "/account/close",
    ],
)
def test_what_guards_the_account_needs_a_fresh_password(person: TestPerson, address: str) -> None:
    assert person.client.get(address).headers["Location"] == f"/confirm-password?next={address}"
    answer = person.client.send(address, page="/account")
    assert answer.headers["Location"] == f"/confirm-password?next={address}"


class Phone:
    """An authenticator app."""

    def __init__(self, key: str) -> None:
        self.totp = TOTP(key)

    def code(self, *, in_seconds: int = 0) -> str:
        """The code it shows."""
        return str(self.totp.generate(time.time() + in_seconds).token)


@pytest.fixture
def phone(person: TestPerson) -> Phone:
    """The phone of a person who has just turned codes on; the code of this half minute is used."""
    make_fresh(person.client)
    page = person.client.page("/account/second-factor/set-up")
    assert page.one("img").get("src").startswith("data:image/svg+xml;base64,")
    phone = Phone(page.words(".app-code").replace("-", ""))
    answer = person.client.send("/account/second-factor/set-up", {"code": phone.code()})
    assert answer.headers["Location"] == "/account/second-factor/recovery-codes"
    return phone


def recovery_codes(person: TestPerson) -> list[str]:
    page = person.client.page("/account/second-factor/recovery-codes")
    return [item.text_content().strip() for item in page.all(".app-code li")]


def test_code_signs_in_after_the_password(client: CheckingClient, person: TestPerson, phone: Phone) -> None:
    assert sign_in(client, person.email, next="/account")[1] == "/sign-in/code"
    assert client.get("/account").status_code == 303
    answer = client.send("/sign-in/code", {"code": phone.code(in_seconds=30)})
    assert answer.headers["Location"] == "/account"
    assert client.get("/account").status_code == 200


def test_code_works_once(app: Site, person: TestPerson, phone: Phone) -> None:
    code = phone.code(in_seconds=30)
    statuses = []
    for _ in range(2):
        browser = make_client(app)
        sign_in(browser, person.email)
        statuses.append(browser.send("/sign-in/code", {"code": code}).status_code)
    assert statuses == [303, 422]


@pytest.mark.parametrize("code", ["", "000000", "abc", "1" * 50])
@pytest.mark.usefixtures("phone")
def test_wrong_code_is_refused(client: CheckingClient, person: TestPerson, code: str) -> None:
    sign_in(client, person.email)
    answer = client.send("/sign-in/code", {"code": code})
    assert answer.status_code == 422
    assert Page(answer.text).all(".govuk-error-summary a[href='#code']")


def test_codes_cannot_be_guessed_without_end(client: CheckingClient, person: TestPerson, phone: Phone) -> None:
    sign_in(client, person.email)
    statuses = [client.send("/sign-in/code", {"code": "abcdef"}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert client.send("/sign-in/code", {"code": phone.code(in_seconds=30)}).status_code == 429


@pytest.mark.parametrize("address", ["/sign-in/code", "/sign-in/recovery-code"])
def test_code_page_without_password_leads_to_signing_in(client: CheckingClient, address: str) -> None:
    assert client.get(address).headers["Location"] == "/sign-in"


def test_password_waits_ten_minutes_for_its_code(client: CheckingClient, person: TestPerson, phone: Phone) -> None:
    sign_in(client, person.email)
    with client.session_transaction() as cookie:
        cookie["halfway"] = {**cookie["halfway"], "since": time.time() - 601}
    answer = client.send("/sign-in/code", {"code": phone.code(in_seconds=30)}, page="/sign-in")
    assert answer.headers["Location"] == "/sign-in"


@pytest.mark.usefixtures("phone")
def test_recovery_code_works_once_however_it_is_typed(app: Site, person: TestPerson) -> None:
    code = recovery_codes(person)[0]
    statuses = []
    for typed in (code.upper().replace("-", " "), code):
        browser = make_client(app)
        sign_in(browser, person.email)
        statuses.append(browser.send("/sign-in/recovery-code", {"code": typed}).status_code)
    assert statuses == [303, 422]
    assert len(recovery_codes(person)) == 7
    assert "recovery code" in read_letters(app)[-1].subject


@pytest.mark.usefixtures("phone")
def test_new_recovery_codes_replace_the_old(person: TestPerson) -> None:
    before = recovery_codes(person)
    person.client.send("/account/second-factor/recovery-codes")
    assert not set(before) & set(recovery_codes(person))


@pytest.mark.usefixtures("phone")
def test_turning_codes_off_asks_for_them_no_more(app: Site, client: CheckingClient, person: TestPerson) -> None:
    assert "Codes are on" in person.client.page("/account/second-factor").words("main")
    person.client.page("/account/second-factor/turn-off")
    person.client.send("/account/second-factor/turn-off")
    assert "Codes are off" in person.client.page("/account/second-factor").words("main")
    assert sign_in(client, person.email)[1] == "/organisations"
    assert "no longer" in read_letters(app)[-1].subject


def test_set_up_needs_the_code_of_the_app(person: TestPerson) -> None:
    make_fresh(person.client)
    answer = person.client.send("/account/second-factor/set-up", {"code": "123"})
    assert answer.status_code == 422
    assert "Codes are off" in person.client.page("/account/second-factor").words("main")


def test_set_up_shows_the_same_key_until_it_is_done(person: TestPerson) -> None:
    make_fresh(person.client)
    keys = {person.client.page("/account/second-factor/set-up").words(".app-code") for _ in range(2)}
    assert len(keys) == 1


def test_pages_of_codes_without_codes_lead_back(person: TestPerson) -> None:
    make_fresh(person.client)
    for address in ("/account/second-factor/recovery-codes", "/account/second-factor/turn-off"):
        assert person.client.get(address).headers["Location"] == "/account/second-factor"
    answer = person.client.send("/account/second-factor/set-up", {"code": "1"}, page="/account")
    assert answer.headers["Location"] == "/account/second-factor/set-up"


def change(app: Site, person: TestPerson, **values: object) -> None:
    with app.run_work(write=True) as work:
        work.execute(update(User).where(User.id == person.id).values(values))
        work.commit()


def count_sessions(app: Site) -> int:
    with app.run_work(write=False) as work:
        return len(work.scalars(select(LoginSession.id)).all())


def seen_at(app: Site) -> object:
    with app.run_work(write=False) as work:
        return work.scalars(select(LoginSession.seen_at)).one()
