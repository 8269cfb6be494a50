"""The history of an answer, in words; what one person typed in one go is one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from webapp.pages.answer_words import Labels, Part, list_differences
from webapp.store.answers import Change

__all__ = ["HistoryEntry", "join_steps", "make_history"]

_ONE_GO = timedelta(minutes=10)

_WORDS = {
    "saved": "Changed",
    "carried": "Given earlier, and carried over",
    "confirmed": "Confirmed as still right",
    "not_kept": "Not kept, because somebody else had changed the answer meanwhile",
}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry.

    Attributes:
        what: What happened, in words.
        who: The name of who did it; empty where the account is gone.
        parts: What changed, from and to; of a text that was not kept, how it differs from the one that was.
        is_lost: Whether it is a text that was not kept.
    """

    what: str
    who: str
    when: datetime
    parts: tuple[Part, ...]
    is_lost: bool


def make_history(changes: Iterable[Change], labels: Labels) -> tuple[HistoryEntry, ...]:
    """The entries of a history, in the order of the changes."""
    return tuple(
        HistoryEntry(
            what=_WORDS[change.kind],
            who=change.changed_by,
            when=change.changed_at,
            parts=list_differences(change.before, change.after, labels),
            is_lost=change.kind == "not_kept",
        )
        for change in changes
    )


def join_steps(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with those joined that one person made one after another within ten minutes.

    An answer that saves itself while somebody types changes every few seconds.

    Args:
        changes: The latest first; they come back in this order.
    """
    joined: list[Change] = []
    for change in changes:
        if joined and _is_same_go(change, joined[-1]):
            joined[-1] = replace(joined[-1], before=change.before)
        else:
            joined.append(change)
    return tuple(joined)


def _is_same_go(earlier: Change, later: Change) -> bool:
    are_saved = earlier.kind == later.kind == "saved"
    are_near = later.changed_at - earlier.changed_at <= _ONE_GO
    return are_saved and bool(earlier.changed_by) and earlier.changed_by == later.changed_by and are_near
