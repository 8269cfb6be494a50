"""Answers: what an organisation says of each practice."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from selfassess.model.record import Day, PracticeId, Record, Slug, Text, WholeNumbers

__all__ = [
    "DK",
    "MET_LEVEL",
    "NA",
    "Answer",
    "Assessment",
    "Code",
    "Organisation",
    "StandardReference",
]

NA: Literal["NA"] = "NA"
"""The practice does not apply; needs a reason."""

DK: Literal["DK"] = "DK"
"""The organisation does not know yet; counts as a gap."""

MET_LEVEL = 2
"""The level from which a practice is met (DESIGN, section 4)."""

Code = Literal[0, 1, 2, 3, "NA", "DK"]
"""What can be answered: a level from 0 (not in place) to 3 (embedded), NA or DK."""


class Answer(Record):
    """The answer to one practice; ``level`` is None while it is not answered.

    Built from a bare level too: ``Answer.model_validate(2)``.
    """

    level: Annotated[Code | None, WholeNumbers] = None
    note: str = ""
    reason: str = ""
    """Why the practice does not apply."""
    evidence: tuple[Text, ...] = Field(default=(), strict=False)
    """What shows the answer to be true: links, or names of documents."""

    @model_validator(mode="before")
    @classmethod
    def _from_bare_level(cls, data: Any) -> Any:
        return data if isinstance(data, dict | Answer) else {"level": data}

    @property
    def is_answered(self) -> bool:
        """Whether anything was chosen: a level, NA or DK."""
        return self.level is not None

    @property
    def applies(self) -> bool:
        """Whether the practice counts; false only for NA."""
        return self.level != NA

    @property
    def points(self) -> int:
        """The level as it counts in a score, 0 to 3; 0 for DK, NA and no answer."""
        return self.level if isinstance(self.level, int) else 0

    @property
    def is_met(self) -> bool:
        """Whether the practice is met: level 2 or 3, nothing else."""
        return self.points >= MET_LEVEL

    @property
    def is_gap(self) -> bool:
        """Whether the practice is a known gap: level 0, 1 or DK."""
        return self.level in (0, 1, DK)


class Organisation(Record):
    """Who answered."""

    name: Text = Field(max_length=300)
    kind: Slug
    """One of the kinds that the standard declares."""
    reference: Text | None = Field(default=None, max_length=100)
    """The organisation's own code, by which it is known again next year."""
    group: Text | None = Field(default=None, max_length=200)


class StandardReference(Record):
    """Which standard was answered, and optionally exactly which text of it."""

    id: Text
    version: Text | None = None
    hash: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_bare_id(cls, data: Any) -> Any:
        return {"id": data} if isinstance(data, str) else data


def _no_answers_to_empty(data: Any) -> Any:
    return {} if data is None else data


class Assessment(Record):
    """The answers of one organisation to one questionnaire."""

    standard: StandardReference
    questionnaire: Slug = "full"
    organisation: Organisation
    date: Day | None = None
    answers: Annotated[dict[PracticeId, Answer], BeforeValidator(_no_answers_to_empty)] = Field(default_factory=dict)

    def answer_to(self, practice_id: str) -> Answer:
        """The answer to a practice; an empty one where nothing was said."""
        return self.answers.get(practice_id, _NO_ANSWER)


_NO_ANSWER = Answer()
