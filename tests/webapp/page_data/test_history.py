"""What one person changes in one go is one entry of a history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from selfassess import Answer
from webapp.pages.history import join_steps
from webapp.store.answers import Change

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def change(minute: float, note: str, before: str = "", who: str = "Kim", kind: str = "saved") -> Change:
    moment = NOON + timedelta(minutes=minute)
    return Change("POL-01", kind, 1, Answer(note=before), Answer(note=note), who, moment)


def notes(*changes: Change) -> list[tuple[str, str]]:
    """From and to of what is joined; the changes are given with the first one first."""
    return [(each.before.note, each.after.note) for each in join_steps(changes[::-1])]


def test_steps_of_ten_minutes_are_one_change() -> None:
    assert notes(change(0, "O"), change(5, "On", "O"), change(10, "One", "On")) == [("", "One")]


def test_later_step_is_another_change() -> None:
    assert notes(change(0, "O"), change(10.1, "On", "O")) == [("O", "On"), ("", "O")]


def test_steps_of_two_people_stay_apart() -> None:
    assert len(notes(change(0, "O"), change(1, "On", "O", who="Lee"), change(2, "One", "On"))) == 3


def test_steps_of_closed_accounts_stay_apart() -> None:
    assert len(notes(change(0, "O", who=""), change(1, "On", "O", who=""))) == 2


def test_text_that_was_not_kept_is_never_joined() -> None:
    assert len(notes(change(0, "O"), change(1, "Lost", "O", kind="not_kept"), change(2, "On", "O"))) == 3
