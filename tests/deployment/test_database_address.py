"""``DATABASE_URL`` is all that changes: the same commands and the same server, from an empty database on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.durability.visiting import Visit, form_of
from tests.webapp.browser.server import SECRET, Server
from webapp.commands.demo.people import PASSWORD

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Installation:
    """A folder, and an environment in which nothing is set but what has to be."""

    folder: Path
    database: str

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the site's commands to its end."""
        return self.begin(*words).finish()

    def begin(self, *words: str) -> Running:
        """Start one of the site's commands."""
        environment = os.environ | {
            "SELFASSESS_ENVIRONMENT": "local",
            "SELFASSESS_SECRET_KEY": SECRET,
            "SELFASSESS_INSTANCE": str(self.folder),
            "DATABASE_URL": self.database,
        }
        command = [sys.executable, "-m", "flask", "--app", "webapp.wsgi", *words]
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        return Running(process)


@dataclass(frozen=True)
class Running:
    """A command that was started."""

    process: subprocess.Popen[str]

    def finish(self) -> subprocess.CompletedProcess[str]:
        """Wait for its end."""
        output, errors = self.process.communicate(timeout=120)
        return subprocess.CompletedProcess(self.process.args, self.process.returncode, output, errors)


@pytest.fixture
def installation(bare_database: str, tmp_path: Path) -> Installation:
    """One whose database is empty."""
    return Installation(tmp_path, bare_database)


@pytest.fixture
def server(installation: Installation) -> Iterator[Server]:
    """Its server, not started yet."""
    made = Server(installation.folder, database=installation.database)
    yield made
    made.stop()


def test_site_is_made_filled_served_and_tidied_by_its_commands(installation: Installation, server: Server) -> None:
    server.start(sign="/healthz")
    before = Visit(server.port).get("/readyz")
    assert (before.status, before.text) == (503, "the database is to be migrated\n")

    made = installation.run("migrate")
    assert (made.returncode, made.stdout) == (0, "The database is up to date.\n"), made.stderr
    assert installation.run("demo").returncode == 0
    assert installation.run("purge").returncode == 0

    visit = Visit(server.port)
    assert (visit.get("/readyz").status, visit.get("/readyz").text) == (200, "ready\n")
    form = form_of(visit.get("/sign-in").page)
    assert visit.send("/sign-in", form | {"email": "owner@example.org", "password": PASSWORD}).status == 303
    assert "HMP Example" in visit.get("/organisations").text


def test_two_hosts_that_migrate_at_once_both_find_the_tables_made(installation: Installation) -> None:
    hosts = [installation.begin("migrate"), installation.begin("migrate")]
    for done in [host.finish() for host in hosts]:
        assert (done.returncode, done.stdout) == (0, "The database is up to date.\n"), done.stderr
