"""The site as people meet it: served by gunicorn, from a folder of its own, and able to be killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import webapp

SECRET = "for tests only, and long enough for them"  # noqa: S105
SECONDS_TO_START = 30
CONFIGURATION = Path(webapp.__file__).with_name("gunicorn_conf.py")
"""How ``script/server`` serves too."""


def _find_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """The site on this machine, and the folder of its database and mails.

    Attributes:
        folder: Its instance folder, with `site.db`.
        port: Where it listens; the same after it was started again.
        database: The address of its database; by default `site.db` in its folder.
        before: What stands before the command that serves, as a program that takes rights away.
    """

    folder: Path
    port: int = field(default_factory=_find_port)
    database: str = ""
    before: tuple[str, ...] = ()
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether it was started, and neither stopped nor killed since."""
        return self._process is not None

    def processes(self) -> list[int]:
        """The server and its workers."""
        assert self._process is not None
        first = self._process.pid
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]

    def start(self, *, sign: str = "/readyz") -> None:
        """Serve, and wait until it gives this sign of life."""
        command = [*self.before, sys.executable, "-m", "gunicorn", "--config", str(CONFIGURATION)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own server
                command, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        self._wait(sign)

    def stop(self) -> None:
        """Let it finish what it is doing, and stop; nothing where it does not run."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it and its workers at once, in whatever they are doing, as a machine that loses its power does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if how is signal.SIGKILL:
            os.killpg(self._process.pid, how)
        else:
            self._process.send_signal(how)
        self._process.wait(timeout=SECONDS_TO_START)
        self._process = None

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "SELFASSESS_ENVIRONMENT": "local",
            "SELFASSESS_SECRET_KEY": SECRET,
            "SELFASSESS_SITE_ADDRESS": self.address,
            "SELFASSESS_INSTANCE": str(self.folder),
            "DATABASE_URL": self.database or f"sqlite:///{self.folder}/site.db",
            "PORT": str(self.port),
        }

    def _wait(self, sign: str) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            assert self._process is not None
            assert self._process.poll() is None, "the server did not start"
            try:
                with urlopen(f"{self.address}{sign}", timeout=5):  # noqa: S310 - our own server
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not answer")


@contextmanager
def run_server(empty_database: Path, folder: Path) -> Iterator[Server]:
    """Serve a site with an empty database while tests run."""
    shutil.copy(empty_database, folder / "site.db")
    server = Server(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
