"""What is still open: not answered, not known, not applicable, and notes that belong to nothing asked."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.model.answer import DK, NA, Answer
from selfassess.reports.view.common import Evidence, Named, name_practices, show_evidence
from selfassess.scorecard import Scorecard

__all__ = ["Remaining", "show_remaining"]


@dataclass(frozen=True, slots=True)
class Excused:
    """A practice that does not apply, and the reason as it was typed."""

    practice: Named
    reason: str


@dataclass(frozen=True, slots=True)
class Aside:
    """What was typed about a practice that was not asked here."""

    practice: Named
    texts: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is still open."""

    unanswered: tuple[tuple[str, tuple[Named, ...]], ...]
    unknown: tuple[Named, ...]
    excused: tuple[Excused, ...]
    asides: tuple[Aside, ...]


def show_remaining(card: Scorecard) -> Remaining:
    """What is still open; the unanswered by theme."""
    waiting = (
        (item.theme.title, name_practices(*(p for p, answer in item.entries if not answer.is_answered)))
        for item in card.themes
    )
    return Remaining(
        unanswered=tuple((title, practices) for title, practices in waiting if practices),
        unknown=name_practices(*(p for p, answer in card.entries if answer.level == DK)),
        excused=tuple(Excused(Named(p.id, p.title), a.reason) for p, a in card.entries if a.level == NA),
        asides=_asides(card),
    )


def _asides(card: Scorecard) -> tuple[Aside, ...]:
    """Notes on practices that this questionnaire does not ask; typed, so they are shown."""
    asked = {entry.practice.id for entry in card.entries}
    return tuple(
        Aside(
            Named(practice_id, card.standard.practices[practice_id].title),
            tuple(filter(None, [answer.note, answer.reason])),
            tuple(show_evidence(text) for text in answer.evidence),
        )
        for practice_id, answer in card.assessment.answers.items()
        if practice_id not in asked and _is_typed(answer)
    )


def _is_typed(answer: Answer) -> bool:
    return bool(answer.note or answer.reason or answer.evidence)
