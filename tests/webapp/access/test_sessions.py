"""A session begins anew with each sign-in, ends everywhere at once when it has to, and never lasts."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask_login import encode_cookie
from passlib.totp import TOTP  # type: ignore[import-untyped]
from sqlalchemy import delete, update

from tests.webapp.access.routes import ROUTES
from tests.webapp.access.world import World
from tests.webapp.auth.letters import later, make_fresh, read_letters
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import PASSWORD, MakePerson, TestPerson, TestTeam, make_client
from webapp.auth.sessions import SESSION_KEY
from webapp.clock import now
from webapp.db.tables import GroupReader, LoginSession, User
from webapp.db.work import work_on
from webapp.site import Site
from webapp.store.administration import appoint_administrator, dismiss_administrator
from webapp.store.members import change_role, remove_member
from webapp.store.scope import Role, get_scope

NEW = "three unlikely words together"


@pytest.fixture
def person(make_person: MakePerson) -> TestPerson:
    return make_person("Ann Archer")


def sign_in(client: CheckingClient, email: str, password: str = PASSWORD) -> str:
    return str(client.send("/sign-in", {"email": email, "password": password}).headers.get("Location"))


def is_in(client: CheckingClient) -> bool:
    return client.get("/account").status_code == 200


def held(client: CheckingClient) -> dict[str, object]:
    with client.session_transaction() as cookie:
        return dict(cookie)


def test_sign_in_changes_the_session_and_the_token_of_forms(client: CheckingClient, person: TestPerson) -> None:
    client.get("/sign-in")
    before = held(client)["csrf_token"]
    sign_in(client, person.email)
    client.get("/account")
    first = held(client)
    assert first["csrf_token"] != before
    with later(hours=3):
        sign_in(client, person.email)
    assert held(client)[SESSION_KEY] != first[SESSION_KEY]


def test_cookie_from_before_signing_in_anew_is_worth_nothing(app: Site, person: TestPerson) -> None:
    old = person.client.get_cookie("session")
    assert old is not None
    token = person.client.page("/account").csrf
    person.client.post("/sign-in", data={"csrf_token": token, "email": person.email, "password": PASSWORD})
    assert is_in(person.client)
    thief = make_client(app)
    thief.set_cookie("session", old.value)
    assert not is_in(thief)


def test_next_person_at_the_same_browser_gets_nothing_of_the_one_before(
    person: TestPerson, make_person: MakePerson
) -> None:
    make_fresh(person.client)
    key = person.client.page("/account/second-factor/set-up").words(".app-code")
    assert "totp_secret" in held(person.client)
    other = make_person("Ben Baker")
    with later(hours=3):
        assert not is_in(person.client)
        sign_in(person.client, other.email)
        assert person.client.page("/account/second-factor/set-up").words(".app-code") != key


def test_who_comes_back_can_still_send_what_was_open(person: TestPerson) -> None:
    token = person.client.page("/account/name").csrf
    with later(hours=3):
        sign_in(person.client, person.email)
        sent = person.client.post("/account/name", data={"csrf_token": token, "name": "Ann Ash"})
    assert sent.status_code == 303


def test_cookie_is_worth_nothing_after_signing_out(app: Site, person: TestPerson) -> None:
    old = person.client.get_cookie("session")
    assert old is not None
    person.client.send("/sign-out", page="/account")
    thief = make_client(app)
    thief.set_cookie("session", old.value)
    assert not is_in(thief)


def test_session_ends_after_twelve_hours_however_busy(person: TestPerson) -> None:
    for hours in range(1, 12):
        with later(hours=hours):
            assert is_in(person.client), hours
    with later(hours=12):
        assert not is_in(person.client)
        assert "You were signed in for 12 hours" in person.client.page("/sign-in").words("main")


def test_session_that_is_over_is_deleted(app: Site, person: TestPerson) -> None:
    with later(hours=12):
        with app.run_work(write=True) as work:
            work.execute(update(LoginSession).values(seen_at=now()))
            work.commit()
        assert not is_in(person.client)
        assert "ended sessions 1" in app.test_cli_runner().invoke(args=["purge"]).output


@pytest.mark.parametrize("door", ["password", "reset", "email"])
def test_what_guards_the_account_changed_ends_every_other_session(
    app: Site, person: TestPerson, client: CheckingClient, door: str
) -> None:
    sign_in(client, person.email)
    make_fresh(person.client)
    CHANGES[door](app, person)
    assert not is_in(client)


REFUSED = {
    "an address that is none": ("POST", "/no-such", 404),
    "another method": ("PUT", "/account", 405),
    "a role that may not": ("POST", "{organisation}/team/invite", 403),
    "a form without its token": ("POST", "/account/name", 400),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_write_holds_nobody_up_and_the_use_is_noted(app: Site, team: TestTeam, what: str) -> None:
    method, address, status = REFUSED[what]
    client = team.reader.client
    fields = {"csrf_token": client.page("/account/name").csrf} if status != 400 else {}
    with later(minutes=6):
        begun = time.monotonic()
        sent = client.open(address.format(organisation=team.address), method=method, data=fields)
        assert time.monotonic() - begun < 5  # ten seconds is how long one waits for a lock that is one's own
        assert sent.status_code == status
        noted = now()
    with work_on(app.engine, write=False) as work:
        assert work.get_one(LoginSession, held(client)[SESSION_KEY]).seen_at >= noted - timedelta(minutes=1)


def _change_password(_: Site, person: TestPerson) -> None:
    sent = person.client.send("/account/password", {"current": PASSWORD, "password": NEW})
    assert sent.headers["Location"] == "/account"


def _reset(app: Site, person: TestPerson) -> None:
    client = make_client(app)
    client.send("/reset-password", {"email": person.email})
    assert client.send(read_letters(app)[-1].link, {"password": NEW}).status_code == 303


def _change_email(app: Site, person: TestPerson) -> None:
    person.client.send("/account/email", {"email": "new@example.org"})
    assert person.client.send(read_letters(app)[-1].link).status_code == 303


def _ask_for_codes(_: Site, person: TestPerson) -> None:
    key = person.client.page("/account/second-factor/set-up").words(".app-code").replace("-", "")
    code = TOTP(key).generate(time.time()).token
    sent = person.client.send("/account/second-factor/set-up", {"code": code})
    assert sent.headers["Location"] == "/account/second-factor/recovery-codes"


CHANGES: dict[str, Callable[[Site, TestPerson], None]] = {
    "codes": _ask_for_codes,
    "password": _change_password,
    "reset": _reset,
    "email": _change_email,
}


def test_deactivated_account_is_out_at_once(app: Site, person: TestPerson) -> None:
    with app.run_work(write=True) as work:
        work.execute(update(User).where(User.id == person.id).values(active=False))
        work.commit()
    assert not is_in(person.client)


def test_lost_role_counts_at_once(app: Site, team: TestTeam) -> None:
    address = team.address
    assert team.contributor.client.get(f"{address}/assessments/new").status_code == 200
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        change_role(scope, user_id=team.contributor.id, role=Role.READER)
        remove_member(scope, user_id=team.reader.id)
        work.commit()
    assert team.contributor.client.get(f"{address}/assessments/new").status_code == 403
    assert team.reader.client.get(address).status_code == 404
    assert team.owner.client.get(address).status_code == 200


def test_reader_of_a_group_and_administrator_lose_their_doors_at_once(app: Site, lasting_world: World) -> None:
    doors = {"group reader": f"/groups/{lasting_world.own['group_id']}", "administrator": "/administration"}
    for who, address in doors.items():
        assert lasting_world.browsers[who].ask("GET", address).status_code == 200
    with app.run_work(write=True) as work:
        work.execute(delete(GroupReader))
        administrator = lasting_world.browsers["administrator"].user_id
        owner = lasting_world.browsers["owner"].user_id
        appoint_administrator(administrator_id=None, user_id=owner)
        dismiss_administrator(administrator_id=owner, user_id=administrator)
        work.commit()
    for who, address in doors.items():
        assert lasting_world.browsers[who].ask("GET", address).status_code == 404


def test_right_password_without_its_code_opens_no_door(world: World, client: CheckingClient, app: Site) -> None:
    with work_on(app.engine, write=False) as work:
        user = work.get_one(User, world.browsers["owner"].user_id)
    with client.session_transaction() as cookie:
        cookie["halfway"] = {"user": user.fs_uniquifier, "since": time.time()}
    assert client.get("/sign-in/code").status_code == 200
    for route in ROUTES:
        if route.guard != "public" and route.method == "GET":
            answer = client.get(route.fill({**world.own, "handle": "none"}))
            assert (answer.location or "").startswith("/sign-in"), route


def test_new_password_by_mail_does_not_stand_in_for_the_code(app: Site, person: TestPerson) -> None:
    with app.run_work(write=True) as work:
        changes = {"tf_primary_method": "authenticator", "tf_totp_secret": "kept elsewhere"}
        work.execute(update(User).where(User.id == person.id).values(**changes))
        work.commit()
    _reset(app, person)
    client = make_client(app)
    assert sign_in(client, person.email, NEW) == "/sign-in/code"
    assert not is_in(client)


@pytest.mark.parametrize("way", ["address", "header", "remembered"])
def test_token_that_no_session_stands_behind_opens_no_door(
    app: Site, client: CheckingClient, person: TestPerson, way: str
) -> None:
    """The libraries would take these; the site gives none, and believes none."""
    with app.test_request_context(), app.run_work(write=False) as work:
        user = work.get_one(User, person.id)
        token, remembered = str(user.get_auth_token()), encode_cookie(user.fs_uniquifier)
    if way == "remembered":
        client.set_cookie("remember_token", remembered)
    address = f"/account?auth_token={token}" if way == "address" else "/account"
    headers = {"Authentication-Token": token} if way == "header" else {}
    assert client.get(address, headers=headers).status_code == 303


def test_only_cookie_of_the_site_is_the_session(client: CheckingClient, person: TestPerson) -> None:
    answer = client.send("/sign-in", {"email": person.email, "password": PASSWORD})
    assert [cookie.partition("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == ["session"]
