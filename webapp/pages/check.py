"""The page to check all answers before they are submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfassess import Scorecard
from selfassess.model.answer import NA
from selfassess.reports.words import NOT_ANSWERED
from selfassess.scoring import Entry, ThemeScore
from webapp.store.answers import SavedAnswer

__all__ = ["CheckPage", "CheckedAnswer", "CheckedTheme", "make_check_page"]


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """One practice with its answer in words.

    Attributes:
        text: The note, or why it does not apply; may be empty.
        evidence: How many pieces of evidence there are.
    """

    practice: str
    title: str
    label: str
    text: str
    evidence: int
    is_missing: bool
    is_to_confirm: bool

    @property
    def is_left(self) -> bool:
        """Whether something is left to do."""
        return self.is_missing or self.is_to_confirm


@dataclass(frozen=True, slots=True)
class CheckedTheme:
    """One theme with its answers, and the two counts."""

    theme: str
    title: str
    answered: int
    met: int
    answers: tuple[CheckedAnswer, ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """All themes, and what is left to do."""

    themes: tuple[CheckedTheme, ...]
    asked: int
    answered: int
    met: int

    @property
    def missing(self) -> int:
        """Practices that are not answered."""
        return sum(answer.is_missing for theme in self.themes for answer in theme.answers)

    @property
    def to_confirm(self) -> int:
        """Carried answers that nobody has confirmed."""
        return sum(answer.is_to_confirm for theme in self.themes for answer in theme.answers)

    @property
    def left(self) -> tuple[CheckedTheme, ...]:
        """The themes in which something is left, with only that."""
        kept = [(theme, tuple(answer for answer in theme.answers if answer.is_left)) for theme in self.themes]
        return tuple(
            CheckedTheme(theme.theme, theme.title, theme.answered, theme.met, answers)
            for theme, answers in kept
            if answers
        )


def make_check_page(card: Scorecard, saved: Mapping[str, SavedAnswer]) -> CheckPage:
    """The page.

    Args:
        card: The assessment, scored.
        saved: What is saved, by practice.
    """
    labels = card.standard.level_labels
    themes = tuple(_theme(item, labels, saved) for item in card.themes)
    return CheckPage(themes, card.overall.asked, card.overall.answered, card.overall.met)


def _theme(item: ThemeScore, labels: Mapping[int | str, str], saved: Mapping[str, SavedAnswer]) -> CheckedTheme:
    answers = tuple(_answer(entry, labels, saved.get(entry.practice.id)) for entry in item.entries)
    return CheckedTheme(item.theme.id, item.theme.title, item.result.answered, item.result.met, answers)


def _answer(entry: Entry, labels: Mapping[int | str, str], saved: SavedAnswer | None) -> CheckedAnswer:
    practice, answer = entry
    return CheckedAnswer(
        practice=practice.id,
        title=practice.title,
        label=NOT_ANSWERED if answer.level is None else labels[answer.level],
        text=answer.reason if answer.level == NA else answer.note,
        evidence=len(answer.evidence),
        is_missing=not answer.is_answered,
        is_to_confirm=saved is not None and saved.to_confirm,
    )
