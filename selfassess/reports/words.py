"""The words for what the library counts: one place, so that a report says a thing in one way only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from selfassess.comparison import Movement
from selfassess.explanation import round_half_up
from selfassess.model.answer import DK, NA, Code
from selfassess.model.practice import Effort, Timeframe
from selfassess.model.reference import Confirmation
from selfassess.planning import ActionStatus
from selfassess.readiness import Readiness
from selfassess.scoring import Rating

__all__ = [
    "CONFIRMATION_WORDS",
    "EFFORT_WORDS",
    "LEVEL_KEYS",
    "LEVEL_MARKS",
    "MOVEMENT_WORDS",
    "NOT_ANSWERED",
    "RATING_WORDS",
    "READINESS_MARKS",
    "READINESS_WORDS",
    "STATUS_WORDS",
    "TIMEFRAME_WORDS",
    "count",
    "day",
    "join_words",
    "percent",
    "sentence",
]

NOT_ANSWERED = "Not answered"

LEVEL_MARKS: dict[Code | None, str] = {
    3: "✓✓", 2: "✓", 1: "½", 0: "×", NA: "–", DK: "?", None: "…",
}  # fmt: skip
"""A mark beside the words of an answer, so that a column can be scanned in black and white."""

LEVEL_KEYS: dict[Code | None, str] = {
    3: "l3", 2: "l2", 1: "l1", 0: "l0", NA: "na", DK: "dk", None: "un",
}  # fmt: skip
"""The name of each answer in the style sheet."""

RATING_WORDS = {
    Rating.NOT_ASSESSED: "Not assessed",
    Rating.URGENT: "Urgent",
    Rating.INCOMPLETE: "Incomplete",
    Rating.ESTABLISHED: "Established",
    Rating.DEVELOPING: "Developing",
    Rating.STARTING: "Starting",
}

READINESS_WORDS = {
    Readiness.MET: "Met",
    Readiness.PARTLY: "Partly",
    Readiness.NOT_MET: "Not met",
    Readiness.UNKNOWN: NOT_ANSWERED,
    Readiness.NOT_APPLICABLE: "Does not apply",
    Readiness.NOT_COVERED: "Not covered",
}

READINESS_MARKS = {
    Readiness.MET: "✓",
    Readiness.PARTLY: "½",
    Readiness.NOT_MET: "×",
    Readiness.UNKNOWN: "…",
    Readiness.NOT_APPLICABLE: "–",
    Readiness.NOT_COVERED: "",
}

EFFORT_WORDS = {Effort.LOW: "low effort", Effort.MEDIUM: "medium effort", Effort.HIGH: "high effort"}

TIMEFRAME_WORDS = {
    Timeframe.IMMEDIATE: "start at once",
    Timeframe.THREE_MONTHS: "within three months",
    Timeframe.YEAR_1: "within a year",
    Timeframe.ONGOING: "keep going through the year",
}

STATUS_WORDS = {
    ActionStatus.NOT_STARTED: "Not started",
    ActionStatus.UNDER_WAY: "Under way",
    ActionStatus.DONE: "Done",
    ActionStatus.BLOCKED: "Blocked",
}

CONFIRMATION_WORDS = {
    Confirmation.CONFIRMED: "confirmed",
    Confirmation.PARTLY_CONFIRMED: "confirmed in part",
    Confirmation.NOT_CONFIRMED: "not confirmed",
}

MOVEMENT_WORDS = {
    Movement.IMPROVED: "Moved up",
    Movement.FELL: "Fell",
    Movement.NEWLY_ANSWERED: "Answered for the first time",
    Movement.NO_LONGER_ANSWERED: "No longer answered",
    Movement.BEGAN_TO_APPLY: "Began to apply",
    Movement.NO_LONGER_APPLIES: "No longer applies",
    Movement.RECONSIDERED: "Answered differently, neither better nor worse",
}
"""What moved, in the order in which it is shown; what stayed the same is not shown."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(when: date) -> str:
    """A day as people write it, whatever the machine's locale: “21 November 2026”."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: “1 gap”, “2 gaps”, “no gaps”."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number or 'no'} {noun}"


def percent(value: float) -> str:
    """A percentage as people see it: a whole number, halves upwards."""
    return f"{round_half_up(value)}%"


def join_words(words: Sequence[str]) -> str:
    """A list in a sentence: “a, b and c”."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def sentence(text: str) -> str:
    """Words as a sentence: a capital first, a full stop last."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")
