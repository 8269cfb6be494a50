"""The real server and a real browser, with script and without."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pydantic import SecretStr

from tests.webapp.browser.visitor import WIDE, Visitor
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import make_settings
from webapp import create_app
from webapp.site import Site

SECRET = "for tests only, and long enough for them"  # noqa: S105
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SECONDS_TO_START = 30


@dataclass(frozen=True)
class Server:
    """The site, served by gunicorn, and the folder of its database and mails."""

    address: str
    folder: Path


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _environment(folder: Path, address: str) -> dict[str, str]:
    return os.environ | {
        "SELFASSESS_ENVIRONMENT": "local",
        "SELFASSESS_SECRET_KEY": SECRET,
        "SELFASSESS_SITE_ADDRESS": address,
        "SELFASSESS_INSTANCE": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/site.db",
    }


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert process.poll() is None, "the server did not start"
        try:
            with urlopen(f"{address}/readyz", timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def server(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site as people meet it, with one database for all tests of the browser."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copy(empty_database, folder / "site.db")
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "webapp.wsgi:app"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=_environment(folder, address), stdout=log, stderr=log)  # noqa: S603
        try:
            _wait_for(address, process)
            yield Server(address, folder)
        finally:
            process.terminate()
            process.wait(timeout=SECONDS_TO_START)


@pytest.fixture
def app(server: Server) -> Iterator[Site]:
    """The same site in this process, to put people and answers into its database."""
    made = create_app(
        make_settings(server.folder, database_url=f"sqlite:///{server.folder}/site.db", secret_key=SecretStr(SECRET))
    )
    assert isinstance(made, Site)
    made.test_client_class = CheckingClient
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, "no Chromium on this machine: script/setup dev installs it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def with_script(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    chosen: bool = request.param
    return chosen


@pytest.fixture(scope="session")
def auditor(browser: Browser) -> Page:
    """A page that runs the audit for browsers that run no script."""
    return browser.new_page(viewport=WIDE)


NewVisitor = Callable[[], Visitor]


@pytest.fixture
def new_visitor(browser: Browser, auditor: Page, server: Server, with_script: bool) -> Iterator[NewVisitor]:
    """Open a browser of somebody new."""
    contexts: list[BrowserContext] = []

    def open_one() -> Visitor:
        context = browser.new_context(
            base_url=server.address, java_script_enabled=with_script, locale="en-GB", reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), auditor, with_script=with_script)

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """Somebody who comes to the site."""
    return new_visitor()
