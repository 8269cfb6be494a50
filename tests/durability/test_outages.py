"""A full disk, and a database that may only be read: a clear page, nothing by halves, and on when there is room."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from tests.durability.authors import fill
from tests.durability.test_killing import check_integrity
from tests.durability.visiting import Visit, form_of
from tests.webapp.browser.server import Server
from tests.webapp.conftest import TestTeam
from tests.webapp.pages import Page
from webapp.site import Site
from webapp.store.answers import list_answers
from webapp.store.assessments import create_assessment, get_assessment
from webapp.store.scope import get_scope

pytestmark = pytest.mark.sqlite_only

PRACTICE = "POL-01"
LONG = "A text that needs room. " * 400


class Sheet:
    """An assessment, and what the database has of it."""

    def __init__(self, app: Site, team: TestTeam) -> None:
        self.app, self.team = app, team
        with app.run_work(write=True) as work:
            scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
            self.assessment = create_assessment(scope, title="2026", day=date(2026, 11, 1))
            work.commit()

    @property
    def page(self) -> str:
        return f"{self.team.address}/assessments/{self.assessment}/themes/policy"

    def notes(self) -> set[str]:
        """The notes of all answers."""
        with self.app.run_work(write=False):
            scope = get_scope(user_id=self.team.owner.id, organisation_id=self.team.organisation_id)
            answers = list_answers(get_assessment(scope, self.assessment))
        return {saved.answer.note for saved in answers.values()}


@pytest.fixture
def sheet(app: Site, team: TestTeam) -> Sheet:
    return Sheet(app, team)


@contextmanager
def full_disk(app: Site) -> Iterator[None]:
    """As if no page could be added to the database, which is how SQLite sees a full disk."""

    def limit(connection: Connection) -> None:
        (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").close()

    app.engine.dispose()
    event.listen(app.engine, "begin", limit)
    yield
    event.remove(app.engine, "begin", limit)
    app.engine.dispose()


def test_full_disk_gives_back_what_was_typed_and_works_again_when_there_is_room(app: Site, sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    form = form_of(client.page(sheet.page)) | {f"{PRACTICE}.level": "2", f"{PRACTICE}.note": LONG.strip()}
    with full_disk(app):
        answer = client.post(sheet.page, data=form, headers={"Sec-Fetch-Site": "same-origin"})
        page = Page(answer.text)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert page.words("h1") == "What you typed is not saved"
        assert "What you had saved before is safe, and what you typed is below." in page.words("main")
        assert LONG.strip() in page.words("main"), "nothing that was typed is lost"
        assert client.page(sheet.page).all("form"), "pages can still be read"
        assert sheet.notes() == set()
    again = client.post(sheet.page, data=form_of(page), headers={"Sec-Fetch-Site": "same-origin"})
    assert again.status_code == 303
    assert LONG.strip() in sheet.notes()
    check_integrity(app)


@contextmanager
def no_commit(app: Site) -> Iterator[None]:
    """As if the disk failed only in the last moment."""

    def fail(_: Connection) -> None:
        raise OperationalError("COMMIT", None, sqlite3.OperationalError("disk I/O error"))

    event.listen(app.engine, "commit", fail)
    yield
    event.remove(app.engine, "commit", fail)


def test_cookie_does_not_say_that_answers_were_saved_which_were_not(app: Site, sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    form = form_of(client.page(sheet.page)) | {f"{PRACTICE}.note": LONG}
    with no_commit(app):
        assert client.post(sheet.page, data=form | {"go": "list"}).status_code == 503
    # The word of it would make the page's script forget what it keeps on the device.
    page = client.get(sheet.page).text
    assert "are saved" not in page
    assert "data-answers-saved" not in page
    assert sheet.notes() == set()
    assert client.post(sheet.page, data=form | {"go": "list"}).status_code == 303
    assert "data-answers-saved" in client.get(sheet.page).text


def test_script_that_saves_is_told_in_its_own_way(app: Site, sheet: Sheet) -> None:
    client = sheet.team.contributor.client
    form = form_of(client.page(sheet.page)) | {f"{PRACTICE}.note": LONG, "practice": PRACTICE, "version": "0"}
    with full_disk(app):
        answer = client.post(f"{sheet.page}/autosave", data=form, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert answer.json == {"message": "Not saved yet: the site cannot save anything just now."}


def test_nothing_of_a_password_is_shown_and_nobody_is_signed_in(app: Site) -> None:
    visitor = app.test_client()
    form = form_of(Page(visitor.get("/sign-in").text)) | {"email": "a@example.org", "password": "a private phrase"}
    with read_only(app):
        answer = visitor.post("/sign-in", data=form)
    assert answer.status_code == 503
    assert "a private phrase" not in answer.text
    assert Page(answer.text).words("h1") == "The site is not available just now"


@contextmanager
def read_only(app: Site) -> Iterator[None]:
    """As if nothing could be written, from the next connection on."""

    def forbid(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = 1").close()

    app.engine.dispose()
    event.listen(app.engine, "engine_connect", forbid)
    yield
    event.remove(app.engine, "engine_connect", forbid)
    app.engine.dispose()


def test_database_that_is_gone_has_a_page_too(app: Site, sheet: Sheet, tmp_path: Path) -> None:
    app.engine.dispose()
    for path in tmp_path.glob("site.db*"):
        path.unlink()
    (tmp_path / "site.db").mkdir()
    answer = sheet.team.owner.client.get(sheet.page)
    assert answer.status_code == 503
    assert Page(answer.text).words("h1") == "The site is not available just now"
    readiness = app.test_client().get("/readyz")
    assert (readiness.status_code, readiness.text) == (503, "the database does not answer\n")


def test_log_names_the_cause_and_nothing_that_was_typed(
    app: Site, sheet: Sheet, caplog: pytest.LogCaptureFixture
) -> None:
    client = sheet.team.contributor.client
    form = form_of(client.page(sheet.page)) | {f"{PRACTICE}.note": LONG}
    with full_disk(app):
        client.post(sheet.page, data=form)
    (record,) = [record for record in caplog.records if "could not do its work" in record.message]
    assert getattr(record, "facts", None) == {"cause": "SQLITE_FULL"}
    assert "needs room" not in caplog.text


# --- The real server ---


@pytest.fixture
def writer(server: Server, sheet: Sheet) -> Callable[[], Visit]:
    """Starts the server, and signs somebody in who is at the page."""

    def enter() -> Visit:
        server.start()
        visit = Visit(server.port)
        visit.sign_in(sheet.team.contributor.email)
        assert visit.send(sheet.page, fill(form_of(visit.get(sheet.page).page), 1)).status == 303
        return visit

    return enter


@pytest.mark.slow
def test_file_that_may_not_grow_stops_saving_alone(
    server: Server, writer: Callable[[], Visit], sheet: Sheet, app: Site
) -> None:
    visit = writer()
    app.engine.dispose()
    form = form_of(visit.get(sheet.page).page) | {f"{PRACTICE}.note": LONG}
    biggest = max(path.stat().st_size for path in server.folder.glob("site.db-wal"))
    with limited(server, biggest):
        assert visit.send(sheet.page, form).status == 503
        assert visit.get(sheet.page).status == 200
        assert sheet.notes() == {"save 1"}
        app.engine.dispose()
    assert visit.send(sheet.page, form).status == 303
    check_integrity(app)


@contextmanager
def limited(server: Server, size: int) -> Iterator[None]:
    """Let no file of the server's grow beyond a size."""
    for process in server.processes():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    yield
    for process in server.processes():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest.mark.slow
def test_real_disk_that_fills_up_loses_nothing(small_disk: Path, app: Site, sheet: Sheet) -> None:
    app.engine.dispose()
    shutil.copy(small_disk.parent / "site.db", small_disk)
    server = Server(small_disk, database=f"sqlite:///{small_disk}/site.db")
    server.start()
    try:
        visit = Visit(server.port)
        visit.sign_in(sheet.team.contributor.email)
        assert visit.send(sheet.page, fill(form_of(visit.get(sheet.page).page), 1)).status == 303
        filler = small_disk / "filler"
        fill_up(filler)
        form = form_of(visit.get(sheet.page).page) | {f"{PRACTICE}.note": LONG}
        assert visit.send(sheet.page, form).status == 503
        assert "save 1" in visit.get(sheet.page).text
        filler.unlink()
        assert visit.send(sheet.page, form).status == 303
        assert LONG.strip() in visit.get(sheet.page).page.words("main")
    finally:
        server.stop()


def fill_up(path: Path) -> None:
    """Leave no room on a disk."""
    with path.open("wb", buffering=0) as file:
        size = 65536
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes, where the tests may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], check=False, capture_output=True)  # noqa: S603
    if made.returncode:
        pytest.skip("no small disk can be made here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)  # noqa: S603, S607


WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Even root keeps to the rights of files then."""


@pytest.mark.slow
def test_database_that_may_only_be_read_is_told_and_shown(
    writer: Callable[[], Visit], server: Server, sheet: Sheet, app: Site
) -> None:
    visit = writer()
    server.stop()
    app.engine.dispose()
    server.before = WITHOUT_RIGHTS if os.geteuid() == 0 else ()
    database = server.folder / "site.db"
    database.chmod(0o400)
    try:
        server.start(sign="/healthz")
        assert visit.get("/readyz").status == 503
        assert visit.get("/readyz").text == "the database can be read, and not written to\n"
        page = visit.get(sheet.page)
        assert page.status == 200
        assert "save 1" in page.text
        reply = visit.send(sheet.page, fill(form_of(page.page), 2))
        assert reply.status == 503
        assert "What you typed is not saved" in reply.page.words("h1")
        assert "save 2" in reply.page.words("main")
    finally:
        database.chmod(0o600)
    server.stop()
    server.before = ()
    server.start()
    assert visit.send(sheet.page, fill(form_of(visit.get(sheet.page).page), 2)).status == 303
    assert sheet.notes() == {"save 2"}
    check_integrity(app)


def test_migrating_a_database_that_may_only_be_read_is_refused_in_one_line(app: Site) -> None:
    with read_only(app):
        result = app.test_cli_runner().invoke(args=["migrate"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: The database cannot be used: attempt to write a readonly database.")
    assert result.output.count("\n") == 1
    with app.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
