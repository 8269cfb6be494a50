"""Events in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import webapp
from webapp.pages.audit import event_choices, make_lines
from webapp.store.audit import EventRecord


def make_event(event: str = "role_changed", **changes: object) -> EventRecord:
    values: dict[str, object] = {
        "happened_at": datetime(2026, 11, 22, tzinfo=UTC),
        "event": event,
        "user_id": "1",
        "user_name": "Ann",
        "subject_id": "2",
        "subject_name": "Bea",
        "organisation_id": None,
        "organisation_name": None,
        "details": {},
    }
    return EventRecord(**(values | changes))  # type: ignore[arg-type]


def test_role_is_told_in_words() -> None:
    (line,) = make_lines([make_event(details={"role": "approver", "was": "reader"})])
    assert (line.who, line.what, line.more) == (
        "Ann",
        "Changed somebody’s role",
        "Bea. Role: approver, before reader",
    )


def test_what_has_no_name_is_still_told() -> None:
    (line,) = make_lines([make_event(user_name="", organisation_id="3")])
    assert (line.who, line.organisation) == ("A closed account", "A deleted organisation")
    (line,) = make_lines([make_event("account_created", user_id=None, user_name=None)])
    assert line.who == "A deleted account"
    (line,) = make_lines([make_event("administrator_appointed", user_id=None, user_name=None)])
    assert line.who == "The site"


def test_changed_fields_are_named() -> None:
    (line,) = make_lines([make_event("organisation_changed", subject_name=None, details={"fields": ["name", "kind"]})])
    assert line.more == "Changed: name, kind"


def test_unknown_event_is_readable() -> None:
    assert event_choices(["something_new"]) == (("something_new", "Something new"),)


def test_every_event_of_the_store_has_words() -> None:
    """Whoever records a new event finds out here that it needs words."""
    text = "".join(file.read_text(encoding="utf-8") for file in Path(webapp.__file__).parent.rglob("*.py"))
    names = set(re.findall(r"(?:record_event|_record|_log|_take_out|_clear)\([^\"()]*\"([a-z]+_[a-z_]+)\"", text))
    assert len(names) > 20
    for name, words in event_choices(names):
        assert words != name.replace("_", " ").capitalize(), name
