"""People who save one page of answers again and again, whatever becomes of the server."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event, Thread

from tests.durability.visiting import Form, Visit, form_of

__all__ = ["Author", "find_practices", "number_of"]

_MARK = re.compile(r"save (\d+)")
_LEVELS = 4


@dataclass
class Author:
    """Somebody with a page of their own, on which all notes of one save are the same.

    Attributes:
        visit: Their browser, signed in.
        page: The address of the page.
        lives: Whether the server is there; while it is not, what was sent waits.
        acknowledged: The numbers of the saves that the site said yes to.
        resent: How many were sent again, because nobody knew what had become of them.
        faults: What the site answered that it never should.
    """

    visit: Visit
    page: str
    lives: Event
    acknowledged: list[int] = field(default_factory=list)
    resent: int = 0
    faults: list[str] = field(default_factory=list)
    _form: Form = field(default_factory=dict)
    _waiting: tuple[int, Form] | None = None
    _stop: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def begin(self) -> None:
        """Save, until told to stop."""
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop, once the save that is under way has been acknowledged."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=60)
            assert not self._thread.is_alive(), "a save was never acknowledged"

    def _work(self) -> None:
        while not self.faults and not (self._stop.is_set() and self._waiting is None):
            self.lives.wait()
            try:
                self._save()
            except (OSError, HTTPException):
                time.sleep(0.02)  # the server was killed; what was sent is sent again

    def _save(self) -> None:
        is_again = self._waiting is not None
        number, form = self._waiting = self._waiting or self._type()
        reply = self.visit.send(self.page, form)
        self.resent += is_again
        if reply.status == 303:
            self.acknowledged.append(number)
            self._waiting = None
        else:
            self.faults.append(f"save {number}: {reply.status}")

    def _type(self) -> tuple[int, Form]:
        """The next save. Nobody else changes this page, so every save makes one more version of each answer."""
        number = len(self.acknowledged) + 1
        if not self._form:
            self._form = form_of(self.visit.get(self.page).page)
        versions = {name: str(number - 1) for name in self._form if name.endswith(".version")}
        return number, fill(self._form, number) | versions


def fill(form: Form, number: int) -> Form:
    """The same note and level for every practice, which say which save it is."""
    notes = {name: f"save {number}" for name in form if name.endswith(".note")}
    levels = {f"{practice}.level": str(number % _LEVELS) for practice in find_practices(form)}
    return form | notes | levels


def find_practices(names: Iterable[str]) -> list[str]:
    """The practices of a page's form."""
    return [name.removesuffix(".note") for name in names if name.endswith(".note")]


def number_of(note: str) -> int:
    """Which save a note is of; 0 for none."""
    found = _MARK.fullmatch(note)
    return int(found[1]) if found else 0
