"""How near an organisation is to each published source, requirement by requirement (DESIGN, section 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from selfassess.model.answer import MET_LEVEL, Answer
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


@dataclass(frozen=True, slots=True)
class _Route:
    """A requirement with the asked practices mapped to it, and those that decide while all of them apply."""

    requirement: Requirement
    mapped: tuple[Practice, ...]
    deciding: tuple[Practice, ...]


def assess_readiness(
    standard: Standard, questionnaire: str, kind: str, entries: Iterable[Entry]
) -> tuple[SourceReadiness, ...]:
    """How each requirement of each source stands, sources and requirements in the standard's order."""
    standings = {practice.id: _standing(answer) for practice, answer in entries}
    return tuple(
        SourceReadiness(source, tuple(_assess(route, standings) for route in routes))
        for source, routes in _routes(standard, questionnaire, kind)
    )


@lru_cache(maxsize=64)
def _routes(standard: Standard, questionnaire: str, kind: str) -> tuple[tuple[Source, tuple[_Route, ...]], ...]:
    """What leads to each requirement of each source; what a source does not ask for is left out."""
    asked = {practice.id for practice in standard.asked(questionnaire, kind)}

    def route(source: Source, requirement: Requirement) -> _Route:
        pairs = standard.mappings.get((source.id, requirement.id), ())
        mapped = tuple(p for p, mapping in pairs if mapping.relation.counts and p.id in asked)
        return _Route(requirement, mapped, _deciding(mapped))

    return tuple(
        (source, tuple(route(source, r) for r in source.requirements if r.status is not RequirementStatus.ABSENT))
        for source in standard.sources
    )


def _deciding(practices: tuple[Practice, ...]) -> tuple[Practice, ...]:
    """The must and core ones; the stretch ones where there are no others."""
    return tuple(practice for practice in practices if practice.tier is not Tier.STRETCH) or practices


_UNANSWERED, _PARTLY, _MET = -1, 1, MET_LEVEL


def _standing(answer: Answer) -> int | None:
    """The level as readiness sees it: -1 for no answer, 0 for DK; None where the practice does not apply."""
    if not answer.applies:
        return None
    return answer.points if answer.is_answered else _UNANSWERED


def _assess(route: _Route, standings: dict[str, int | None]) -> RequirementReadiness:
    counted = route.deciding
    levels = [standings[practice.id] for practice in counted]
    if None in levels:
        counted = _deciding(tuple(p for p in route.mapped if standings[p.id] is not None))
        levels = [standings[practice.id] for practice in counted]
    status = _status(route, [level for level in levels if level is not None])
    return RequirementReadiness(route.requirement, status, route.mapped, counted)


def _status(route: _Route, levels: list[int]) -> Readiness:
    if route.requirement.status is RequirementStatus.NOT_APPLICABLE:
        return Readiness.NOT_APPLICABLE
    if not levels:
        return Readiness.NOT_APPLICABLE if route.mapped else Readiness.NOT_COVERED
    if min(levels) >= _MET:
        return Readiness.MET
    highest = max(levels)
    if highest == _UNANSWERED:
        return Readiness.UNKNOWN
    return Readiness.PARTLY if highest >= _PARTLY else Readiness.NOT_MET
