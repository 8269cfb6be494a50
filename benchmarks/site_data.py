"""What the measured sites hold: somebody at work on assessments, and many others beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from flask.sessions import SecureCookieSessionInterface
from pydantic import SecretStr
from sqlalchemy import Connection, Select, Table, insert, select, true

from selfassess import Answer
from webapp import create_app
from webapp.auth.sessions import SESSION_KEY
from webapp.commands.migrate import prepare_database
from webapp.db.ids import new_id
from webapp.db.tables import Base
from webapp.settings import Settings
from webapp.site import Site
from webapp.store.answers import Draft, save_answers
from webapp.store.assessments import create_assessment, get_open_assessment
from webapp.store.organisations import create_organisation
from webapp.store.people import create_person
from webapp.store.scope import Scope, get_scope
from webapp.store.sessions import begin_session

__all__ = ["SECRET", "Desk", "fill"]

SECRET = "for benchmarks only, and long enough for them"  # noqa: S105

ASSESSMENTS_EACH = 3
"""Of each of the other organisations: one a year."""

_NOTE = "The policy was read by the trustees in June, and is in the shared folder. " * 3


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody who is signed in, with assessments of an organisation of their own.

    Attributes:
        cookie: Of their browser.
        empty: The path of an assessment without answers.
        full: The path of one in which everything is answered, each with a note.
        blanks: The paths of many without answers, to save the first answers of; another organisation of theirs has
            them, because none has so many.
    """

    cookie: str
    empty: str
    full: str
    blanks: tuple[str, ...] = ()


def fill(folder: Path, *, desks: int = 1, blanks: int = 0, others: int = 0) -> tuple[Desk, ...]:
    """Make the database of a site in a folder.

    Args:
        folder: Where its instance is.
        desks: How many people are at work.
        blanks: How many assessments each has besides, to save first answers in.
        others: How many assessments there are of other organisations, all answered and with their history.
    """
    app = create_app(
        Settings(
            environment="local",
            secret_key=SecretStr(SECRET),
            database_url=f"sqlite:///{folder}/site.db",
            instance=folder,
        )
    )
    if not isinstance(app, Site):
        raise TypeError
    prepare_database(app)
    made = tuple(_make_desk(app, number, blanks) for number in range(desks))
    pattern = _make_desk(app, desks, 0, notes_every=3)
    with app.run_work(write=True) as work:
        _add_others(work.connection(), pattern.full.rpartition("/")[2], others)
        work.commit()
    app.engine.dispose()
    return made


def _make_desk(app: Site, number: int, blanks: int, *, notes_every: int = 1) -> Desk:
    with app.run_work(write=True) as work:
        person = create_person(name="A Person", email=f"person{number}@example.org", password_hash="unused").id  # noqa: S106
        scope, other = (_found(person, f"HMP {name} {number}") for name in ("Example", "Practice"))
        session_id = begin_session(user_id=person, device="A benchmark")
        users = Base.metadata.tables["user_account"]
        uniquifier = work.scalars(select(users.c.fs_uniquifier).where(users.c.id == person)).one()
        empty, full = _begin(scope, 2)
        _answer_all(scope, full, notes_every)
        more = _repeat(work.connection(), _begin(other, 1)[0], blanks)
        work.commit()
    return Desk(_sign(app, uniquifier, session_id), empty, full, more)


def _found(person: str, name: str) -> Scope:
    organisation = create_organisation(user_id=person, name=name, kind="prison")
    return get_scope(user_id=person, organisation_id=organisation)


def _begin(scope: Scope, count: int) -> tuple[str, ...]:
    """The paths of some new assessments."""
    ids = [create_assessment(scope, title="2026", day=date(2026, 11, 1)) for _ in range(count)]
    return tuple(f"/organisations/{scope.organisation_id}/assessments/{key}" for key in ids)


def _repeat(connection: Connection, path: str, count: int) -> tuple[str, ...]:
    """The paths of more like one that has no answers."""
    folder, _, pattern = path.rpartition("/")
    ids = [new_id() for _ in range(count)]
    assessments = Base.metadata.tables["assessment"]
    _copy(connection, select(assessments).where(assessments.c.id == pattern), [{"id": key} for key in ids])
    return tuple(f"{folder}/{key}" for key in ids)


def _answer_all(scope: Scope, path: str, notes_every: int) -> None:
    record = get_open_assessment(scope, path.rpartition("/")[2])
    asked = record.standard.asked("full", scope.kind)
    said = (Answer(level=2, note="" if number % notes_every else _NOTE) for number in range(len(asked)))
    save_answers(scope, record, [Draft(practice.id, answer, 0) for practice, answer in zip(asked, said, strict=True)])


def _sign(app: Site, uniquifier: str, session_id: str) -> str:
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise AssertionError("the application has a key")
    values = {"_user_id": uniquifier, "_fresh": True, "_id": "", SESSION_KEY: session_id}
    return f"session={signer.dumps(values)}"


def _add_others(connection: Connection, pattern: str, count: int) -> None:
    """Copies of one assessment, of other people's organisations, in as few statements as may be."""
    tables = Base.metadata.tables
    organisations = [new_id() for _ in range(-(-count // ASSESSMENTS_EACH))]
    assessments = sorted((new_id(), organisations[number // ASSESSMENTS_EACH]) for number in range(count))
    if not count:
        return
    accounts = [{"id": key, "email": key, "fs_uniquifier": key} for key in organisations]
    _copy(connection, select(tables["user_account"]), accounts)
    _copy(connection, select(tables["organisation"]), [{"id": key, "name": f"HMP {key}"} for key in organisations])
    members = [{"organisation_id": key, "user_id": key} for key in organisations]
    _copy(connection, select(tables["membership"]), members)
    made = [{"id": key, "organisation_id": held, "title": "Another’s"} for key, held in assessments]
    _copy(connection, select(tables["assessment"]), made)
    for name in ("answer", "answer_change"):
        _multiply(connection, tables[name], tables["assessment"], pattern)


def _copy(connection: Connection, rows: Select[*tuple[Any, ...]], changes: list[dict[str, str]]) -> None:
    """The first of some rows again, with other values in some columns each time."""
    (table,) = rows.get_final_froms()
    first = dict(connection.execute(rows.limit(1)).mappings().one())
    if changes:
        connection.execute(insert(cast("Table", table)), [first | change for change in changes])


def _multiply(connection: Connection, table: Table, assessments: Table, pattern: str) -> None:
    """What one assessment has in a table, for every other one too."""
    kept = [column for column in table.columns if column.name not in ("id", "assessment_id")]
    rows = (
        select(assessments.c.id, *kept)
        .join_from(table, assessments, true())
        .where(table.c.assessment_id == pattern, assessments.c.title == "Another’s")
        .order_by(assessments.c.id)
    )
    connection.execute(insert(table).from_select(["assessment_id", *(column.name for column in kept)], rows))
