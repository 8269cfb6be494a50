"""The invented people of the demonstration, one for each thing that somebody can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from webapp.clock import fixed_time
from webapp.store.people import create_person

__all__ = ["CAST", "PASSWORD", "Actor", "People", "at", "make_people"]

PASSWORD = "look round the demonstration"  # noqa: S105 - it is printed for everybody

People = dict[str, str]
"""The ids of people by what they are called here."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody to sign in as.

    Attributes:
        key: What the demonstration calls them.
        part: What they are, for whoever wants to sign in as them.
    """

    key: str
    name: str
    email: str
    part: str


CAST = (
    Actor("prison owner", "Gwen Parry", "owner@example.org", "owner of HMP Example"),
    Actor("approver", "Martin Hale", "approver@example.org", "approver of HMP Example: its governor"),
    Actor("contributor", "Aisha Khan", "contributor@example.org", "contributor of HMP Example"),
    Actor("reader", "Tom Ellis", "reader@example.org", "reader of HMP Example"),
    Actor("charity owner", "Ffion Rees", "charity@example.org", "owner of Cyfeillion Example Friends"),
    Actor("group reader", "Helen Marsh", "group@example.org", "reader of the group with both"),
    Actor("administrator", "Ravi Shah", "administrator@example.org", "administrator of the site"),
)


def make_people(password_hash: str) -> People:
    """Give everybody an account."""
    with at(2025, 9, 1):
        return {
            actor.key: create_person(name=actor.name, email=actor.email, password_hash=password_hash).id
            for actor in CAST
        }


@contextmanager
def at(year: int, month: int, day: int, hour: int = 10) -> Iterator[None]:
    """Let it be that day, so that what happens within has a history that reads like a real one."""
    token = fixed_time.set(datetime(year, month, day, hour, tzinfo=UTC))
    try:
        yield
    finally:
        fixed_time.reset(token)
