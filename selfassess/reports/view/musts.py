"""The must practices, with the law and the rules that they touch."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.model.practice import Tier
from selfassess.model.reference import Rule
from selfassess.priorities import first_step
from selfassess.reports.view.common import Level, show_level
from selfassess.reports.words import CONFIRMATION_WORDS, day, sentence
from selfassess.scorecard import Scorecard

__all__ = ["MustView", "RuleView", "show_musts"]


@dataclass(frozen=True, slots=True)
class RuleView:
    """A law or rule: its title, how far and when it was checked."""

    title: str
    checked: str


@dataclass(frozen=True, slots=True)
class MustView:
    """A must practice with the answer to it; ``action`` is what to do first where it is a gap."""

    id: str
    title: str
    level: Level
    action: str
    rules: tuple[RuleView, ...]


def show_musts(card: Scorecard) -> tuple[MustView, ...]:
    """Every must practice that was asked."""
    return tuple(
        MustView(
            practice.id,
            practice.title,
            show_level(card.standard, answer.level),
            sentence(first_step(practice, answer)) if answer.is_gap else "",
            tuple(_show_rule(card.standard.rules[rule]) for rule in practice.rules),
        )
        for practice, answer in card.entries
        if practice.tier is Tier.MUST
    )


def _show_rule(rule: Rule) -> RuleView:
    return RuleView(rule.title, f"checked on {day(rule.checked_on)}, {CONFIRMATION_WORDS[rule.status]}")
