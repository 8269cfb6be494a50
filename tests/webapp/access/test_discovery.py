"""Whether there is an account can be told neither from the words, nor from the work done before they are said."""

from __future__ import annotations

import re
from dataclasses import dataclass

import argon2.low_level
import pytest
from flask_security import hash_password
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.webapp.auth.letters import make_fresh, read_letters
from tests.webapp.conftest import PASSWORD, MakePerson, TestTeam, make_client
from tests.webapp.pages import Page
from webapp.db.tables import User
from webapp.site import Site
from webapp.store.people import close_account, create_person

KINDS = ("open", "unconfirmed", "closed", "deactivated", "unknown")
"""What may be behind an address."""


@dataclass
class Work:
    """How often a password was hashed or compared, which is what takes time."""

    hashes: int = 0


@pytest.fixture
def work_done(monkeypatch: pytest.MonkeyPatch) -> Work:
    done = Work()
    for name in ("hash_secret", "verify_secret"):
        original = getattr(argon2.low_level, name)

        def counted(*args: object, original: object = original, **kwargs: object) -> object:
            done.hashes += 1
            return original(*args, **kwargs)  # type: ignore[operator]

        monkeypatch.setattr(argon2.low_level, name, counted)
    return done


@pytest.fixture
def addresses(app: Site, make_person: MakePerson) -> dict[str, str]:
    """An address of each kind."""
    people = {kind: make_person(f"A Person {kind}") for kind in ("open", "closed", "deactivated")}
    with app.app_context(), app.run_work(write=True) as work:
        create_person(
            name="A Person", email="unconfirmed@example.org", password_hash=hash_password(PASSWORD), is_confirmed=False
        )
        close_account(people["closed"].id)
        work.execute(update(User).where(User.id == people["deactivated"].id).values(active=False))
        work.commit()
    return {kind: person.email for kind, person in people.items()} | {
        "unconfirmed": "unconfirmed@example.org",
        "unknown": "unknown@example.org",
    }


def _seen(app: Site, door: str, fields: dict[str, str]) -> tuple[int, str | None, str]:
    """What somebody who sends a form sees, and where it leads them, but for the address that they typed."""
    client = make_client(app)
    answer: TestResponse = client.send(door, fields)
    shown = client.get(answer.location).text if answer.location else answer.text
    plain = re.sub(r'(csrf_token"[^>]*value=")[^"]+', r"\1", shown).replace(fields["email"], "ADDRESS")
    return answer.status_code, answer.location, plain


def _differences(
    app: Site, addresses: dict[str, str], work_done: Work, door: str, fields: dict[str, str]
) -> dict[str, tuple[object, ...]]:
    """What is seen, hashed and mailed for each kind, where it differs from what happens for an unknown address."""
    found: dict[str, tuple[object, ...]] = {}
    for kind in KINDS:
        work_done.hashes, before = 0, len(read_letters(app))
        seen = _seen(app, door, {**fields, "email": addresses[kind]})
        found[kind] = (*seen, work_done.hashes, len(read_letters(app)) - before)
    return {kind: held for kind, held in found.items() if held != found["unknown"]}


def test_wrong_password_tells_nothing(app: Site, addresses: dict[str, str], work_done: Work) -> None:
    assert not _differences(app, addresses, work_done, "/sign-in", {"password": "not the right one"})
    assert work_done.hashes == 1


def test_right_password_of_an_account_that_is_closed_tells_nothing(
    app: Site, addresses: dict[str, str], work_done: Work
) -> None:
    different = _differences(app, addresses, work_done, "/sign-in", {"password": PASSWORD})
    assert set(different) == {"open", "unconfirmed"}


@pytest.mark.parametrize(
    ("door", "hashes"),
    [("/register", 1), ("/reset-password", 0), ("/confirm", 0)],
    ids=["register", "reset", "confirm"],
)
def test_asking_for_a_mail_tells_nothing(
    app: Site, addresses: dict[str, str], work_done: Work, door: str, hashes: int
) -> None:
    fields = {"name": "Somebody Else", "password": "three unlikely words"}
    assert not _differences(app, addresses, work_done, door, fields)
    assert work_done.hashes == hashes
    assert len(read_letters(app)) == len(KINDS), "whoever asks has mail, whatever is behind the address"


def test_registering_for_an_address_that_is_taken_leaves_its_account_alone(
    app: Site, addresses: dict[str, str], work_done: Work
) -> None:
    _differences(app, addresses, work_done, "/register", {"name": "A Thief", "password": "three unlikely words"})
    client = make_client(app)
    sent = client.send("/sign-in", {"email": addresses["open"], "password": PASSWORD})
    assert sent.location == "/organisations"
    assert "A Thief" not in client.get("/account").text


def test_new_address_that_is_taken_tells_nothing(addresses: dict[str, str], make_person: MakePerson) -> None:
    seen = set()
    for kind in KINDS:
        person = make_person(f"An Asker {kind}")
        make_fresh(person.client)
        answer = person.client.send("/account/email", {"email": addresses[kind]})
        page = person.client.page(answer.location or "").words("main")
        seen.add((answer.status_code, answer.location, page.replace(addresses[kind], "ADDRESS")))
    assert len(seen) == 1


def test_invitation_tells_nothing_about_accounts(
    app: Site, addresses: dict[str, str], team: TestTeam, work_done: Work
) -> None:
    seen = set()
    for kind in KINDS:
        answer = team.owner.client.send(f"{team.address}/team/invite", {"email": addresses[kind], "role": "reader"})
        words = team.owner.client.page(answer.location or "").words("main .govuk-notification-banner")
        seen.add((answer.status_code, answer.location, words.replace(addresses[kind], "ADDRESS")))
    assert len(seen) == 1
    assert len({letter.subject for letter in read_letters(app)}) == 1
    assert work_done.hashes == 0


def test_too_many_tries_tell_nothing(app: Site, addresses: dict[str, str]) -> None:
    seen = set()
    for kind in KINDS:
        client = make_client(app)
        wrong = {"email": addresses[kind], "password": "not the right one"}
        answers = [client.send("/sign-in", wrong) for _ in range(11)]
        seen.add((tuple(answer.status_code for answer in answers), Page(answers[-1].text).words("main")))
    assert len(seen) == 1
