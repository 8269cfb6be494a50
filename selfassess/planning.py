"""The action plan: one action for each gap, in the order of the priorities, for people to take over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from selfassess.model.answer import MET_LEVEL, Answer, Code
from selfassess.model.practice import Effort, Practice, Timeframe
from selfassess.model.standard import Standard
from selfassess.priorities import FIND_OUT, Priority, first_step
from selfassess.scorecard import Scorecard

__all__ = ["FIND_OUT", "Action", "ActionPlan", "ActionStatus", "Standing", "draft_action", "plan_actions"]


class ActionStatus(StrEnum):
    """How far an action has come."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    BLOCKED = "blocked"


class Standing(StrEnum):
    """Why an action is in the plan; only a revised plan has others than open ones."""

    OPEN = "open"
    CLOSED = "closed"
    DOES_NOT_APPLY = "does_not_apply"
    NOT_ANSWERED = "not_answered"
    NOT_ASKED = "not_asked"
    OWN = "own"
    """People added it; no practice is behind it."""


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done about one gap; the empty fields are for people to fill in.

    An action that people added (``Standing.OWN``) has no level, effort or timeframe unless they gave one.

    Attributes:
        reference: The practice's id; of an action that people added, its number in the plan, as “Own 1”.
        level_now: 0, 1 or DK; any other answer where the gap is no longer open.
        target_level: The level at which the gap is closed.
        start: The day the plan starts.
        due: The day the first action should be done.
        sources: The sources it counts towards, by short title.
        case_studies: Published examples, each as “title: what it shows”.
    """

    reference: str
    theme: str
    tier: str
    gap: str
    level_now: Code | None
    target_level: int | None
    action: str
    effort: Effort | None
    timeframe: Timeframe | None
    start: date
    due: date
    expected_evidence: tuple[str, ...]
    sources: tuple[str, ...]
    case_studies: tuple[str, ...]
    why: str
    is_quick_win: bool
    note: str
    owner: str = ""
    helpers: str = ""
    status: ActionStatus = ActionStatus.NOT_STARTED
    progress_note: str = ""
    last_reviewed: date | None = None
    standing: Standing = Standing.OPEN


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The actions of one assessment, first things first."""

    scorecard: Scorecard
    start: date
    actions: tuple[Action, ...]


def plan_actions(scorecard: Scorecard, *, start: date | None = None) -> ActionPlan:
    """Draft the action plan: one action for each gap, in the order of the priorities (DESIGN, section 4).

    Args:
        scorecard: What was scored.
        start: The day the plan starts; today where it is left out.
    """
    start = start or date.today()  # noqa: DTZ011 - a day on the reader's own calendar
    actions = tuple(_draft(scorecard.standard, priority, start) for priority in scorecard.priorities)
    return ActionPlan(scorecard, start, actions)


_DURATIONS = {
    Timeframe.IMMEDIATE: relativedelta(days=30),
    Timeframe.THREE_MONTHS: relativedelta(months=3),
    Timeframe.YEAR_1: relativedelta(months=12),
    Timeframe.ONGOING: relativedelta(months=12),
}
"""From start to due (DESIGN, section 4); a month that has no such day ends on its last."""


def _draft(standard: Standard, priority: Priority, start: date) -> Action:
    if priority.answer.level is None:
        raise AssertionError("an unanswered practice is no gap")
    return draft_action(
        standard, priority.practice, priority.answer, start, why=priority.why, is_quick_win=priority.is_quick_win
    )


def draft_action(
    standard: Standard, practice: Practice, answer: Answer, start: date, *, why: str, is_quick_win: bool = False
) -> Action:
    """The action for a practice as it is before anybody edits it."""
    first = practice.first_action
    return Action(
        reference=practice.id,
        theme=standard.theme_of[practice.id].title,
        tier=practice.tier.value,
        gap=practice.title,
        level_now=answer.level,
        target_level=MET_LEVEL,
        action=first_step(practice, answer),
        effort=first.effort,
        timeframe=first.timeframe,
        start=start,
        due=start + _DURATIONS[first.timeframe],
        expected_evidence=practice.evidence,
        sources=tuple(standard.source_by_id[source].short_title for source in standard.counted_sources[practice.id]),
        case_studies=_case_studies(standard, practice),
        why=why,
        is_quick_win=is_quick_win,
        note=answer.note,
    )


def _case_studies(standard: Standard, practice: Practice) -> tuple[str, ...]:
    return tuple(f"{standard.case_study_by_id[s.id].title}: {s.shows}" for s in practice.case_studies)
