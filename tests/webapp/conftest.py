"""A site with an empty database for each test, people in it, and a client that checks every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask_security import hash_password
from pydantic import SecretStr

from tests.webapp.client import CheckingClient
from tests.webapp.databases import Databases, SqliteDatabases, choose_databases
from webapp import create_app
from webapp.clock import now
from webapp.commands.migrate import prepare_database
from webapp.db.tables import User
from webapp.settings import Settings
from webapp.site import Site
from webapp.store.members import add_member
from webapp.store.organisations import create_organisation
from webapp.store.scope import Role, get_scope

PASSWORD = "a long and private phrase"  # noqa: S105 - of invented people


@dataclass(frozen=True)
class TestPerson:
    """Somebody with an account, and the client of their browser."""

    __test__ = False

    id: str
    name: str
    email: str
    uniquifier: str
    client: CheckingClient


@dataclass(frozen=True)
class TestTeam:
    """An organisation and one person in each role."""

    __test__ = False

    organisation_id: str
    name: str
    owner: TestPerson
    approver: TestPerson
    contributor: TestPerson
    reader: TestPerson

    @property
    def address(self) -> str:
        """Where the organisation's pages begin."""
        return f"/organisations/{self.organisation_id}"


def make_settings(folder: Path, **changes: object) -> Settings:
    """Settings for a site of its own in a folder."""
    values: dict[str, object] = {
        "environment": "testing",
        "secret_key": SecretStr("for tests only, and long enough for them"),
        "database_url": f"sqlite:///{folder}/site.db",
        "instance": folder,
    }
    return Settings.model_validate(values | changes)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite with all tables and the standard, made once."""
    folder = tmp_path_factory.mktemp("database")
    fill_database(SqliteDatabases().make(folder), folder)
    return folder / "site.db"


def fill_database(address: str, folder: Path) -> None:
    """Make the tables in a database, and keep the standard there."""
    app = create_app(make_settings(folder, database_url=address))
    assert isinstance(app, Site)
    prepare_database(app)
    app.engine.dispose()


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The databases of the kind that the option ``--database`` names."""
    chosen = choose_databases(request.config)
    yield chosen
    chosen.close()


@pytest.fixture(scope="session")
def filled_database(
    databases: Databases, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a database with all tables and the standard, which no test uses but to copy it."""
    if isinstance(databases, SqliteDatabases):
        yield f"sqlite:///{request.getfixturevalue('empty_database')}"
        return
    folder = tmp_path_factory.mktemp("filled")
    address = databases.make(folder)
    fill_database(address, folder)
    yield address
    databases.drop(address)


@pytest.fixture
def database(databases: Databases, filled_database: str, tmp_path: Path) -> Iterator[str]:
    """The address of this test's own database, with all tables and the standard."""
    address = databases.copy(filled_database, tmp_path)
    yield address
    databases.drop(address)


@pytest.fixture
def bare_database(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """The address of this test's own database, without tables."""
    address = databases.make(tmp_path)
    yield address
    databases.drop(address)


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator[Site]:
    """A site of this test's own."""
    made = create_app(make_settings(tmp_path, database_url=database))
    assert isinstance(made, Site)
    made.test_client_class = CheckingClient
    yield made
    made.engine.dispose()


@pytest.fixture
def client(app: Site) -> CheckingClient:
    """A browser in which nobody is signed in."""
    return make_client(app)


def make_client(app: Site) -> CheckingClient:
    """Another browser."""
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


@pytest.fixture(scope="session")
def password_hash(empty_database: Path) -> str:
    """The hash of `PASSWORD`, made once because it is meant to be slow."""
    app = create_app(make_settings(empty_database.parent))
    with app.app_context():
        hashed: str = hash_password(PASSWORD)
    return hashed


MakePerson = Callable[[str], TestPerson]


@pytest.fixture
def make_person(app: Site, password_hash: str) -> MakePerson:
    """Make somebody with a confirmed account, signed in with a browser of their own."""

    def make(name: str) -> TestPerson:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        with app.run_work(write=True) as work:
            moment = now()
            user = User(
                email=email,
                name=name,
                password=password_hash,
                fs_uniquifier=name.encode().hex().ljust(32, "0")[-32:],
                confirmed_at=moment,
                create_datetime=moment,
                update_datetime=moment,
            )
            work.add(user)
            work.flush()
            user_id, uniquifier = user.id, user.fs_uniquifier
            work.commit()
        browser = make_client(app)
        browser.sign_in(user_id, uniquifier)
        return TestPerson(user_id, name, email, uniquifier, browser)

    return make


MakeTeam = Callable[..., TestTeam]


@pytest.fixture
def make_team(app: Site, make_person: MakePerson) -> MakeTeam:
    """Make an organisation with one person in each role; their names begin with the organisation's."""

    def make(name: str = "HMP Example", kind: str = "prison") -> TestTeam:
        people = {role: make_person(f"{name} {role.value.title()}") for role in Role}
        with app.run_work(write=True) as work:
            owner = people[Role.OWNER]
            organisation_id = create_organisation(user_id=owner.id, name=name, kind=kind)
            work.flush()
            scope = get_scope(user_id=owner.id, organisation_id=organisation_id)
            for role in (Role.APPROVER, Role.CONTRIBUTOR, Role.READER):
                add_member(scope, user_id=people[role].id, role=role)
            work.commit()
        return TestTeam(
            organisation_id,
            name,
            people[Role.OWNER],
            people[Role.APPROVER],
            people[Role.CONTRIBUTOR],
            people[Role.READER],
        )

    return make


@pytest.fixture
def team(make_team: MakeTeam) -> TestTeam:
    """A prison with one person in each role."""
    return make_team()
