"""A served site with people and assessments in it, and a bare Flask application to compare it with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from lxml import html
from pydantic import SecretStr

from selfassess import Answer
from webapp import create_app
from webapp.auth.sessions import SESSION_KEY
from webapp.commands.migrate import prepare_database
from webapp.settings import Settings
from webapp.site import Site
from webapp.store.answers import Draft, save_answers
from webapp.store.assessments import create_assessment, get_open_assessment
from webapp.store.organisations import create_organisation
from webapp.store.people import create_person
from webapp.store.scope import Scope, get_scope
from webapp.store.sessions import begin_session

__all__ = ["THEME", "Served", "serve"]

THEME = "working-together"
"""The theme whose page is asked for: the longest of the standard, with nine practices."""

WORKERS = 2
_SECRET = "for benchmarks only, and long enough for them"  # noqa: S105
_SECONDS_TO_START = 30


@dataclass(frozen=True)
class Served:
    """Two servers of the same kind: the site, and the least that Flask can do.

    Attributes:
        empty: The path of an assessment without answers.
        full: The path of one in which everything is answered, each with a note.
        blanks: The paths of many without answers, to save the first answers of.
        cookie: The cookie of somebody signed in.
        form: The fields of the theme's form, filled in.
    """

    site: str
    bare: str
    empty: str
    full: str
    blanks: tuple[str, ...]
    cookie: str
    form: str


bare = Flask("bare")


@bare.get("/")
def answer() -> str:
    """The least that can be answered."""
    return "answer\n"


@contextmanager
def serve(*, blanks: int) -> Iterator[Served]:
    """Serve both, each with two synchronous workers of gunicorn.

    Args:
        blanks: How many assessments without answers there are to save in.
    """
    with TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        site_address, bare_address = f"http://127.0.0.1:{_free_port()}", f"http://127.0.0.1:{_free_port()}"
        app, scope, cookie = _fill(folder)
        paths = _assess(app, scope, blanks)
        app.engine.dispose()
        running.enter_context(_gunicorn("webapp.wsgi:app", site_address, folder))
        running.enter_context(_gunicorn("benchmarks.site_server:bare", bare_address, folder))
        _wait_for(f"{site_address}/readyz")
        _wait_for(f"{bare_address}/")
        form, cookie = _fill_in(f"{site_address}{paths[0]}/themes/{THEME}", cookie)
        yield Served(site_address, bare_address, paths[0], paths[1], tuple(paths[2:]), cookie, form)


def _fill(folder: Path) -> tuple[Site, Scope, str]:
    app = create_app(_settings(folder))
    if not isinstance(app, Site):
        raise TypeError
    prepare_database(app)
    with app.run_work(write=True) as work:
        person = create_person(name="A Person", email="person@example.org", password_hash="unused").id  # noqa: S106
        organisation = create_organisation(user_id=person, name="HMP Example", kind="prison")
        work.flush()
        scope = get_scope(user_id=person, organisation_id=organisation)
        session_id = begin_session(user_id=person, device="A benchmark")
        uniquifier = work.connection().exec_driver_sql("SELECT fs_uniquifier FROM user_account").scalar_one()
        work.commit()
    values = {"_user_id": uniquifier, "_fresh": True, "_id": "", SESSION_KEY: session_id}
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise AssertionError("the application has a key")
    return app, scope, f"session={signer.dumps(values)}"


def _settings(folder: Path) -> Settings:
    return Settings(
        environment="local",
        secret_key=SecretStr(_SECRET),
        database_url=f"sqlite:///{folder}/site.db",
        instance=folder,
    )


def _assess(app: Site, scope: Scope, blanks: int) -> list[str]:
    with app.run_work(write=True) as work:
        ids = [create_assessment(scope, title="2026", day=date(2026, 11, 1)) for _ in range(blanks + 2)]
        full = get_open_assessment(scope, ids[1])
        asked = full.standard.asked("full", scope.kind)
        said = Answer(level=2, note="The policy was read by the trustees in June, and is in the shared folder. " * 3)
        save_answers(scope, full, [Draft(practice.id, said, 0) for practice in asked])
        work.commit()
    return [f"/organisations/{scope.organisation_id}/assessments/{key}" for key in ids]


def _fill_in(address: str, cookie: str) -> tuple[str, str]:
    """The form of the theme's page, every practice answered with a note, and the cookie that its token belongs to."""
    with urlopen(Request(address, headers={"Cookie": cookie})) as answer_:  # noqa: S310 - our own server
        page = html.fromstring(answer_.read())
        renewed = (answer_.headers["Set-Cookie"] or cookie).partition(";")[0]
    form = next(form for form in page.forms if form.get("data-autosave-url"))
    fields = {key: value or "" for key, value in form.form_values()}
    for key in [key for key in fields if key.endswith(".version")]:
        practice = key.removesuffix(".version")
        fields |= {f"{practice}.level": "2", f"{practice}.note": "Done, and written down in the shared folder."}
    return urlencode(fields), renewed


@contextmanager
def _gunicorn(application: str, address: str, folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "--config", "webapp/gunicorn_conf.py"]
    variables = os.environ | {
        "SELFASSESS_ENVIRONMENT": "local",
        "SELFASSESS_SECRET_KEY": _SECRET,
        "PORT": address.rpartition(":")[2],
        "WEB_CONCURRENCY": str(WORKERS),
        "SELFASSESS_INSTANCE": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/site.db",
    }
    process = subprocess.Popen([*command, application], env=variables, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
