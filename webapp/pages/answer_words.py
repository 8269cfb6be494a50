"""An answer in words, and two answers beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfassess import Answer
from selfassess.reports.words import NOT_ANSWERED

__all__ = ["Labels", "Part", "describe_answer", "list_differences"]

Labels = Mapping[int | str, str]
"""What people see for each answer, by its code."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer; ``before`` only where two answers are compared."""

    title: str
    text: str
    before: str = ""


def describe_answer(answer: Answer, labels: Labels) -> tuple[Part, ...]:
    """The parts of an answer that say something; what was chosen is always said."""
    level, *others = _parts(answer, labels)
    return (level, *(part for part in others if part.text))


def list_differences(before: Answer, after: Answer, labels: Labels) -> tuple[Part, ...]:
    """The parts in which two answers differ."""
    pairs = zip(_parts(before, labels), _parts(after, labels), strict=True)
    return tuple(Part(new.title, new.text, old.text) for old, new in pairs if old.text != new.text)


def _parts(answer: Answer, labels: Labels) -> tuple[Part, ...]:
    return (
        Part("Answer", NOT_ANSWERED if answer.level is None else labels[answer.level]),
        Part("Why it does not apply", answer.reason),
        Part("Note", answer.note),
        Part("Evidence", "\n".join(answer.evidence)),
    )
