"""A practice: one thing that is true of an organisation that manages volunteers well."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from selfassess.model.record import Day, Identifier, PracticeId, Record, Slug, Text

__all__ = [
    "CaseStudyShown",
    "Effort",
    "FirstAction",
    "Mapping",
    "Practice",
    "PracticeFile",
    "Relation",
    "Retirement",
    "Tier",
    "Timeframe",
]


class Tier(StrEnum):
    """How much a practice weighs (DESIGN, section 4: must 3, core 2, stretch 1)."""

    MUST = "must"
    CORE = "core"
    STRETCH = "stretch"

    @property
    def weight(self) -> int:
        """The weight in a score, 1 to 3."""
        return _WEIGHTS[self]

    @property
    def order(self) -> int:
        """The place in a list of priorities, from 0."""
        return 3 - _WEIGHTS[self]


_WEIGHTS = {Tier.MUST: 3, Tier.CORE: 2, Tier.STRETCH: 1}


class Effort(StrEnum):
    """What the first action asks of an organisation."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def order(self) -> int:
        """The place in a list of priorities, least effort first, from 0."""
        return _EFFORTS[self]


_EFFORTS = {Effort.LOW: 0, Effort.MEDIUM: 1, Effort.HIGH: 2}


class Timeframe(StrEnum):
    """When the first action can be done."""

    IMMEDIATE = "immediate"
    THREE_MONTHS = "3_months"
    YEAR_1 = "year_1"
    ONGOING = "ongoing"

    @property
    def is_soon(self) -> bool:
        """Whether it can be done within three months."""
        return self in (Timeframe.IMMEDIATE, Timeframe.THREE_MONTHS)


class Relation(StrEnum):
    """How a practice stands to a published requirement."""

    EQUAL = "equal"
    PART_OF = "part_of"
    SUPPORTS = "supports"

    @property
    def counts(self) -> bool:
        """Whether the practice counts towards readiness; ``supports`` never does."""
        return self is not Relation.SUPPORTS


class FirstAction(Record):
    """The first step that closes a gap."""

    text: Text
    effort: Effort
    timeframe: Timeframe
    basis: Text
    """Whose judgement the effort and the timeframe are."""


class Mapping(Record):
    """A claim that a practice meets a published requirement, wholly or in part."""

    source: Slug
    requirement: Identifier
    relation: Relation
    reason: Text


class CaseStudyShown(Record):
    """What a published case study shows of a practice."""

    id: Slug
    shows: Text


class Retirement(Record):
    """Why a practice is no longer asked; its id is never used again."""

    on: Day
    reason: Text
    replaced_by: tuple[PracticeId, ...] = ()


class Practice(Record):
    """One practice, in our words, with what it meets in the published sources."""

    id: PracticeId
    """Permanent: a practice is retired, its id never reused."""
    title: Text = Field(max_length=90)
    """A claim that is true or not, as it shows in lists."""
    statement: Text
    """What is true when the practice is in place."""
    statement_for: dict[Slug, Text] = Field(default_factory=dict)
    """The statement in other words for a kind of organisation."""
    why: Text
    applies_to: tuple[Slug, ...] = Field(min_length=1)
    """The kinds of organisation that are asked."""
    tier: Tier
    tier_reason: Text
    na_allowed: bool
    """Whether an organisation may answer that the practice does not apply, with a reason."""
    na_hint: Text | None = None
    """When the practice may properly not apply."""
    evidence: tuple[Text, ...] = Field(min_length=1)
    """What an assessor would look for."""
    ask_people: Text | None = None
    """A question to check the answer with volunteers or staff."""
    first_action: FirstAction
    meets: tuple[Mapping, ...]
    survey_row: Identifier | None = None
    """The row of ``survey.yaml`` that the answer is compared with."""
    case_studies: tuple[CaseStudyShown, ...] = ()
    rules: tuple[Slug, ...] = ()
    """Ids of ``rules.yaml``: the law and prison rules that the practice touches."""
    retired: Retirement | None = None

    def statement_to(self, kind: str) -> str:
        """The statement as an organisation of this kind reads it."""
        return self.statement_for.get(kind, self.statement)


class PracticeFile(Record):
    """The practices of one theme."""

    theme: Slug
    practices: tuple[Practice, ...] = Field(min_length=1)
