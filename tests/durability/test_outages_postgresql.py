"""A PostgreSQL that is full, may only be read, is away or cuts a connection: a clear page, nothing by halves, on."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool
from werkzeug.test import TestResponse

from tests.durability.authors import fill
from tests.durability.test_outages import Sheet
from tests.durability.visiting import Form, Visit, form_of
from tests.figures import Figure
from tests.webapp.browser.server import Server
from tests.webapp.conftest import TestTeam
from tests.webapp.pages import Page
from webapp.site import Site

pytestmark = pytest.mark.postgresql_only

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
MOST = 200
MILLISECONDS = 5000
"""How long the server may take to end a connection."""


@pytest.fixture
def sheet(app: Site, team: TestTeam) -> Sheet:
    return Sheet(app, team)


@pytest.fixture
def operator(app: Site) -> Iterator[Engine]:
    """Somebody who runs the server, with connections of their own."""
    engine = create_engine(app.engine.url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


def run(operator: Engine, *commands: str) -> None:
    """Do something to the database from beside the site."""
    with operator.connect() as connection:
        for command in commands:
            connection.exec_driver_sql(command)


def page_of(sheet: Sheet) -> Page:
    return sheet.team.contributor.client.page(sheet.page)


def send(sheet: Sheet, form: Form) -> TestResponse:
    return sheet.team.contributor.client.post(sheet.page, data=form, headers=SAME_ORIGIN)


def readiness(app: Site) -> tuple[int, str]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.text.strip()


def check_unsaved(answer: TestResponse, number: int) -> Form:
    """The page for it, which says so and has all that was typed; what it would send again."""
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    page = Page(answer.text)
    assert page.words("h1") == "What you typed is not saved"
    assert "What you had saved before is safe, and what you typed is below." in page.words("main")
    assert f"save {number}" in page.words("main")
    return form_of(page)


def check_works_again(app: Site, sheet: Sheet, form: Form, number: int) -> None:
    """What was not saved is saved when it is sent again."""
    assert send(sheet, form).status_code == 303
    assert sheet.notes() == {f"save {number}"}
    assert readiness(app) == (200, "ready")


# --- It may only be read ---


@contextmanager
def read_only(app: Site, operator: Engine) -> Iterator[None]:
    """As an operator sets it, from the next connection on."""
    name = app.engine.url.database
    run(operator, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    app.engine.dispose()
    yield
    # Who is connected already may only read, too, unless they ask for more.
    run(operator, "SET default_transaction_read_only = off", f'ALTER DATABASE "{name}" RESET ALL')
    app.engine.dispose()


def test_database_that_may_only_be_read_is_shown_and_told(app: Site, sheet: Sheet, operator: Engine) -> None:
    assert send(sheet, fill(form_of(page_of(sheet)), 1)).status_code == 303
    with read_only(app, operator):
        assert readiness(app) == (503, "the database can be read, and not written to")
        assert "save 1" in page_of(sheet).words("main")
        again = check_unsaved(send(sheet, fill(form_of(page_of(sheet)), 2)), 2)
        assert sheet.notes() == {"save 1"}
    check_works_again(app, sheet, again, 2)


# --- Its disk is full ---

_TRIGGER = """
CREATE FUNCTION be_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE CONSTRAINT TRIGGER be_full AFTER INSERT OR UPDATE ON answer {when} FOR EACH ROW EXECUTE FUNCTION be_full()
"""


@contextmanager
def full_disk(operator: Engine, when: str) -> Iterator[None]:
    """As if the server had no room for an answer, or found so only when it commits."""
    run(operator, _TRIGGER.format(when=when))
    yield
    run(operator, "DROP TRIGGER be_full ON answer", "DROP FUNCTION be_full")


@pytest.mark.parametrize("when", ["", "DEFERRABLE INITIALLY DEFERRED"], ids=["at once", "at the commit"])
def test_full_disk_gives_back_what_was_typed_and_works_again_when_there_is_room(
    app: Site, sheet: Sheet, operator: Engine, caplog: pytest.LogCaptureFixture, when: str
) -> None:
    assert send(sheet, fill(form_of(page_of(sheet)), 1)).status_code == 303
    with full_disk(operator, when):
        again = check_unsaved(send(sheet, fill(form_of(page_of(sheet)), 2)), 2)
        page = page_of(sheet)
        assert "save 1" in page.words("main")
        assert "are saved" not in page.words("main")
        assert sheet.notes() == {"save 1"}
    (record,) = [record for record in caplog.records if "could not do its work" in record.message]
    assert getattr(record, "facts", None) == {"cause": "53100"}
    assert "save 2" not in caplog.text
    check_works_again(app, sheet, again, 2)


# --- It is away ---


@contextmanager
def away(app: Site, operator: Engine) -> Iterator[None]:
    """As if the server had stopped: the connections that there are end, and nobody listens for others."""
    with closing(socket.socket()) as closed:
        closed.bind(("127.0.0.1", 0))  # and does not listen
        port = closed.getsockname()[1]

        def refuse(dialect: object, record: object, words: object, options: dict[str, Any]) -> None:
            del dialect, record, words
            options["port"] = port

        event.listen(app.engine, "do_connect", refuse)
        cut_all(operator)
        yield
        event.remove(app.engine, "do_connect", refuse)


def cut_all(operator: Engine) -> int:
    """End every connection to the database but this one; how many they were."""
    with operator.connect() as connection:
        ended = connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, :most) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            ),
            {"most": MILLISECONDS},
        ).all()
    return len(ended)


def test_server_that_is_away_has_its_pages_and_all_works_when_it_is_back(
    app: Site, sheet: Sheet, operator: Engine
) -> None:
    assert send(sheet, fill(form_of(page_of(sheet)), 1)).status_code == 303
    form = fill(form_of(page_of(sheet)), 2)
    with away(app, operator):
        assert readiness(app) == (503, "the database does not answer")
        assert app.test_client().get("/healthz").status_code == 200
        page = sheet.team.contributor.client.page(sheet.page, status=503)
        assert page.words("h1") == "The site is not available just now"
        again = check_unsaved(send(sheet, form), 2)
    assert sheet.notes() == {"save 1"}
    assert send(sheet, again | {"csrf_token": page_of(sheet).csrf}).status_code == 303
    assert sheet.notes() == {"save 2"}
    assert readiness(app) == (200, "ready")


def test_script_that_saves_is_told_in_its_own_way(app: Site, sheet: Sheet, operator: Engine) -> None:
    form = form_of(page_of(sheet)) | {"POL-01.note": "save 1", "practice": "POL-01", "version": "0"}
    with away(app, operator):
        answer = sheet.team.contributor.client.post(
            f"{sheet.page}/autosave", data=form, headers={"Accept": "application/json"}
        )
    assert answer.status_code == 503
    assert answer.json == {"message": "Not saved yet: the site cannot save anything just now."}


# --- It cuts a connection ---


def test_connection_that_was_cut_between_two_pages_is_noticed_by_nobody(
    app: Site, sheet: Sheet, operator: Engine
) -> None:
    for number in range(1, 4):
        form = fill(form_of(page_of(sheet)), number)
        assert cut_all(operator) > 0
        assert send(sheet, form).status_code == 303
        assert cut_all(operator) > 0
        assert f"save {number}" in page_of(sheet).words("main")
    assert readiness(app) == (200, "ready")


class Cutter:
    """Ends the site's connection before a statement of a request, or before its commit, or before it is let go of."""

    def __init__(self, operator: Engine, before: int) -> None:
        self._operator, self._before = operator, before
        self.statements = 0
        self.has_spoilt = False

    def hear_statement(self, connection: Connection, *_: object) -> None:
        self.hear(connection)
        self.has_spoilt |= self.statements == self._before

    def hear(self, connection: Connection) -> None:
        self.statements += 1
        if self.statements == self._before:
            driver: Any = connection.connection.dbapi_connection
            with self._operator.connect() as other:
                asked = text("SELECT pg_terminate_backend(:pid, :most)")
                assert other.execute(asked, {"pid": driver.info.backend_pid, "most": MILLISECONDS}).scalar()

    @property
    def has_cut(self) -> bool:
        """Whether the request got as far."""
        return self.statements >= self._before


@contextmanager
def cutting(app: Site, operator: Engine, before: int) -> Iterator[Cutter]:
    """While one request is answered."""
    cutter = Cutter(operator, before)
    event.listen(app.engine, "before_cursor_execute", cutter.hear_statement)
    event.listen(app.engine, "commit", cutter.hear_statement)
    event.listen(app.engine, "rollback", cutter.hear)
    yield cutter
    event.remove(app.engine, "before_cursor_execute", cutter.hear_statement)
    event.remove(app.engine, "commit", cutter.hear_statement)
    event.remove(app.engine, "rollback", cutter.hear)


def _checked_out(app: Site) -> int:
    pool = app.engine.pool
    assert isinstance(pool, QueuePool)
    return pool.checkedout()


Ask = Callable[[int], TestResponse]
Check = Callable[[int, TestResponse], None]


def cut_everywhere(app: Site, operator: Engine, ask: Ask, check: Check) -> int:
    """Ask again and again, cut off one statement later each time; how many statements there are."""
    for before in range(1, MOST):
        with cutting(app, operator, before) as cutter:
            answer = ask(before)
        assert _checked_out(app) == 0, "every connection was let go of"
        assert (answer.status_code == 503) == cutter.has_spoilt
        check(before, answer)
        if not cutter.has_cut:
            return before - 1
    raise AssertionError


def test_save_that_is_cut_anywhere_is_not_kept_and_says_so(
    app: Site, sheet: Sheet, operator: Engine, figure: Figure
) -> None:
    assert send(sheet, fill(form_of(page_of(sheet)), 0)).status_code == 303

    def save(before: int) -> TestResponse:
        return send(sheet, fill(form, before))

    def check(before: int, answer: TestResponse) -> None:
        assert sheet.team.contributor.client.get(sheet.page).status_code == 200, "the next request works"
        assert sheet.notes() == {f"save {before if answer.status_code == 303 else 0}"}
        if answer.status_code == 503:
            check_unsaved(answer, before)
        else:
            assert send(sheet, fill(form_of(page_of(sheet)), 0)).status_code == 303
            form.update(form_of(page_of(sheet)))

    form = form_of(page_of(sheet))
    figure("statements of a save at which PostgreSQL cut the connection", cut_everywhere(app, operator, save, check))


def test_page_that_is_cut_anywhere_has_its_page_and_the_next_one_works(
    app: Site, sheet: Sheet, operator: Engine, figure: Figure
) -> None:
    assert send(sheet, fill(form_of(page_of(sheet)), 1)).status_code == 303

    def read(_: int) -> TestResponse:
        return sheet.team.contributor.client.get(sheet.page)

    def check(_: int, answer: TestResponse) -> None:
        assert ("save 1" in answer.text) == (answer.status_code == 200)
        assert "save 1" in page_of(sheet).words("main")

    figure("statements of a page at which PostgreSQL cut the connection", cut_everywhere(app, operator, read, check))


# --- The real server ---

CUTS = 10


@pytest.mark.slow
def test_server_goes_on_when_all_its_connections_are_cut(
    server: Server, sheet: Sheet, app: Site, operator: Engine, figure: Figure
) -> None:
    app.engine.dispose()
    server.start()
    visit = Visit(server.port)
    visit.sign_in(sheet.team.contributor.email)
    ended = 0
    for number in range(1, CUTS + 1):
        form = fill(form_of(visit.get(sheet.page).page), number)
        ended += cut_all(operator)
        assert visit.send(sheet.page, form).status == 303
        assert sheet.notes() == {f"save {number}"}
        app.engine.dispose()
    assert ended >= CUTS
    assert visit.get("/readyz").status == 200
    figure("connections of a running server that PostgreSQL cut, none noticed", ended)
