"""A practice as a plain field specification: what is asked, what can be chosen, and how its inputs are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from selfassess.model.answer import DK, NA, Code
from selfassess.model.practice import Practice
from selfassess.model.standard import Standard

__all__ = ["InputNames", "Layout", "Option", "QuestionField", "fields_for", "scale_of"]

Layout = Literal["full", "quick"]
"""``full`` asks for a note and evidence too; ``quick`` only for an answer, and a reason where it does not apply."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen.

    Attributes:
        value: What is posted: the code as text, or nothing for “No answer yet”.
        hint: What stands below its label beside the question; empty for most, which `scale_of` explains once.
        meaning: What it means in this standard, with an example where there is one.
    """

    value: str
    label: str
    hint: str = ""
    meaning: str = ""
    example: str = ""


class InputNames(NamedTuple):
    """What the inputs of one practice are called in a posted form."""

    level: str
    note: str
    reason: str
    evidence: str
    version: str
    confirm: str


@dataclass(frozen=True, eq=False)
class QuestionField:
    """One practice as it is asked of one kind of organisation.

    Two fields are the same when their keys are: the hash of the standard, the kind, the practice and the layout.

    Attributes:
        statement: What is true when the practice is in place, in the words for this kind of organisation.
        ask_people: A question to check the answer with volunteers or staff; may be empty.
        tier: The word that people see for its tier, as “Must”.
        options: What can be chosen, in the order of the printed questionnaire, then “No answer yet”.
    """

    key: tuple[str, str, str, Layout]
    title: str
    statement: str
    why: str
    evidence: tuple[str, ...]
    ask_people: str
    tier: str
    tier_reason: str
    options: tuple[Option, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QuestionField) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def id(self) -> str:
        """The permanent id of the practice."""
        return self.key[2]

    @property
    def layout(self) -> Layout:
        """How much is asked."""
        return self.key[3]

    @property
    def na_allowed(self) -> bool:
        """Whether “Does not apply” can be chosen."""
        return NA in self.codes.values()

    @cached_property
    def names(self) -> InputNames:
        """The names of its inputs, as ``POL-01.level``."""
        return InputNames(*(f"{self.id}.{part}" for part in InputNames._fields))

    @cached_property
    def codes(self) -> Mapping[str, Code | None]:
        """The answer that each posted value stands for."""
        return {option.value: _CODES[option.value] for option in self.options}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What people see for each answer that can be given, by posted value."""
        return {option.value: option.label for option in self.options if option.value}


_CODES: dict[str, Code | None] = {"0": 0, "1": 1, "2": 2, "3": 3, DK: DK, NA: NA, "": None}

_NO_ANSWER = Option("", "No answer yet", hint="Choose this to clear the answer")


def fields_for(
    standard: Standard, questionnaire: str, theme: str, kind: str, *, layout: Layout = "full"
) -> tuple[QuestionField, ...]:
    """What a questionnaire asks an organisation of this kind about one theme, in the questionnaire's order.

    Kept by the hash of the standard, so that asking again costs next to nothing.

    Raises:
        KeyError: The standard has no such questionnaire, theme or kind.
    """
    return _fields(_Edition(standard.hash, standard), questionnaire, theme, kind, layout)


def scale_of(standard: Standard) -> tuple[Option, ...]:
    """Every answer that can be chosen, with its meaning, in the order of the printed questionnaire."""
    others = {
        other.code: Option(other.code, other.label, meaning=other.meaning) for other in standard.head.other_answers
    }
    levels = [
        Option(str(each.level), each.label, meaning=each.meaning, example=each.example or "")
        for each in standard.head.levels
    ]
    return (*levels, others[DK], others[NA])


@dataclass(frozen=True, slots=True)
class _Edition:
    """A standard that is told from others by its content alone, however often it was read."""

    hash: str
    standard: Standard = field(compare=False)


@lru_cache(maxsize=512)
def _fields(edition: _Edition, questionnaire: str, theme: str, kind: str, layout: Layout) -> tuple[QuestionField, ...]:
    standard = edition.standard
    known = standard.kinds[kind].id
    held = {practice.id for practice in standard.practices_by_theme[theme]}
    asked = standard.asked(questionnaire, known)
    return tuple(_field(standard, practice, known, layout) for practice in asked if practice.id in held)


def _field(standard: Standard, practice: Practice, kind: str, layout: Layout) -> QuestionField:
    tiers = {tier.id: tier.label for tier in standard.head.tiers}
    return QuestionField(
        key=(standard.hash, kind, practice.id, layout),
        title=practice.title,
        statement=practice.statement_to(kind),
        why=practice.why,
        evidence=practice.evidence,
        ask_people=practice.ask_people or "",
        tier=tiers[practice.tier.value],
        tier_reason=practice.tier_reason,
        options=_options(standard, practice),
    )


def _options(standard: Standard, practice: Practice) -> tuple[Option, ...]:
    *usual, not_applying = scale_of(standard)
    if not practice.na_allowed:
        return (*usual, _NO_ANSWER)
    hint = practice.na_hint or not_applying.meaning
    return (*usual, Option(NA, not_applying.label, hint, not_applying.meaning), _NO_ANSWER)
