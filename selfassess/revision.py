"""An action plan that people edited, carried over to answers that were scored again.

What they wrote always stays; what they left as it was drafted follows the new answers; new gaps are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from selfassess.model.answer import NA, Answer
from selfassess.model.practice import Effort
from selfassess.model.standard import Standard
from selfassess.planning import FIND_OUT, Action, ActionPlan, ActionStatus, Standing, draft_action
from selfassess.scorecard import Scorecard

__all__ = ["EditedAction", "is_own_reference", "own_reference", "revise_plan"]

_OWN = re.compile(r"own ([1-9][0-9]{0,3})", re.IGNORECASE)

_OWN_DURATION = relativedelta(months=12)
"""From start to due where people added an action without a day: the longest that DESIGN, section 4, knows."""


@dataclass(frozen=True, slots=True)
class EditedAction:
    """What people wrote about one action; an empty field says nothing.

    Attributes:
        reference: A practice's id, or ``own_reference(n)`` for an action that people added.
        gap: What it is about; of an added action only, like ``theme`` and ``note``.
    """

    reference: str
    gap: str = ""
    theme: str = ""
    note: str = ""
    action: str = ""
    effort: Effort | None = None
    owner: str = ""
    helpers: str = ""
    start: date | None = None
    due: date | None = None
    expected_evidence: tuple[str, ...] = ()
    status: ActionStatus | None = None
    progress_note: str = ""
    last_reviewed: date | None = None


def own_reference(number: int) -> str:
    """The reference of an action that people added, from 1."""
    return f"Own {number}"


def is_own_reference(text: str) -> bool:
    """Whether a reference is that of an action that people added."""
    return _OWN.fullmatch(text) is not None


def revise_plan(plan: ActionPlan, edits: Iterable[EditedAction]) -> ActionPlan:
    """Put what people wrote into a plan that was drafted from newer answers.

    Every action of ``edits`` is in the result. One whose practice is no gap any more stays, and its ``standing`` says
    why it is no gap. First come the plan's own actions in their order, then those that people added, then those
    without a gap. Revising twice with the same edits changes nothing.

    Args:
        plan: The plan as it was drafted, or as it was revised before.
        edits: What people wrote, each reference once.

    Raises:
        ValueError: A reference is neither a practice of the standard nor that of an added action.
    """
    by_reference = {edit.reference: edit for edit in edits}
    known = {action.reference for action in plan.actions}
    added = [_draft(plan, edit) for reference, edit in by_reference.items() if reference not in known]
    added.sort(key=lambda action: action.standing is not Standing.OWN)
    actions = (_apply(plan, action, by_reference.get(action.reference)) for action in [*plan.actions, *added])
    return replace(plan, actions=tuple(actions))


def _draft(plan: ActionPlan, edit: EditedAction) -> Action:
    """An action for something that is no gap of this plan."""
    if is_own_reference(edit.reference):
        return _draft_own(plan, edit)
    standard, assessment = plan.scorecard.standard, plan.scorecard.assessment
    practice = standard.practices.get(edit.reference)
    if practice is None:
        raise ValueError(f"{edit.reference} is no practice of this standard")
    answer = assessment.answer_to(practice.id)
    standing = _standing(plan.scorecard, practice.id, answer)
    why = _why(standard, standing, answer)
    return replace(draft_action(standard, practice, answer, plan.start, why=why), standing=standing)


def _standing(card: Scorecard, practice_id: str, answer: Answer) -> Standing:
    if all(entry.practice.id != practice_id for entry in card.entries):
        return Standing.NOT_ASKED
    if answer.level == NA:
        return Standing.DOES_NOT_APPLY
    return Standing.CLOSED if answer.is_met else Standing.NOT_ANSWERED


def _why(standard: Standard, standing: Standing, answer: Answer) -> str:
    if standing is Standing.CLOSED and answer.level is not None:
        return f"The gap has closed: the answer is now “{standard.level_labels[answer.level]}”."
    return _WHY[standing]


_WHY = {
    Standing.DOES_NOT_APPLY: "No longer a gap: the answer is now that it does not apply.",
    Standing.NOT_ANSWERED: "It was not answered this time, so nobody can say whether the gap has closed.",
    Standing.NOT_ASKED: "It was not asked this time, so nobody can say whether the gap has closed.",
}


def _draft_own(plan: ActionPlan, edit: EditedAction) -> Action:
    start = edit.start or plan.start
    return Action(
        reference=edit.reference,
        theme=edit.theme,
        tier="",
        gap=edit.gap,
        level_now=None,
        target_level=None,
        action=edit.action,
        effort=edit.effort,
        timeframe=None,
        start=start,
        due=start + _OWN_DURATION,
        expected_evidence=(),
        sources=(),
        case_studies=(),
        why="Added to the plan by its owners.",
        is_quick_win=False,
        note=edit.note,
        standing=Standing.OWN,
    )


def _apply(plan: ActionPlan, action: Action, edit: EditedAction | None) -> Action:
    if edit is None:
        return action
    written = dict(_written(edit))
    if written.get("action") in _drafts(plan.scorecard.standard, action.reference):
        del written["action"]
    if action.standing is not Standing.OWN:
        for field in ("gap", "theme", "note"):
            written.pop(field, None)
    return replace(action, **written)


def _written(edit: EditedAction) -> Iterator[tuple[str, Any]]:
    """The fields in which something was written."""
    for field in EditedAction.__slots__:
        value = getattr(edit, field)
        if field != "reference" and value not in (None, "", ()):
            yield field, value


def _drafts(standard: Standard, reference: str) -> tuple[str, ...]:
    """The words that the plan itself puts there; nobody wrote them, so they follow the answer."""
    practice = standard.practices.get(reference)
    text = practice.first_action.text if practice else ""
    return (text, f"{FIND_OUT} {text}") if text else ()
