"""The action plan as plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from selfassess.model.answer import MET_LEVEL
from selfassess.planning import Action, ActionPlan, ActionStatus, Standing
from selfassess.reports.view.common import Level, show_level
from selfassess.reports.words import EFFORT_WORDS, STATUS_WORDS, TIMEFRAME_WORDS, count, day, sentence
from selfassess.scorecard import Scorecard

__all__ = ["ActionView", "PlanView", "show_plan"]

UNASSIGNED = "Nobody yet"
MARKS = {True: "☑", False: "☐"}
LONG = 400
"""A text of more characters than this would fill pages of a narrow column, so it stands at the end, at full width."""

AT_THE_END = "In full at the end of this plan."


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action; empty texts are for people to fill in.

    Attributes:
        level: Now; None where people added the action, so that no practice is behind it.
        standing: Why it is in the plan although it is no open gap; empty where it is one.
        timing: Effort and timeframe in words, as far as they are known.
        status: Each status there is, the present one ticked.
        case_studies: Published examples, each as “title: what it shows”.
        note: What was typed with the answer.
    """

    reference: str
    gap: str
    level: Level | None
    target: Level | None
    standing: str
    quick_win: bool
    action: str
    timing: str
    owner: str
    helpers: str
    start: str
    due: str
    evidence: tuple[str, ...]
    status: tuple[str, ...]
    progress_note: str
    last_reviewed: str
    sources: tuple[str, ...]
    case_studies: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Share:
    """A line of a summary: an owner or a day, with the actions that belong to it."""

    name: str
    actions: int
    musts: int
    quick_wins: int
    first_due: str
    references: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The action plan, in the order in which it is read.

    Attributes:
        standing: Whether it was signed, by whom and when; empty where nobody is asked to sign.
        figures: Number and name: actions, musts, quick wins.
        empty: What is said where there are no actions; None where there are some.
        groups: The tiers, each with its actions, first things first.
        long_texts: What it is, and the text as typed, for what is too long for the table.
    """

    language: str
    title: str
    organisation: str
    standard: str
    facts: tuple[tuple[str, str], ...]
    standing: str
    figures: tuple[tuple[int, str], ...]
    empty: str | None
    by_owner: tuple[Share, ...]
    by_due: tuple[Share, ...]
    groups: tuple[tuple[str, tuple[ActionView, ...]], ...]
    long_texts: tuple[tuple[str, str], ...]


def show_plan(plan: ActionPlan, *, standing: str = "", checksum: str = "") -> PlanView:
    """The action plan; it has no part on its method, so the checksum stands among its facts. See `show_report`."""
    card = plan.scorecard
    musts = sum(action.tier == "must" for action in plan.actions)
    wins = sum(action.is_quick_win for action in plan.actions)
    return PlanView(
        language=card.standard.head.language,
        title=f"Action plan: {card.assessment.organisation.name}",
        organisation=card.assessment.organisation.name,
        standard=card.standard.title,
        facts=_facts(plan, checksum),
        standing=standing,
        figures=((len(plan.actions), "actions"), (musts, "on must practices"), (wins, "quick wins")),
        empty=None if plan.actions else _empty_words(card),
        by_owner=_share_by_owner(plan.actions),
        by_due=_share_by_due(plan.actions),
        groups=_groups(plan),
        long_texts=tuple(
            (f"{action.reference}: {name}", text)
            for action in plan.actions
            for name, text in (("note", action.note), ("progress", action.progress_note))
            if len(text) > LONG
        ),
    )


def _facts(plan: ActionPlan, checksum: str) -> tuple[tuple[str, str], ...]:
    assessment = plan.scorecard.assessment
    organisation = assessment.organisation
    facts = (
        ("Reference", organisation.reference),
        ("Group", organisation.group),
        ("Assessed on", day(assessment.date) if assessment.date else None),
        ("Plan starts on", day(plan.start)),
        ("Standard", f"{plan.scorecard.standard.title}, version {plan.scorecard.standard.version}"),
        ("Signed answers, SHA-256", checksum),
    )
    return tuple((name, value) for name, value in facts if value)


def _empty_words(card: Scorecard) -> str:
    overall = card.overall
    if not overall.answered:
        return (
            f"Nothing has been answered yet, so there is nothing to plan. {count(overall.asked, 'practice')} are "
            "waiting: answer the must practices first, then the core ones, and make the plan again."
        )
    if overall.unanswered:
        return (
            f"No gaps among the {count(overall.answered, 'practice')} answered so far. "
            f"The plan may grow: {overall.unanswered} are not answered."
        )
    return (
        "There are no gaps: every practice that applies is met, so there is nothing to put right. Keep the evidence "
        "where it can be found, and assess again in a year."
    )


def _groups(plan: ActionPlan) -> tuple[tuple[str, tuple[ActionView, ...]], ...]:
    """Open gaps by tier; then, in a plan that was revised, what people added and what is no open gap any more."""
    card, standings = plan.scorecard, (Standing.OPEN, Standing.OWN)
    held = [
        *(
            (f"{tier.label} practices", [a for a in plan.actions if a.tier == tier.id and a.standing is Standing.OPEN])
            for tier in card.standard.head.tiers
        ),
        ("Added to the plan", [a for a in plan.actions if a.standing is Standing.OWN]),
        ("No longer open gaps", [a for a in plan.actions if a.standing not in standings]),
    ]
    return tuple((title, tuple(_show(card, action) for action in actions)) for title, actions in held if actions)


def _timing(action: Action) -> str:
    effort = EFFORT_WORDS[action.effort] if action.effort else ""
    timeframe = TIMEFRAME_WORDS[action.timeframe] if action.timeframe else ""
    words = ", ".join(filter(None, [effort, timeframe]))
    return sentence(words) if words else ""


def _show(card: Scorecard, action: Action) -> ActionView:
    is_own = action.standing is Standing.OWN
    return ActionView(
        reference=action.reference,
        gap=action.gap,
        level=None if is_own else show_level(card.standard, action.level_now),
        target=None if is_own else show_level(card.standard, MET_LEVEL),  # type: ignore[arg-type]
        standing="" if action.standing is Standing.OPEN else action.why,
        quick_win=action.is_quick_win,
        action=sentence(action.action),
        timing=_timing(action),
        owner=action.owner,
        helpers=action.helpers,
        start=day(action.start),
        due=day(action.due),
        evidence=action.expected_evidence,
        status=tuple(f"{MARKS[status is action.status]} {STATUS_WORDS[status]}" for status in ActionStatus),
        progress_note=_shorten(action.progress_note),
        last_reviewed=day(action.last_reviewed) if action.last_reviewed else "",
        sources=action.sources,
        case_studies=tuple(sentence(text) for text in action.case_studies),
        note=_shorten(action.note),
    )


def _shorten(text: str) -> str:
    return text if len(text) <= LONG else AT_THE_END


def _share_by_owner(actions: Iterable[Action]) -> tuple[Share, ...]:
    """Owners by name; what nobody has taken on comes first."""
    held: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        held[action.owner.strip()].append(action)
    return tuple(_share(owner or UNASSIGNED, held[owner]) for owner in sorted(held))


def _share_by_due(actions: Iterable[Action]) -> tuple[Share, ...]:
    held: dict[date, list[Action]] = defaultdict(list)
    for action in actions:
        held[action.due].append(action)
    return tuple(_share(day(due), held[due]) for due in sorted(held))


def _share(name: str, actions: list[Action]) -> Share:
    return Share(
        name=name,
        actions=len(actions),
        musts=sum(action.tier == "must" for action in actions),
        quick_wins=sum(action.is_quick_win for action in actions),
        first_due=day(min(action.due for action in actions)),
        references=", ".join(action.reference for action in actions),
    )
