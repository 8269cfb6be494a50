"""People at work on a site: each reads pages, saves a theme's page, and now and then asks for a PDF."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from urllib.parse import urlencode, urlsplit

from benchmarks.site_data import Desk
from benchmarks.site_server import fill_in

__all__ = ["Record", "Visitor", "attempt", "work"]

_SAVE_EVERY = 10
"""One request in so many saves a page of answers; the others read."""

_SECONDS_TO_ANSWER = 60


@dataclass(slots=True)
class Record:
    """What became of requests: when each was due, how long it took from then, and what went wrong."""

    taken: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Visitor:
    """Somebody at a desk, who keeps count of what they saved."""

    def __init__(self, site: str, desk: Desk, theme: str, *, number: int) -> None:
        self._host, self._desk, self._theme = urlsplit(site).netloc, desk, desk.full + theme
        self._fields, self._cookie = fill_in(site + self._theme, desk.cookie, {})
        self._place = f"10.0.0.{number}"  # each comes from an address of their own, as far as a trusted proxy says
        self._saves = 0
        read = cycle([self._theme, desk.full, f"{desk.full}/check", f"{desk.full}/results", desk.empty + theme])
        self._steps = cycle([*[lambda: self._read(next(read))] * (_SAVE_EVERY - 1), self._save])

    def step(self) -> str:
        """Do the next thing; gives what went wrong, or nothing."""
        return next(self._steps)()

    def print_report(self) -> str:
        """Ask for the gap report as PDF."""
        return self._read(f"{self._desk.full}/gap-report.pdf")

    def check_saved(self) -> str:
        """Whether what was saved last is there."""
        wanted = f"Saved {self._saves} times."
        return "" if not self._saves or wanted in self._ask("GET", self._theme)[1] else f"{wanted} is not there"

    def _read(self, path: str) -> str:
        status, _ = self._ask("GET", path)
        return "" if status == 200 else f"GET {path}: {status}"

    def _save(self) -> str:
        """Save another note with every answer, each on the version that was saved last."""
        self._saves += 1
        fields = {name: self._renew(name, value) for name, value in self._fields.items()}
        status, _ = self._ask("POST", self._theme, urlencode(fields))
        if status == 303:
            self._fields = fields
            return ""
        return f"POST {self._theme}: {status}"

    def _renew(self, name: str, value: str) -> str:
        if name.endswith(".note"):
            return f"Saved {self._saves} times."
        return str(int(value) + (self._saves > 1)) if name.endswith(".version") else value

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": self._cookie, "X-Forwarded-For": self._place, "Accept-Encoding": "gzip"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection(self._host, timeout=_SECONDS_TO_ANSWER)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            is_packed, content = answer.headers["Content-Encoding"] == "gzip", answer.read()
            return answer.status, (gzip.decompress(content) if is_packed else content).decode("utf-8", "replace")
        except (OSError, HTTPException) as error:
            return 0, repr(error)
        finally:
            connection.close()


def work(steps: list[Callable[[], str]], *, seconds: float, rate: float | None) -> Record:
    """Let all go on at the same time, each doing one thing after another; they end with the program at the latest.

    Args:
        steps: Does the next thing, and gives what went wrong; one for each person.
        seconds: How long.
        rate: How many things a second all of them do together; None for as many as they can. What is late is counted
            from when it was due.
    """
    record, start = Record(), time.monotonic()
    pause = len(steps) / rate if rate else 0.0
    threads = [
        threading.Thread(target=_go_on, args=(step, record, _times(first, pause, start + seconds)), daemon=True)
        for step, first in zip(steps, (start + pause * turn / len(steps) for turn in range(len(steps))), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return record


def _go_on(step: Callable[[], str], record: Record, times: Iterator[float]) -> None:
    for due in times:
        time.sleep(max(0.0, due - time.monotonic()))
        if fault := attempt(step):
            record.faults.append(fault)
        record.taken.append((due, time.monotonic() - due))


def attempt(step: Callable[[], str]) -> str:
    """Do a thing; gives what went wrong, whatever it is: somebody who stopped for it would look like quiet."""
    try:
        return step()
    except Exception as error:  # noqa: BLE001 - see above
        return repr(error)


def _times(first: float, pause: float, until: float) -> Iterator[float]:
    """When each thing is due; as soon as the last is done where there is no pause."""
    due = first
    while due < until:
        yield due
        due = due + pause if pause else time.monotonic()
