"""One action on screen: what it rests on, what people wrote, and its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from selfassess.model.answer import MET_LEVEL
from selfassess.office.plan_words import STANDINGS
from selfassess.planning import Action, Standing
from selfassess.reports.view.common import Evidence, show_evidence, show_level
from selfassess.reports.view.plan import show_plan
from selfassess.reports.words import STATUS_WORDS, sentence
from webapp.pages.plan_choices import is_overdue
from webapp.pages.plan_words import FIELD_TITLES, PART_TITLES, write_field
from webapp.store.actions import PARTS, ActionVersion
from webapp.store.plan_records import ActionRecord, LivingPlan, Written

__all__ = [
    "ActionPage",
    "Difference",
    "FieldChange",
    "HistoryEntry",
    "list_differences",
    "settle",
    "show_action",
    "show_history",
    "spare_drafts",
    "written_of",
]


@dataclass(frozen=True, slots=True)
class ActionPage:
    """An action and what it rests on; the texts may be empty.

    Attributes:
        action: The action with what people wrote.
        level: What was answered, and what it takes to close the gap; empty where people added the action.
        standing: Why it is in the plan although it is no open gap; empty where it is one.
        evidence: What will show that it is done, with the addresses to follow.
    """

    record: ActionRecord
    action: Action
    status: str
    level: str
    standing: str
    timing: str
    is_overdue: bool
    evidence: tuple[Evidence, ...]
    case_studies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What changed in one field."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change in words.

    Attributes:
        what: What was done.
        who: Who did it.
        is_first: Whether there was nothing before.
        is_lost: Whether the text was not kept.
        changes: The fields that it changed.
    """

    what: str
    who: str
    when: datetime
    is_first: bool
    is_lost: bool
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of an action that two people changed, each to something else."""

    part: str
    title: str
    mine: str
    theirs: str


def show_action(living: LivingPlan, record: ActionRecord, today: date) -> ActionPage:
    """The page of an action that is kept, in the plan or out of it."""
    every = (*living.plan.actions, *living.declined)
    action = next(action for action in every if action.reference == record.reference)
    view = next(item for _, items in show_plan(replace(living.plan, actions=(action,))).groups for item in items)
    return ActionPage(
        record=record,
        action=action,
        status=STATUS_WORDS[action.status],
        level=_say_level(living, action),
        standing="" if action.standing in (Standing.OPEN, Standing.OWN) else action.why,
        timing=view.timing,
        is_overdue=is_overdue(action, today) and not record.is_declined,
        evidence=tuple(show_evidence(text) for text in action.expected_evidence),
        case_studies=view.case_studies,
    )


def written_of(living: LivingPlan, record: ActionRecord) -> Written:
    """What stands in the form: what people wrote, and the standard's words where they wrote nothing."""
    draft = living.get_draft(record.reference)
    kept = record.written
    return replace(
        kept,
        action=kept.action or draft.action,
        effort=kept.effort or draft.effort,
        evidence=kept.evidence or draft.expected_evidence,
    )


def spare_drafts(living: LivingPlan, record: ActionRecord, written: Written) -> Written:
    """What people wrote themselves: the standard's words, sent back untouched, are nobody's."""
    draft = living.get_draft(record.reference)
    return replace(
        written,
        action="" if written.action == draft.action else written.action,
        effort=None if written.effort is draft.effort else written.effort,
        evidence=() if written.evidence == draft.expected_evidence else written.evidence,
    )


def show_history(changes: Iterable[ActionVersion], *, is_own: bool) -> tuple[HistoryEntry, ...]:
    """The changes of an action in words, the latest first."""
    return tuple(
        HistoryEntry(
            what=_KINDS[change.kind],
            who=change.changed_by or "A closed account",
            when=change.changed_at,
            is_first=change.before is None,
            is_lost=change.kind == "not_kept",
            changes=tuple(_list_changes(change, is_own=is_own)),
        )
        for change in changes
    )


def list_differences(parts: Iterable[str], *, mine: Written, theirs: Written, is_own: bool) -> tuple[Difference, ...]:
    """Both texts of every part that two people changed.

    Args:
        parts: Which, of the store's `PARTS`.
        mine: What this person wants to save.
        theirs: What is kept.
        is_own: Whether people added the action.
    """
    return tuple(
        Difference(part, PART_TITLES[part], _say(mine, part, is_own=is_own), _say(theirs, part, is_own=is_own))
        for part in parts
    )


def settle(mine: Written, theirs: Written, parts: Iterable[str]) -> Written:
    """What this person wrote, with the other's text in the parts where they chose that."""
    fields = {field: getattr(theirs, field) for part in parts for field in PARTS.get(part, ())}
    return replace(mine, **fields)


_KINDS = {
    "added": "Added",
    "saved": "Changed",
    "taken_out": "Taken out of the plan",
    "put_back": "Put into the plan",
    "not_kept": "Typed but not kept, because somebody else had changed the same",
}


def _list_changes(change: ActionVersion, *, is_own: bool) -> Iterable[FieldChange]:
    for field, title in FIELD_TITLES.items():
        before = write_field(change.before, field, is_own=is_own) if change.before else ""
        after = write_field(change.after, field, is_own=is_own)
        if before != after:
            yield FieldChange(title, before, after)


def _say(written: Written, part: str, *, is_own: bool) -> str:
    return " to ".join(write_field(written, field, is_own=is_own) for field in PARTS[part])


def _say_level(living: LivingPlan, action: Action) -> str:
    if action.standing is Standing.OWN:
        return ""
    standard = living.card.standard
    now = show_level(standard, action.level_now).label
    if action.standing is not Standing.OPEN:
        return f"{now}. {sentence(STANDINGS[action.standing])}"
    return f"{now} now; the aim is “{standard.level_labels[MET_LEVEL]}”"
