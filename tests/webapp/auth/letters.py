"""The mails that a site under test wrote, and the other things that tests of accounts need."""

from __future__ import annotations

import email
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email import policy

from tests.webapp.client import CheckingClient
from webapp.clock import fixed_time, now
from webapp.settings import Settings
from webapp.site import Site


@dataclass(frozen=True)
class Letter:
    """One mail."""

    to: str
    subject: str
    text: str

    @property
    def link(self) -> str:
        """The path of the first link."""
        found = re.search(r"http://127\.0\.0\.1:\d+(/\S+)", self.text)
        assert found, self.text
        return found[1]


def read_letters(app: Site) -> list[Letter]:
    """Every mail so far, the oldest first."""
    settings: Settings = app.extensions["settings"]
    return [_read(path.read_bytes()) for path in sorted((settings.instance / "mail").glob("*.eml"))]


def _read(content: bytes) -> Letter:
    message = email.message_from_bytes(content, policy=policy.default)
    return Letter(str(message["To"]), str(message["Subject"]), message.get_content())


def make_fresh(client: CheckingClient) -> None:
    """As if the password had just been given."""
    with client.session_transaction() as cookie:
        cookie["fs_paa"] = time.time()


@contextmanager
def later(**units: float) -> Iterator[None]:
    """As if it were later."""
    token = fixed_time.set(now() + timedelta(**units))
    try:
        yield
    finally:
        fixed_time.reset(token)
