"""What the assurance table says of passwords, sessions and recovery, where no other test says it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from flask_security import hash_password
from passlib.totp import TOTP  # type: ignore[import-untyped]
from sqlalchemy import func, select, text
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from tests.figures import Figure
from tests.webapp.auth.letters import later, make_fresh, read_letters
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import PASSWORD, MakePerson, TestPerson, make_client
from webapp.auth.codes import CLOCK_DRIFT
from webapp.auth.passwords import SHORTEST, check_password, find_fault
from webapp.db.tables import LoginSession, User
from webapp.site import Site
from webapp.store.accounts import find_account
from webapp.store.sessions import begin_session

NEW = "quite different words"
ASSETS = Path(__file__).parents[2] / "webapp/assets"


@pytest.fixture
def person(make_person: MakePerson) -> TestPerson:
    return make_person("Ann Archer")


@pytest.fixture
def phone(person: TestPerson) -> TOTP:
    """The authenticator app of a person who has just turned codes on."""
    make_fresh(person.client)
    key = person.client.page("/account/second-factor/set-up").words(".app-code").replace("-", "")
    made = TOTP(key)
    answer = person.client.send("/account/second-factor/set-up", {"code": made.generate(time.time()).token})
    assert answer.status_code == 303
    return made


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("blue hat red" * 10 + "12345678", None),
        ("blue hat red" * 10 + "123456789", "fewer"),
        ("ab cd" + " " * 20, "more"),
    ],
)
def test_password_may_have_128_characters_and_spaces_count_once(password: str, word: str | None) -> None:
    fault = find_fault(password)
    assert (fault is None) == (word is None)
    assert word is None or word in str(fault)


@pytest.mark.parametrize(
    "password", ["1qaz2wsx3edc", "SonyEricsson", "Manchester1878", "Liverpool-1892!", "letmein12345"]
)
def test_password_that_many_people_have_will_not_do(password: str) -> None:
    assert "harder to guess" in str(find_fault(password))


def test_every_common_password_that_is_long_enough_is_refused(figure: Figure) -> None:
    common = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST]
    assert len(common) > 200
    assert all(find_fault(word) for word in common)
    figure("common passwords refused that are long enough", len(common))


def test_long_password_is_not_cut(app: Site, person: TestPerson) -> None:
    long = "five words of some length " * 4
    assert person.client.send("/account/password", {"current": PASSWORD, "password": f"{long}a"}).status_code == 303
    with app.app_context(), app.run_work(write=False):
        user = find_account(person.email)
        assert check_password(user, f"{long}a")
        assert not check_password(user, f"{long}b")
        assert not check_password(user, long)


def test_same_password_is_never_hashed_alike(app: Site) -> None:
    with app.app_context():
        first, second = hash_password(PASSWORD), hash_password(PASSWORD)
    salts = [hashed.split("$")[4] for hashed in (first, second)]
    assert salts[0] != salts[1]
    assert all(len(salt) * 6 >= 128 for salt in salts)  # six bits a letter


def test_password_grows_neither_too_old_nor_used_up(client: CheckingClient, person: TestPerson) -> None:
    for current, password in ((PASSWORD, NEW), (NEW, PASSWORD)):
        answer = person.client.send("/account/password", {"current": current, "password": password})
        assert answer.status_code == 303
    with later(days=1000):
        assert client.send("/sign-in", {"email": person.email, "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize(
    ("address", "use"),
    [("/sign-in", "current-password"), ("/register", "new-password")],
)
def test_password_can_be_pasted_kept_by_a_manager_and_shown(client: CheckingClient, address: str, use: str) -> None:
    field = client.page(address).one("input[type=password]")
    assert field.get("autocomplete") == use
    assert field.get("maxlength") is None
    wrapper = client.page(address).one("[data-module=govuk-password-input]")
    assert "Show" in wrapper.text_content()


def test_no_script_of_ours_listens_to_pasting() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js")]
    assert len(scripts) >= 3
    assert not any(re.search(r"\bpaste\b|\bcopy\b", script) for script in scripts)


def test_site_starts_without_any_account(app: Site) -> None:
    with app.run_work(write=False) as work:
        assert work.scalar(select(func.count()).select_from(User)) == 0


def test_reset_does_not_lead_past_the_second_factor(
    app: Site, client: CheckingClient, person: TestPerson, phone: TOTP
) -> None:
    client.send("/reset-password", {"email": person.email})
    client.send(read_letters(app)[-1].link, {"password": NEW})
    answer = client.send("/sign-in", {"email": person.email, "password": NEW})
    assert answer.headers["Location"] == "/sign-in/code"
    assert client.get("/account").status_code == 303
    code = phone.generate(time.time() + 30).token
    assert client.send("/sign-in/code", {"code": code}).headers["Location"] == "/organisations"


@pytest.mark.usefixtures("phone")
def test_turning_codes_on_is_told_by_mail(app: Site, person: TestPerson) -> None:
    letter = read_letters(app)[-1]
    assert (letter.to, letter.subject.startswith("Codes are now asked for")) == (person.email, True)


@pytest.mark.usefixtures("phone")
def test_new_recovery_codes_are_told_by_mail(app: Site, person: TestPerson) -> None:
    person.client.send("/account/second-factor/recovery-codes")
    letter = read_letters(app)[-1]
    assert (letter.to, letter.subject.startswith("You have new recovery codes")) == (person.email, True)
    shown = person.client.page("/account/second-factor/recovery-codes").all(".app-code li")
    assert not any(code.text_content().strip() in letter.text for code in shown)


@pytest.mark.usefixtures("phone")
def test_recovery_codes_are_not_kept_readable(app: Site, person: TestPerson) -> None:
    shown = person.client.page("/account/second-factor/recovery-codes").all(".app-code li")
    with app.run_work(write=False) as work:
        kept = str(work.execute(text("SELECT mf_recovery_codes FROM user_account")).scalar_one())
    assert len(shown) == 8
    assert not any(code.text_content().strip() in kept for code in shown)


def test_mail_takes_no_headers_from_what_was_typed(app: Site, client: CheckingClient) -> None:
    name = "Ann\r\nBcc: thief@example.org\r\n\r\nAnother text"
    client.send("/register", {"name": name, "email": "ann@example.org", "password": NEW})
    written = b"".join(path.read_bytes() for path in Path(app.extensions["settings"].instance, "mail").glob("*.eml"))
    head = written.split(b"\n\n")[0]
    assert b"Bcc" not in head
    assert [letter.to for letter in read_letters(app)] == ["ann@example.org"]
    address = client.send("/register", {"name": "Ann", "email": "ann@example.org\nBcc: x@example.org", "password": NEW})
    assert address.status_code == 422


def test_code_is_worth_nothing_a_minute_later(app: Site, person: TestPerson, phone: TOTP) -> None:
    old = phone.generate(time.time() - 2 * CLOCK_DRIFT - 30).token
    browser = make_client(app)
    browser.send("/sign-in", {"email": person.email, "password": PASSWORD})
    assert browser.send("/sign-in/code", {"code": old}).status_code == 422


def test_session_secrets_are_long_and_never_alike(app: Site, person: TestPerson) -> None:
    with app.run_work(write=True) as work:
        made = {begin_session(user_id=person.id, device="A test") for _ in range(100)}
        work.commit()
    assert len(made) == 100
    assert all(re.fullmatch("[0-9a-f]{64}", token) for token in made)


def test_session_is_never_in_an_address_or_a_page(app: Site, client: CheckingClient, person: TestPerson) -> None:
    answer = client.send("/sign-in", {"email": person.email, "password": PASSWORD})
    with app.run_work(write=False) as work:
        secrets = [*work.scalars(select(LoginSession.id)), *work.scalars(select(User.fs_uniquifier))]
    pages = [client.get(address).text for address in ("/organisations", "/account", "/account/sessions")]
    assert len(secrets) >= 3
    assert not any(secret in text for secret in secrets for text in (answer.headers["Location"], *pages))


def test_cookie_that_was_altered_signs_nobody_in(person: TestPerson) -> None:
    held = person.client.get_cookie("session")
    assert held is not None
    payload, moment, signature = held.value.rsplit(".", 2)
    swapped = "A" if payload[9] != "A" else "B"
    person.client.set_cookie("session", f"{payload[:9]}{swapped}{payload[10:]}.{moment}.{signature}")
    assert person.client.get("/account").headers["Location"].startswith("/sign-in")


def test_cookie_without_its_row_signs_nobody_in(app: Site, person: TestPerson) -> None:
    held = person.client.get_cookie("session")
    assert held is not None
    person.client.send("/sign-out", page="/account")
    thief = make_client(app)
    thief.set_cookie("session", held.value)
    assert thief.get("/account").headers["Location"].startswith("/sign-in")
