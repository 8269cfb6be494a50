"""What the first page says of the questionnaires."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess import Standard

__all__ = ["Start", "make_start"]


@dataclass(frozen=True, slots=True)
class Start:
    """How much there is.

    Attributes:
        summary: What the standard is about.
        kinds: Each kind of organisation: title, and for whom it is.
        quick: The most questions that a quick check asks.
        full: The most questions that a full assessment asks.
        themes: How many themes they belong to.
        sources: How many published sources they are shown against.
    """

    summary: str
    jurisdiction: str
    kinds: tuple[tuple[str, str], ...]
    quick: int
    full: int
    themes: int
    sources: int


def make_start(standard: Standard) -> Start:
    """What the standard has to offer, in numbers."""
    head = standard.head
    return Start(
        summary=head.summary,
        jurisdiction=head.jurisdiction,
        kinds=tuple((kind.title, kind.description) for kind in head.kinds),
        quick=_most(standard, "quick-check"),
        full=_most(standard, "full"),
        themes=len(head.themes),
        sources=len(standard.sources),
    )


def _most(standard: Standard, questionnaire: str) -> int:
    return max(len(standard.asked(questionnaire, kind)) for kind in standard.kinds)
