"""The action plan of HMP Example: made from last year's answers, and gone through before this year's were given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from selfassess import ActionStatus, Answer
from selfassess.model.answer import DK
from webapp.commands.demo.examples import read_example
from webapp.commands.demo.people import at
from webapp.store.actions import list_actions, save_action
from webapp.store.plan_records import Written
from webapp.store.plans import make_plan
from webapp.store.scope import Scope
from webapp.store.standards import main_standard

__all__ = ["make_prison_plan"]

_MADE, _REVIEWED = date(2025, 11, 17), date(2026, 10, 12)
_SOON, _LATER = date(2027, 3, 31), date(2027, 9, 30)

_OWNERS = {
    "Gwen Parry": ("leadership", "policy", "protection", "expenses", "review"),
    "Aisha Khan": ("role-descriptions", "recruitment", "vetting", "training", "supervision"),
    "Tom Ellis": ("recognition",),
}
"""Who looks after which themes; nobody has taken the others yet."""


def make_prison_plan(owner: Scope, contributor: Scope, last_year: str) -> None:
    """Make the plan, and write down how far each action has come, in agreement with this year's answers."""
    with at(_MADE.year, _MADE.month, _MADE.day):
        make_plan(owner, assessment_id=last_year, start=_MADE)
    answers, practices = read_example("hmp-example.yaml").answers, main_standard().practices
    with at(_REVIEWED.year, _REVIEWED.month, _REVIEWED.day, 14):
        for action in list_actions(contributor):
            written = replace(
                _review(
                    action.written, answers.get(action.reference), is_must=practices[action.reference].tier == "must"
                ),
                owner=_find_owner(action.reference),
                last_reviewed=_REVIEWED,
            )
            save_action(contributor, action.id, written=written, version=action.version)


def _review(written: Written, answer: Answer | None, *, is_must: bool) -> Written:
    """How an action stands, by what was answered two weeks later; what a law asks for is not put off."""
    status, due = _stand(answer)
    return replace(
        written,
        status=status,
        due=written.due if is_must or due is None else due,
        progress_note=(answer.note if answer and status is not ActionStatus.NOT_STARTED else "") or "",
    )


def _stand(answer: Answer | None) -> tuple[ActionStatus, date | None]:
    """How far it is, and until when it was put off."""
    if answer is None or answer.level == 0:
        return ActionStatus.NOT_STARTED, _LATER
    if answer.level == DK:
        return ActionStatus.BLOCKED, _SOON
    if answer.level == 1:
        return ActionStatus.UNDER_WAY, _SOON
    return ActionStatus.DONE, None


def _find_owner(practice: str) -> str:
    theme = main_standard().theme_of[practice].id
    return next((name for name, themes in _OWNERS.items() if theme in themes), "")
