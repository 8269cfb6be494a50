"""The practices of an assessment, and those that somebody asks to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from selfassess import Answer, Scorecard
from selfassess.model.answer import DK, NA
from selfassess.reports.view.themes import PracticeView, show_practice
from selfassess.reports.words import NOT_ANSWERED
from selfassess.scoring import Entry

__all__ = ["Choice", "PracticeList", "list_practices"]

_Rule = Callable[[Answer], bool]

_STATUSES: dict[str, tuple[str, _Rule]] = {
    "met": ("Met", lambda answer: answer.is_met),
    "gap": ("A gap", lambda answer: answer.is_gap),
    "unanswered": (NOT_ANSWERED, lambda answer: not answer.is_answered),
}
_LEVELS = {"embedded": 3, "in-place": 2, "partly": 1, "not-in-place": 0, "not-known": DK, "not-applicable": NA}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to narrow the list by.

    Attributes:
        value: What stands in the address; empty for all.
    """

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PracticeList:
    """The practices that were asked for.

    Attributes:
        filters: The name of each field with its label and choices.
        practices: With the title of the theme and how it was answered.
        total: How many were asked in the whole.
        is_narrowed: Whether anything was chosen.
    """

    filters: tuple[tuple[str, str, tuple[Choice, ...]], ...]
    practices: tuple[tuple[str, PracticeView], ...]
    total: int
    is_narrowed: bool


def list_practices(card: Scorecard, wanted: Mapping[str, str]) -> PracticeList:
    """The practices of a theme, a tier and a status.

    Args:
        card: What was scored.
        wanted: ``theme``, ``tier`` and ``status`` as in the address; what is empty or unknown narrows nothing.
    """
    labels: dict[str, dict[str, str]] = {
        "theme": {item.theme.id: item.theme.title for item in card.themes},
        "tier": {tier.id: tier.label for tier in card.standard.head.tiers},
        "status": _status_labels(card),
    }
    chosen = {name: wanted.get(name, "") for name in labels if wanted.get(name, "") in labels[name]}
    names = {"theme": "Theme", "tier": "Tier", "status": "Status"}
    return PracticeList(
        filters=tuple((name, names[name], _choices(held, chosen.get(name, ""))) for name, held in labels.items()),
        practices=tuple(
            (item.theme.title, show_practice(card, entry))
            for item in card.themes
            if chosen.get("theme", item.theme.id) == item.theme.id
            for entry in item.entries
            if _fits(entry, chosen)
        ),
        total=len(card.entries),
        is_narrowed=bool(chosen),
    )


def _status_labels(card: Scorecard) -> dict[str, str]:
    levels = {value: card.standard.level_labels[code] for value, code in _LEVELS.items()}  # type: ignore[index]
    return {value: label for value, (label, _) in _STATUSES.items()} | levels


def _choices(labels: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    return (Choice("", "All", not chosen), *(Choice(value, label, value == chosen) for value, label in labels.items()))


def _fits(entry: Entry, chosen: Mapping[str, str]) -> bool:
    practice, answer = entry
    status = chosen.get("status", "")
    if chosen.get("tier", practice.tier.value) != practice.tier.value:
        return False
    if status in _STATUSES:
        return _STATUSES[status][1](answer)
    return not status or answer.level == _LEVELS[status]
