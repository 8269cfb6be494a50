"""An action in words, for the formats of office programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from selfassess.model.answer import Code
from selfassess.model.practice import Effort
from selfassess.model.standard import Standard
from selfassess.planning import Action, ActionPlan, Standing
from selfassess.reports.words import NOT_ANSWERED, TIMEFRAME_WORDS, day, sentence

__all__ = [
    "EFFORTS",
    "STANDINGS",
    "STARTS",
    "count_months",
    "count_owners",
    "count_tiers",
    "describe_plan",
    "level_words",
    "tier_words",
    "timeframe_words",
]

EFFORTS = {Effort.LOW: "Low", Effort.MEDIUM: "Medium", Effort.HIGH: "High"}

STANDINGS = {
    Standing.OPEN: "Open gap",
    Standing.CLOSED: "Gap has closed",
    Standing.DOES_NOT_APPLY: "Does not apply now",
    Standing.NOT_ANSWERED: "Not answered this time",
    Standing.NOT_ASKED: "Not asked this time",
    Standing.OWN: "Added by you",
}


def level_words(standard: Standard, level: Code | int | None, standing: Standing = Standing.OPEN) -> str:
    """A level as its label; nothing for an action that no practice is behind."""
    if standing is Standing.OWN:
        return ""
    return NOT_ANSWERED if level is None else standard.level_labels[level]


def tier_words(standard: Standard, action: Action) -> str:
    """The label of an action's tier; empty where people added the action."""
    return next((tier.label for tier in standard.head.tiers if tier.id == action.tier), "")


def timeframe_words(action: Action) -> str:
    """When it can be done, as a sentence; empty where nobody said."""
    return sentence(TIMEFRAME_WORDS[action.timeframe]) if action.timeframe else ""


STARTS = "Plan starts"
"""The label beside the day that an edited plan is read back with."""


def describe_plan(plan: ActionPlan) -> dict[str, str]:
    """Whose plan it is and what it rests on, label by label."""
    standard, assessment = plan.scorecard.standard, plan.scorecard.assessment
    organisation = assessment.organisation
    told = {
        "Organisation": organisation.name,
        "Kind of organisation": standard.kinds[organisation.kind].title,
        "Your reference": organisation.reference or "",
        "Group or region": organisation.group or "",
        "Date of the assessment": day(assessment.date) if assessment.date else "",
        "Questionnaire": standard.questionnaires[assessment.questionnaire].title,
        STARTS: day(plan.start),
        "Standard": standard.id,
        "Version": standard.version,
        "Content hash": standard.hash,
    }
    return {label: text for label, text in told.items() if text}


def count_tiers(plan: ActionPlan) -> dict[str, int]:
    """How many actions each tier has, by its label; last those that people added."""
    labels: dict[str, str] = {tier.id: tier.label for tier in plan.scorecard.standard.head.tiers}
    return _count([*labels.values(), _ADDED], (labels.get(a.tier, _ADDED) for a in plan.actions))


def count_owners(plan: ActionPlan) -> dict[str, int]:
    """How many actions each owner has, in the order of the plan; last those that nobody owns yet."""
    owners = [action.owner or _NOBODY for action in plan.actions]
    return _count([*dict.fromkeys(owner for owner in owners if owner != _NOBODY), _NOBODY], owners)


def count_months(plan: ActionPlan) -> dict[str, int]:
    """How many actions are due in each month, as “November 2026”, earliest first."""
    days = sorted(action.due for action in plan.actions)
    months = [day(due).partition(" ")[2] for due in days]
    return _count(dict.fromkeys(months), months)


_ADDED, _NOBODY = "Added by you", "Nobody yet"


def _count(order: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    """How often each is found, in the order given; what is not found is left out."""
    counted = Counter(found)
    return {name: counted[name] for name in order if counted[name]}
