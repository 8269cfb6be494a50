"""What the action plan calls its fields, and how it writes their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from selfassess.office.plan_words import EFFORTS
from selfassess.reports.words import STATUS_WORDS, day
from webapp.store.plan_records import Written

__all__ = ["FIELD_TITLES", "NOBODY", "PART_TITLES", "STANDARD_WORDS", "write_field"]

NOBODY = "Nobody yet"
"""Where no owner is named."""

STANDARD_WORDS = "As the standard says"
"""Where people wrote nothing of their own, so that the standard's words stand there."""

FIELD_TITLES: dict[str, str] = {
    "gap": "What it is about",
    "theme": "Theme",
    "action": "What to do",
    "owner": "Owner",
    "helpers": "Helpers",
    "start": "Start",
    "due": "Due",
    "effort": "Effort",
    "status": "Status",
    "progress_note": "Progress",
    "evidence": "Evidence",
    "last_reviewed": "Last reviewed",
}
"""The fields in the order in which people meet them."""

PART_TITLES: dict[str, str] = {**FIELD_TITLES, "dates": "Start and due"}
"""The same, with what is chosen as a whole."""

_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "start": day,
    "due": day,
    "effort": EFFORTS.__getitem__,
    "status": STATUS_WORDS.__getitem__,
    "evidence": "\n".join,
    "last_reviewed": day,
}

_FOLLOWING = ("action", "effort", "evidence")
"""Where a practice is behind the action, these say what the standard says until somebody writes there."""


def write_field(written: Written, field: str, *, is_own: bool) -> str:
    """A field as a text, without codes; empty where there is nothing."""
    value = getattr(written, field)
    if not value:
        return STANDARD_WORDS if field in _FOLLOWING and not is_own else ""
    return _WRITERS.get(field, str)(value)
