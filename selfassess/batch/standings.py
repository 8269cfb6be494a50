"""Readiness of many organisations at once: what `selfassess.readiness` says of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selfassess.batch.codes import NOT_ASKED, Codes
from selfassess.model.answer import MET_LEVEL
from selfassess.model.practice import Tier
from selfassess.model.source import Requirement, RequirementStatus, Source
from selfassess.model.standard import Standard
from selfassess.readiness import Readiness

__all__ = ["READINESS", "Route", "find_routes", "find_standings"]

READINESS = tuple(Readiness)
"""A readiness as a number is its place here."""

_NONE_LOW, _NONE_HIGH = 9, -9
"""The lowest and the highest level where there is none."""

_LOW = np.array([0, 1, 2, 3, _NONE_LOW, 0, -1, _NONE_LOW], np.int8)
_HIGH = np.array([0, 1, 2, 3, _NONE_HIGH, 0, -1, _NONE_HIGH], np.int8)
"""The level of each code as readiness sees it: -1 for no answer; none where the practice does not count."""

_Column = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Route:
    """A requirement with the places of the practices that are equal to it or part of it.

    Attributes:
        expected: The must and core ones.
        stretch: The others; they decide where no must or core one counts.
    """

    source: Source
    requirement: Requirement
    expected: tuple[int, ...]
    stretch: tuple[int, ...]


def find_routes(standard: Standard) -> tuple[Route, ...]:
    """What leads to each requirement; what a source does not ask for is left out."""
    return tuple(
        _find_route(standard, source, requirement)
        for source in standard.sources
        for requirement in source.requirements
        if requirement.status is not RequirementStatus.ABSENT
    )


def _find_route(standard: Standard, source: Source, requirement: Requirement) -> Route:
    pairs = standard.mappings.get((source.id, requirement.id), ())
    counting = [practice for practice, mapping in pairs if mapping.relation.counts]
    expected = [standard.position[p.id] for p in counting if p.tier is not Tier.STRETCH]
    stretch = [standard.position[p.id] for p in counting if p.tier is Tier.STRETCH]
    return Route(source, requirement, tuple(expected), tuple(stretch))


def find_standings(codes: Codes, routes: Sequence[Route]) -> NDArray[np.int8]:
    """How each organisation stands on each requirement: one row for each organisation, one column for each route."""
    columns = np.ascontiguousarray(codes.T)
    low, high = _LOW.take(columns), _HIGH.take(columns)
    found = np.empty((len(codes), len(routes)), np.int8)
    for at, route in enumerate(routes):
        found[:, at] = _find_standing(route, columns, low, high)
    return found


def _find_standing(route: Route, columns: Codes, low: Codes, high: Codes) -> _Column:
    if route.requirement.status is RequirementStatus.NOT_APPLICABLE:
        return np.full(columns.shape[1], READINESS.index(Readiness.NOT_APPLICABLE), np.int8)
    lowest, highest = _extremes(low, high, route.expected)
    other_lowest, other_highest = _extremes(low, high, route.stretch)
    has_none = highest == _NONE_HIGH
    lowest, highest = np.where(has_none, other_lowest, lowest), np.where(has_none, other_highest, highest)
    mapped = [*route.expected, *route.stretch]
    is_asked = columns[mapped].min(axis=0, initial=NOT_ASKED) < NOT_ASKED
    rules = {
        Readiness.NOT_APPLICABLE: (highest == _NONE_HIGH) & is_asked,
        Readiness.NOT_COVERED: highest == _NONE_HIGH,
        Readiness.MET: lowest >= MET_LEVEL,
        Readiness.UNKNOWN: highest < 0,
        Readiness.PARTLY: highest >= 1,
    }
    numbers = [np.int8(READINESS.index(status)) for status in rules]
    return np.select(list(rules.values()), numbers, np.int8(READINESS.index(Readiness.NOT_MET)))


def _extremes(low: Codes, high: Codes, practices: Sequence[int]) -> tuple[_Column, _Column]:
    taken = list(practices)
    return low[taken].min(axis=0, initial=_NONE_LOW), high[taken].max(axis=0, initial=_NONE_HIGH)
