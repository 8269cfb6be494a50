"""What can be wrong with a person's files, said so that the person can put it right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = [
    "AssessmentError",
    "ComparisonError",
    "Fault",
    "FaultsError",
    "OutputError",
    "PlanError",
    "SelfAssessError",
    "StandardError",
    "one_line",
]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, where it is, and what to do about it.

    Attributes:
        file: The file as the person named it; empty when the data came from a program.
        line: Line in the file, counted from 1; 0 when the fault belongs to no line.
        place: What it concerns inside the file: an id, a field, a column.
        problem: What was found.
        remedy: What was expected, or how to put it right.
    """

    file: str
    line: int
    place: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """One line of text, ``file:line: place: problem. Remedy.``, whatever was typed."""
        where = f"{self.file}:{self.line}" if self.file and self.line else self.file
        head = ": ".join(part for part in (where, self.place) if part)
        text = f"{_sentence(self.problem)} {_sentence(self.remedy)}"
        return one_line(f"{head}: {text}" if head else text)


def _sentence(text: str) -> str:
    """Text with one mark at its end: a full stop where it has none of its own."""
    text = text.rstrip(". ")
    return text if text.endswith(("?", "!", "…")) else f"{text}."


def one_line(text: str) -> str:
    """Text on one line of a terminal: control characters, which could act on it, become “\ufffd”."""
    joined = " ".join(text.split())
    return joined if joined.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in joined)


class SelfAssessError(Exception):
    """Base of every error that this library raises on purpose."""


class FaultsError(SelfAssessError, ValueError):
    """Data with faults; all that were found are in ``faults``, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class StandardError(FaultsError):
    """A standard's data cannot be used."""


class AssessmentError(FaultsError):
    """An assessment cannot be scored as it is."""


class ComparisonError(FaultsError):
    """Two assessments cannot be set side by side."""


class PlanError(FaultsError):
    """An edited action plan cannot be read back."""


class OutputError(SelfAssessError, OSError):
    """A report or plan could not be written where it was wanted."""
