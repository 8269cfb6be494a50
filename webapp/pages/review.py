"""How far an assessment has come on the way to its signature, and what this person can do about it, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from selfassess import Scorecard
from selfassess.model.answer import DK
from selfassess.model.standard import Theme
from selfassess.reports.view.cover import show_result
from selfassess.reports.words import count
from selfassess.scoring import Entry
from webapp.store.records import AssessmentRecord, Status
from webapp.store.scope import Role, Scope
from webapp.store.signoff import Step, StepKind

__all__ = ["OpenThings", "ReviewState", "StepLine", "count_open_things", "list_open_things", "make_state"]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that somebody took: “Submitted by A Name”, and when."""

    what: str
    when: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where an assessment stands.

    Attributes:
        label: In two or three words.
        colour: The tag's, by its name in the design system.
        sentence: What that means.
        steps: What led to it, the latest first.
        submission: The number of the submission that waits for a signature; 0 where none does.
        submitted_by: Who submitted it last, where it waits.
        signed_by: Who signed it; empty where nobody did.
    """

    label: str
    colour: str
    sentence: str
    steps: tuple[StepLine, ...]
    submission: int
    submitted_by: str
    signed_by: str
    may_submit: bool
    may_take_back: bool
    may_sign: bool
    may_correct: bool


_LABELS = {
    Status.OPEN: ("Being answered", "blue"),
    Status.SUBMITTED: ("Waiting for sign-off", "yellow"),
    Status.SIGNED: ("Signed off", "green"),
}
_SENTENCES = {
    Status.OPEN: "The answers can still change, and the results with them.",
    Status.SUBMITTED: "The answers are locked while the approver reads them.",
    Status.SIGNED: "The answers and the reports are kept as they were signed.",
}
_WORDS = {StepKind.SUBMITTED: "Submitted", StepKind.SENT_BACK: "Sent back", StepKind.SIGNED: "Signed off"}


def make_state(record: AssessmentRecord, steps: Sequence[Step], scope: Scope, *, is_corrected: bool) -> ReviewState:
    """Where an assessment stands, as somebody with a role sees it.

    Args:
        record: The assessment.
        steps: Its steps, the latest first.
        scope: Who looks.
        is_corrected: Whether there is a correction of it.
    """
    waiting = record.status is Status.SUBMITTED
    last = steps[0] if steps and waiting else None
    label, colour = _LABELS[record.status]
    return ReviewState(
        label=label,
        colour=colour,
        sentence=_SENTENCES[record.status],
        steps=tuple(_show_step(step) for step in steps),
        submission=last.id if last else 0,
        submitted_by=last.user_name if last else "",
        signed_by=next((step.user_name for step in steps if step.kind is StepKind.SIGNED), ""),
        may_submit=record.is_open and scope.may_act_as(Role.CONTRIBUTOR),
        may_take_back=waiting and scope.may_act_as(Role.OWNER),
        may_sign=waiting and scope.may_act_as(Role.APPROVER),
        may_correct=record.status is Status.SIGNED and not is_corrected and scope.may_act_as(Role.OWNER),
    )


def _show_step(step: Step) -> StepLine:
    word = "Taken back" if step.is_taken_back else _WORDS[step.kind]
    return StepLine(f"{word} by {step.user_name}", step.happened_at, step.reason)


@dataclass(frozen=True, slots=True)
class OpenThings:
    """What is not finished in an assessment that somebody wants to submit.

    Attributes:
        unanswered: Each theme with the titles of its practices that were not answered.
        to_confirm: Titles of practices whose answers were carried over and not confirmed.
        unknown: Titles of practices answered “do not know yet”.
        sentences: The same in words, each a whole sentence.
    """

    unanswered: tuple[tuple[Theme, tuple[str, ...]], ...]
    to_confirm: tuple[str, ...]
    unknown: tuple[str, ...]
    sentences: tuple[str, ...]


def list_open_things(card: Scorecard, carried: Collection[str]) -> OpenThings:
    """What is not finished; it may be submitted all the same.

    Args:
        card: The assessment, scored.
        carried: The practices whose answers were carried over and not confirmed.
    """
    to_confirm = _titles(entry for entry in card.entries if entry.practice.id in carried)
    waiting = ((t.theme, _titles(e for e in t.entries if not e.answer.is_answered)) for t in card.themes)
    return OpenThings(
        unanswered=tuple((theme, titles) for theme, titles in waiting if titles),
        to_confirm=to_confirm,
        unknown=_titles(entry for entry in card.entries if entry.answer.level == DK),
        sentences=(
            f"{show_result(card.overall).counts}.",
            *count_open_things(card, carried),
        ),
    )


def count_open_things(card: Scorecard, carried: Collection[str]) -> tuple[str, ...]:
    """How many practices are not answered, and how many answers nobody confirmed, in whole sentences.

    Whoever signs must not find out later, so each page on which the results are read says it. Where nothing is open
    there is no sentence.

    Args:
        card: The assessment, scored.
        carried: The practices whose answers were carried over and not confirmed.
    """
    to_confirm = sum(entry.practice.id in carried for entry in card.entries)
    return (*_unanswered_words(card.overall.unanswered), *_carried_words(to_confirm))


def _titles(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(entry.practice.title for entry in entries)


def _unanswered_words(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    verb = "is" if number == 1 else "are"
    return (f"{count(number, 'practice')} {verb} not answered. What is not answered never counts as met.",)


def _carried_words(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    if number == 1:
        return ("1 answer is still to confirm: it was carried over. It counts as it stands.",)
    return (f"{number} answers are still to confirm: they were carried over. They count as they stand.",)
