"""A served site, and a bare Flask application to compare it with, each with two synchronous workers of gunicorn."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from lxml import html

from benchmarks.site_data import SECRET

__all__ = ["BARE", "SITE", "Server", "fill_in", "serve"]

SITE = "webapp.wsgi:app"
BARE = "benchmarks.bare:app"

_WORKERS = 2
_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 40
"""More than gunicorn gives its workers to end by themselves."""


@dataclass(frozen=True, slots=True)
class Server:
    """What was started: its address, its first process, and the seconds until it answered."""

    address: str
    process: int
    seconds_to_start: float

    def list_processes(self) -> list[int]:
        """All of its processes: the first, its workers, and what they have started."""
        return _list_family(self.process)

    def list_web_processes(self) -> list[int]:
        """The first process and its workers, without what those have started."""
        return [self.process, *_list_children(self.process)]

    def measure_memory(self) -> dict[int, float]:
        """MiB of each process, where what several share counts for each in part; by number."""
        said = {process: _read(process, "smaps_rollup") for process in self.list_processes()}
        return {process: int(text.partition("\nPss:")[2].split()[0]) / 1024 for process, text in said.items() if text}


def _list_family(process: int) -> list[int]:
    """A process, those that it has started, and those that they have."""
    found, new = [], [process]
    while new:
        found += new
        new = [child for parent in new for child in _list_children(parent)]
    return found


def _list_children(process: int) -> list[int]:
    return [int(child) for child in _read(process, f"task/{process}/children").split()]


def _read(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return ""  # it has ended meanwhile


@contextmanager
def serve(application: str, folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve an application until the end of the block.

    Args:
        application: `SITE` or `BARE`.
        folder: The instance folder with the database.
        settings: Variables of the environment besides.
    """
    address = f"http://127.0.0.1:{_free_port()}"
    command = [sys.executable, "-m", "gunicorn", "--config", "webapp/gunicorn_conf.py", application]
    start = time.monotonic()
    variables = _variables(address, folder) | dict(settings or {})
    process = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL)  # noqa: S603 - our own server
    try:
        _wait_for(f"{address}/readyz" if application == SITE else address, process)
        yield Server(address, process.pid, time.monotonic() - start)
    finally:
        _stop(process)


def _variables(address: str, folder: Path) -> dict[str, str]:
    return os.environ | {
        "SELFASSESS_ENVIRONMENT": "local",
        "SELFASSESS_SECRET_KEY": SECRET,
        "SELFASSESS_INSTANCE": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/site.db",
        "PORT": address.rpartition(":")[2],
        "WEB_CONCURRENCY": str(_WORKERS),
    }


def fill_in(address: str, cookie: str, changes: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """A theme's form, filled in, and the cookie that its token belongs to.

    Args:
        address: Of the theme's page.
        cookie: Of who is signed in.
        changes: What is entered for every practice, by field, as ``level`` and ``note``.
    """
    with urlopen(Request(address, headers={"Cookie": cookie})) as page:  # noqa: S310 - our own server
        tree = html.fromstring(page.read())
        renewed = (page.headers["Set-Cookie"] or cookie).partition(";")[0]
    form = next(form for form in tree.forms if form.get("data-autosave-url"))
    fields = {key: value or "" for key, value in form.form_values()}
    for key in [key for key in fields if key.endswith(".version")]:
        practice = key.removesuffix(".version")
        fields |= {f"{practice}.{name}": value for name, value in changes.items()}
    return fields, renewed


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for the first answer, as long as there is somebody to give it."""
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ChildProcessError(f"the server of {address} ended with {process.returncode} before it answered")
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, ConnectionError):
            time.sleep(0.02)
    raise TimeoutError(f"{address} does not answer")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server; by force, and with all that it has started, if it takes too long."""
    process.terminate()
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        for each in _list_family(process.pid):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
