"""Two people changed the same answer: both texts side by side, and what became of the choice between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from webapp.pages.answer_words import Labels, Part, describe_answer
from webapp.questions.fields import QuestionField
from webapp.questions.inputs import clean_text, split_evidence
from webapp.questions.posted import PostedAnswer
from webapp.store.answers import SavedAnswer

__all__ = ["Conflict", "Option", "Settled", "make_conflict", "settle_choices"]

_UNSEEN = "-1"
"""The version of nobody's: an answer sent with it is compared again."""

_CHOICES = ("mine", "theirs", "mine_joined", "theirs_joined")


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle a conflict."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One answer that two people changed.

    Attributes:
        prefix: What the names of its inputs begin with.
        hidden: The inputs of what was typed, sent again with the choice.
        joined: The note to start from where both are to be kept.
        is_own: Whether the other text is the same person's, from another tab or window.
    """

    prefix: str
    title: str
    mine: tuple[Part, ...]
    theirs: tuple[Part, ...]
    saved: SavedAnswer
    is_own: bool
    hidden: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    joined: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A form in which choices were made.

    Attributes:
        form: What is left to be saved.
        undecided: The practices for which nothing was chosen.
    """

    form: dict[str, str]
    undecided: frozenset[str]


def make_conflict(
    field: QuestionField, posted: PostedAnswer, saved: SavedAnswer, labels: Labels, user_id: str
) -> Conflict:
    """The two texts of one practice.

    Args:
        field: The practice.
        posted: What was typed.
        saved: What somebody else saved meanwhile.
        labels: What people see for each answer.
        user_id: Who typed.
    """
    names, answer = field.names, posted.answer
    is_own = saved.changed_by_id == user_id
    return Conflict(
        prefix=field.id,
        title=field.title,
        mine=describe_answer(answer, labels),
        theirs=describe_answer(saved.answer, labels),
        saved=saved,
        is_own=is_own,
        hidden=(
            (names.version, str(saved.version)),
            (names.level, "" if answer.level is None else str(answer.level)),
            (names.note, answer.note),
            (names.reason, answer.reason),
            (names.evidence, "\n".join(answer.evidence)),
        ),
        options=_options(answer.level == saved.answer.level, _name(saved, is_own=is_own)),
        joined=_join(answer.note, saved.answer.note, "\n\n"),
    )


def settle_choices(
    form: Mapping[str, str], fields: Iterable[QuestionField], saved: Mapping[str, SavedAnswer]
) -> Settled:
    """Read the choices of a page of conflicts; a form without any comes back as it is.

    Args:
        form: What was posted.
        fields: The practices that may be in it.
        saved: What is saved now.
    """
    left, undecided = dict(form), set()
    for field in fields:
        if f"{field.id}.settling" not in form:
            continue
        choice = form.get(f"{field.id}.choice", "")
        if choice not in _CHOICES:
            undecided.add(field.id)
            left[field.names.version] = _UNSEEN
        elif choice == "theirs":
            del left[field.names.version]  # so that it is not on the page
        elif choice != "mine" and field.id in saved:
            left |= _joined_inputs(field, form, saved[field.id], choice)
    return Settled(left, frozenset(undecided))


def _options(is_same_level: bool, name: str) -> tuple[Option, ...]:  # noqa: FBT001 - private, read once
    both = [Option("mine", "Keep my answer"), Option("theirs", f"Keep {name}")]
    if is_same_level:
        return (*both, Option("mine_joined", "Put the two together, with the note below"))
    return (
        *both,
        Option("mine_joined", "Keep the level I chose, with the note below"),
        Option("theirs_joined", "Keep the other level, with the note below"),
    )


def _name(saved: SavedAnswer, *, is_own: bool) -> str:
    if is_own:
        return "the text saved before"
    return f"the answer of {saved.changed_by}" if saved.changed_by else "the other answer"


def _joined_inputs(field: QuestionField, form: Mapping[str, str], saved: SavedAnswer, choice: str) -> dict[str, str]:
    """The inputs of an answer made of both: one level, the note as it was put together, all the evidence."""
    names, theirs = field.names, saved.answer
    own = split_evidence(form.get(names.evidence, ""))
    inputs = {
        names.note: form.get(f"{field.id}.joined", ""),
        names.evidence: "\n".join(dict.fromkeys((*own, *theirs.evidence))),
    }
    if choice == "theirs_joined":
        inputs[names.level] = "" if theirs.level is None else str(theirs.level)
        inputs[names.reason] = theirs.reason
    return inputs


def _join(mine: str, theirs: str, between: str) -> str:
    mine, theirs = clean_text(mine), clean_text(theirs)
    if theirs in mine:
        return mine
    return theirs if mine in theirs else f"{mine}{between}{theirs}"
