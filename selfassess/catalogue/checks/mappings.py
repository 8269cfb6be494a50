"""Claims that a practice meets a requirement: that there is such a one, and that the parts make a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from selfassess.catalogue.checks.common import places, unknown
from selfassess.catalogue.reading import Files, Part
from selfassess.errors import Fault
from selfassess.files.yaml import Loc
from selfassess.model.practice import Mapping, Relation
from selfassess.model.source import Requirement, RequirementStatus, Source

__all__ = ["check_mappings", "check_parts"]


def check_mappings(files: Files) -> Iterator[Fault]:
    """Each mapping names a requirement that there is and that can be met, and names it once."""
    requirements = _requirements(files)
    for part, index, practice in places(files):
        seen: set[tuple[str, str]] = set()
        for position, mapping in enumerate(practice.meets):
            loc = ("practices", index, "meets", position)
            key = (mapping.source, mapping.requirement)
            if key in seen:
                yield part.fault(loc, f"maps {' '.join(key)} a second time", "Keep the stronger relation")
            seen.add(key)
            yield from _check_mapping(part, loc, mapping, requirements)


def _requirements(files: Files) -> dict[str, dict[str, Requirement]]:
    return {part.record.id: {r.id: r for r in part.record.requirements} for part in files.of(Source)}


def _check_mapping(
    part: Part[Any],
    loc: tuple[int | str, ...],
    mapping: Mapping,
    requirements: dict[str, dict[str, Requirement]],
) -> Iterator[Fault]:
    if mapping.source not in requirements:
        yield part.fault((*loc, "source"), *unknown("source", mapping.source, requirements))
        return
    requirement = requirements[mapping.source].get(mapping.requirement)
    if requirement is None:
        known = unknown("requirement", mapping.requirement, requirements[mapping.source], f" of {mapping.source}")
        yield part.fault((*loc, "requirement"), *known)
    elif not requirement.can_be_met:
        state = _why_not_met(requirement)
        yield part.fault(
            (*loc, "requirement"),
            f"maps {mapping.source} {requirement.id}, which {state}",
            "Remove the mapping",
        )


def _why_not_met(requirement: Requirement) -> str:
    if requirement.status is RequirementStatus.ABSENT:
        return "that source does not ask for"
    if requirement.status is RequirementStatus.NOT_APPLICABLE:
        return "does not apply to that source"
    return "describes the publication and is not asked"


def check_parts(files: Files) -> Iterator[Fault]:
    """All ``part_of`` practices together are the requirement, so one alone is either more or less than a part."""
    counting: Counter[tuple[str, str]] = Counter()
    lonely: dict[tuple[str, str], tuple[Part[Any], Loc]] = {}
    for part, index, practice in places(files):
        for position, mapping in enumerate(practice.meets):
            if mapping.relation.counts and not practice.retired:
                counting[mapping.source, mapping.requirement] += 1
                if mapping.relation is Relation.PART_OF:
                    where = (part, ("practices", index, "meets", position, "relation"))
                    lonely[mapping.source, mapping.requirement] = where
    for key, (part, loc) in lonely.items():
        if counting[key] == 1:
            problem = f"is the only part of {' '.join(key)}"
            yield part.fault(loc, problem, "Map the other parts, or use “equal” or “supports”")
