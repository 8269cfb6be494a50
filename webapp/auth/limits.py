"""How often something may be tried or asked for: passwords, codes, mails, invitations, quick checks, PDFs."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import cast

from flask import current_app, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from webapp.db.mode import is_writing
from webapp.site import Site
from webapp.store.tries import Allowance, count_try, find_wait, forget_tries

__all__ = [
    "ALLOWANCES",
    "ANSWERS",
    "CODE",
    "INVITATION",
    "INVITING",
    "MAIL",
    "PASSWORD",
    "PDF",
    "QUICK_CHECK",
    "TELLING",
    "count",
    "forget",
    "place",
    "spend",
    "spend_if_left",
    "stop_if_tried_out",
]

PASSWORD = "password"  # noqa: S105 - the name of what is tried
CODE = "code"
MAIL = "mail"
INVITATION = "invitation"
INVITING = "inviting"
TELLING = "telling"
QUICK_CHECK = "quick check"
ANSWERS = "quick answers"
PDF = "pdf"

ALLOWANCES = {
    PASSWORD: Allowance(for_one=10, from_one_place=200),
    CODE: Allowance(for_one=10, from_one_place=200),
    MAIL: Allowance(for_one=5, from_one_place=200),
    INVITATION: Allowance(for_one=5, from_one_place=300),
    INVITING: Allowance(for_one=100, from_one_place=300),
    TELLING: Allowance(for_one=60, from_one_place=600),
    QUICK_CHECK: Allowance(for_one=200, from_one_place=200),
    ANSWERS: Allowance(for_one=300, from_one_place=3000),
    PDF: Allowance(for_one=30, from_one_place=300),
}
"""How often, within a quarter of an hour.

Strict for one account, where somebody guesses or pesters. Generous for one place: all the prisons of a country may
reach the internet by the same address, and a training day has a whole room register at once. An invitation is counted
for the address that it goes to, and inviting for the person who does it, as is telling colleagues what waits for them.
A quick check is begun by nobody known, so that only its place counts; its answers count for the one check.
"""

_HOME = 64
"""The bits of an IPv6 address that are one household's or office's; the others it can change as it likes."""


def stop_if_tried_out(kind: str, whom: str) -> None:
    """Answer “too many tries”, whether or not there is such an account."""
    wait = _find_wait(kind, whom)
    if wait is not None:
        raise TooManyRequests(retry_after=ceil(wait.total_seconds()))


def count(kind: str, whom: str) -> None:
    """Count a try; it counts for a quarter of an hour."""
    if is_writing():
        _count(kind, whom)
    else:
        _count_apart(kind, whom)


def forget(kind: str, whom: str) -> None:
    """Begin again, as after the right password."""
    forget_tries(kind, whom=whom.lower())


def spend(kind: str, whom: str) -> None:
    """Count something that is about to be done, or stop it where it was done too often."""
    stop_if_tried_out(kind, whom)
    count(kind, whom)


def spend_if_left(kind: str, whom: str) -> bool:
    """Count something that is about to be done; False where it was done too often, and is to be left out."""
    if _find_wait(kind, whom) is not None:
        return False
    count(kind, whom)
    return True


def place() -> str:
    """The network that a request comes from, as far as the proxies that are trusted say."""
    text = request.remote_addr or "unknown"
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, _HOME), strict=False))
    return text


def _find_wait(kind: str, whom: str) -> timedelta | None:
    return find_wait(kind, ALLOWANCES[kind], whom=whom.lower(), whence=place())


def _count(kind: str, whom: str) -> None:
    count_try(kind, whom=whom.lower(), whence=place())


def _count_apart(kind: str, whom: str) -> None:
    """Count in a transaction of its own, because that of a page which reads never writes."""
    try:
        with cast("Site", current_app).run_work(write=True) as work:
            _count(kind, whom)
            work.commit()
    except OperationalError:
        current_app.logger.warning("%s could not be counted: the database was busy", kind)
