"""How near an organisation is to each published source, requirement by requirement (DESIGN, section 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from selfassess.model.answer import Answer
from selfassess.model.practice import Practice, Tier
from selfassess.model.source import Requirement, RequirementStatus, Source
from selfassess.model.standard import Standard
from selfassess.scoring import Entry

__all__ = ["Readiness", "RequirementReadiness", "SourceReadiness", "assess_readiness"]


class Readiness(StrEnum):
    """How a requirement stands."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class RequirementReadiness:
    """A requirement, how it stands, and the practices that decide it.

    Attributes:
        practices: The asked practices that are equal to the requirement or part of it, in the standard's order.
        counted: Those of them that decided: applicable, must and core; stretch where there are no others.
    """

    requirement: Requirement
    status: Readiness
    practices: tuple[Practice, ...]
    counted: tuple[Practice, ...]


@dataclass(frozen=True, slots=True)
class SourceReadiness:
    """A source and how each of its requirements stands; what a source does not ask for is left out."""

    source: Source
    requirements: tuple[RequirementReadiness, ...]

    @property
    def counts(self) -> dict[Readiness, int]:
        """How many requirements stand each way; every way is there."""
        found = Counter(item.status for item in self.requirements)
        return {status: found[status] for status in Readiness}


_Mapped = tuple[tuple[Source, tuple[tuple[Requirement, tuple[Practice, ...]], ...]], ...]


def assess_readiness(
    standard: Standard, questionnaire: str, kind: str, entries: Iterable[Entry]
) -> tuple[SourceReadiness, ...]:
    """How each requirement of each source stands, sources and requirements in the standard's order."""
    answers = {practice.id: answer for practice, answer in entries}
    return tuple(
        SourceReadiness(
            source,
            tuple(_assess(requirement, mapped, answers) for requirement, mapped in requirements),
        )
        for source, requirements in _mapped(standard, questionnaire, kind)
    )


@lru_cache(maxsize=64)
def _mapped(standard: Standard, questionnaire: str, kind: str) -> _Mapped:
    """The asked practices that count towards each requirement: ``supports`` never does."""
    asked = {practice.id for practice in standard.asked(questionnaire, kind)}

    def counting(source: Source, requirement: Requirement) -> tuple[Practice, ...]:
        pairs = standard.mappings.get((source.id, requirement.id), ())
        return tuple(p for p, mapping in pairs if mapping.relation.counts and p.id in asked)

    return tuple(
        (source, tuple((r, counting(source, r)) for r in source.requirements if _is_asked_for(r)))
        for source in standard.sources
    )


def _is_asked_for(requirement: Requirement) -> bool:
    return requirement.status is not RequirementStatus.ABSENT


def _assess(requirement: Requirement, mapped: Sequence[Practice], answers: dict[str, Answer]) -> RequirementReadiness:
    applicable = [practice for practice in mapped if answers[practice.id].applies]
    counted = [practice for practice in applicable if practice.tier is not Tier.STRETCH] or applicable
    status = _status(requirement, mapped, [answers[practice.id] for practice in counted])
    return RequirementReadiness(requirement, status, tuple(mapped), tuple(counted))


def _status(requirement: Requirement, mapped: Sequence[Practice], counted: Sequence[Answer]) -> Readiness:
    if requirement.status is RequirementStatus.NOT_APPLICABLE:
        return Readiness.NOT_APPLICABLE
    if not mapped:
        return Readiness.NOT_COVERED
    if not counted:
        return Readiness.NOT_APPLICABLE
    if all(answer.is_met for answer in counted):
        return Readiness.MET
    if not any(answer.is_answered for answer in counted):
        return Readiness.UNKNOWN
    return Readiness.PARTLY if any(answer.points >= 1 for answer in counted) else Readiness.NOT_MET
