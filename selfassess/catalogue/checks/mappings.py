"""Claims that a practice meets a requirement: that there is such a one, and that the parts make a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from selfassess.catalogue.checks.common import places, unknown
from selfassess.catalogue.reading import Files, Part
from selfassess.errors import Fault
from selfassess.files.yaml import Loc
from selfassess.model.practice import Mapping, Practice, Relation, Tier
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
    """All ``part_of`` practices together are the requirement: none may stand alone, or never count."""
    claims: dict[tuple[str, str], list[_Claim]] = {}
    for part, index, practice in places(files):
        for position, mapping in enumerate(practice.meets):
            if mapping.relation.counts and not practice.retired:
                where: Loc = ("practices", index, "meets", position, "relation")
                claims.setdefault((mapping.source, mapping.requirement), []).append(
                    _Claim(practice, mapping.relation, part, where)
                )
    for key, found in claims.items():
        yield from _check_whole(" ".join(key), found)


class _Claim(NamedTuple):
    """A mapping that counts, with its place."""

    practice: Practice
    relation: Relation
    part: Part[Any]
    loc: Loc


def _check_whole(name: str, claims: list[_Claim]) -> Iterator[Fault]:
    decides_without_stretch = any(claim.practice.tier is not Tier.STRETCH for claim in claims)
    for claim in claims:
        if claim.relation is not Relation.PART_OF:
            continue
        if decides_without_stretch and claim.practice.tier is Tier.STRETCH:
            problem = f"is a stretch part of {name} beside core ones, so it would never count"
            yield claim.part.fault(claim.loc, problem, "Use “supports”, or make the others “supports”")
        if len(claims) == 1:
            problem = f"is the only part of {name}"
            yield claim.part.fault(claim.loc, problem, "Map the other parts, or use “equal” or “supports”")
