"""The real server and a real browser, with script and without."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pydantic import SecretStr

from tests.webapp.browser.server import SECRET, Server, run_server
from tests.webapp.browser.visitor import WIDE, Visitor
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakeTeam, TestTeam, make_settings
from webapp import create_app
from webapp.site import Site

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def server(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site as people meet it, with one database for all tests of the browser."""
    with run_server(empty_database, tmp_path_factory.mktemp("server")) as running:
        yield running


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


@pytest.fixture
def crew(make_team: MakeTeam) -> TestTeam:
    """A prison of this test's own in the server's database, with one person in each role."""
    return make_team(f"HMP {uuid4().hex[:8]}")
