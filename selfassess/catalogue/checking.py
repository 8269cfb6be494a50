"""What no single file can show: ids that repeat, references that dangle, claims that cannot be counted."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from selfassess.catalogue.reading import Files, Part
from selfassess.errors import Fault
from selfassess.files.yaml import Loc
from selfassess.model.practice import Mapping, Practice, PracticeFile, Relation
from selfassess.model.reference import CaseStudies, Rules
from selfassess.model.source import Encoded, Requirement, RequirementStatus, Source
from selfassess.model.standard import Questionnaire, StandardHead
from selfassess.model.survey import Survey

__all__ = ["check_files"]

Place = tuple[Part[PracticeFile], int, Practice]
"""A practice with its file and its position there."""


def check_files(files: Files) -> list[Fault]:
    """Every fault between the files of a standard, file by file."""
    return [fault for check in _CHECKS for fault in check(files)]


def _places(files: Files) -> list[Place]:
    return [
        (part, index, practice)
        for part in files.of(PracticeFile)
        for index, practice in enumerate(part.record.practices)
    ]


def _known(what: str, found: str, known: Iterable[str]) -> tuple[str, str]:
    """Problem and remedy for a reference to something that does not exist."""
    names = sorted(known)
    close = difflib.get_close_matches(found, names, n=1, cutoff=0.5)
    if close:
        remedy = f"Did you mean “{close[0]}”?"
    else:
        remedy = f"Use one of: {', '.join(names[:20])}" if names else f"The standard has no {what}"
    return f"names the {what} “{found}”, which does not exist", remedy


def _repeats(part: Part[Any], items: Iterable[tuple[Loc, str]], what: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for loc, name in items:
        if name in seen:
            yield part.fault(loc, f"has the {what} “{name}” a second time", "Give each its own")
        seen.add(name)


def _check_head(files: Files) -> Iterator[Fault]:
    part = files.one(StandardHead)
    if not part:
        return
    head = part.record
    yield from _repeats(part, ((("themes", i, "id"), t.id) for i, t in enumerate(head.themes)), "theme")
    yield from _repeats(part, ((("kinds", i, "id"), k.id) for i, k in enumerate(head.kinds)), "kind")
    expected: tuple[tuple[str, list[Any], list[Any]], ...] = (
        ("levels", [x.level for x in head.levels], [0, 1, 2, 3]),
        ("other_answers", [x.code for x in head.other_answers], ["NA", "DK"]),
        ("tiers", [x.id for x in head.tiers], ["must", "core", "stretch"]),
    )
    for name, found, wanted in expected:
        if found != wanted:
            listed = ", ".join(map(str, wanted))
            yield part.fault((name,), "does not describe each answer or tier once, in order", f"List: {listed}")


def _check_source_order(files: Files) -> Iterator[Fault]:
    part = files.one(StandardHead)
    if not part:
        return
    order, present = part.record.sources_order, {p.record.id for p in files.of(Source)}
    yield from _repeats(part, ((("sources_order", i), s) for i, s in enumerate(order)), "source")
    for index, source in enumerate(order):
        if source not in present:
            yield part.fault(("sources_order", index), *_known("source", source, present))
    for missing in sorted(present - set(order)):
        yield part.fault(
            ("sources_order",),
            f"leaves out the source “{missing}”",
            "Add it where it should be shown",
        )


def _check_themes(files: Files) -> Iterator[Fault]:
    head = files.one(StandardHead)
    if not head:
        return
    declared = [theme.id for theme in head.record.themes]
    for part in files.of(PracticeFile):
        if part.record.theme not in declared:
            yield part.fault(("theme",), *_known("theme", part.record.theme, declared))
        elif part.record.theme != part.stem:
            yield part.fault(
                ("theme",),
                f"is “{part.record.theme}” in a file named {part.stem}.yaml",
                "Use one name",
            )
    filled = {part.record.theme for part in files.of(PracticeFile)}
    for index, theme in enumerate(declared):
        if theme not in filled:
            yield head.fault(
                ("themes", index),
                "has no practices",
                f"Add practices/{theme}.yaml or remove the theme",
            )


def _check_practice_ids(files: Files) -> Iterator[Fault]:
    first: dict[str, Part[PracticeFile]] = {}
    for part, index, practice in _places(files):
        if practice.id in first:
            problem = f"has the id “{practice.id}”, which {first[practice.id].shown_as} has already"
            yield part.fault(
                ("practices", index, "id"),
                problem,
                "Give it the next free number; ids are permanent",
            )
        first.setdefault(practice.id, part)


def _check_kinds(files: Files) -> Iterator[Fault]:
    head = files.one(StandardHead)
    kinds = [kind.id for kind in head.record.kinds] if head else []
    for part, index, practice in _places(files):
        for position, kind in enumerate(practice.applies_to):
            if kind not in kinds:
                yield part.fault(("practices", index, "applies_to", position), *_known(_KIND, kind, kinds))
        for kind in practice.statement_for:
            if kind not in practice.applies_to:
                problem = f"has a statement for “{kind}”, which it does not apply to"
                remedy = "Remove it, or add the kind to applies_to"
                yield part.fault(("practices", index, "statement_for", kind), problem, remedy)


_KIND = "kind of organisation"


def _check_not_applicable(files: Files) -> Iterator[Fault]:
    for part, index, practice in _places(files):
        loc: Loc = ("practices", index, "na_allowed")
        if practice.na_allowed and not practice.na_hint:
            yield part.fault(loc, "allows “does not apply” without saying when", "Add “na_hint:”")
        if practice.na_hint and not practice.na_allowed:
            yield part.fault(loc, "says when it does not apply, but does not allow it", "Remove “na_hint:”")


def _requirements(files: Files) -> dict[str, dict[str, Requirement]]:
    return {part.record.id: {r.id: r for r in part.record.requirements} for part in files.of(Source)}


def _check_mappings(files: Files) -> Iterator[Fault]:
    requirements = _requirements(files)
    for part, index, practice in _places(files):
        seen: set[tuple[str, str]] = set()
        for position, mapping in enumerate(practice.meets):
            loc = ("practices", index, "meets", position)
            key = (mapping.source, mapping.requirement)
            if key in seen:
                yield part.fault(loc, f"maps {' '.join(key)} a second time", "Keep the stronger relation")
            seen.add(key)
            yield from _check_mapping(part, loc, mapping, requirements)


def _check_mapping(
    part: Part[Any],
    loc: tuple[int | str, ...],
    mapping: Mapping,
    requirements: dict[str, dict[str, Requirement]],
) -> Iterator[Fault]:
    if mapping.source not in requirements:
        yield part.fault((*loc, "source"), *_known("source", mapping.source, requirements))
        return
    requirement = requirements[mapping.source].get(mapping.requirement)
    if requirement is None:
        yield part.fault(
            (*loc, "requirement"),
            *_known(
                f"requirement of {mapping.source}",
                mapping.requirement,
                requirements[mapping.source],
            ),
        )
    elif not requirement.can_be_met:
        state = _why_not_met(requirement)
        yield part.fault(
            (*loc, "requirement"),
            f"maps {mapping.source} {requirement.id}, which {state}",
            "Remove it",
        )


def _why_not_met(requirement: Requirement) -> str:
    if requirement.status is RequirementStatus.ABSENT:
        return "that source does not ask for"
    if requirement.status is RequirementStatus.NOT_APPLICABLE:
        return "does not apply to that source"
    return "describes the publication and is not asked"


def _check_parts(files: Files) -> Iterator[Fault]:
    """All ``part_of`` practices together are the requirement, so one alone is either more or less than a part."""
    counting: Counter[tuple[str, str]] = Counter()
    lonely: dict[tuple[str, str], tuple[Part[Any], Loc]] = {}
    for part, index, practice in _places(files):
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


def _check_references(files: Files) -> Iterator[Fault]:
    rules, studies = files.one(Rules), files.one(CaseStudies)
    rule_ids = {rule.id for rule in rules.record.rules} if rules else set()
    study_ids = {study.id for study in studies.record.case_studies} if studies else set()
    practice_ids = {practice.id for _, _, practice in _places(files)}
    for part, index, practice in _places(files):
        named = (
            ("rule", "rules", practice.rules, rule_ids),
            ("case study", "case_studies", [study.id for study in practice.case_studies], study_ids),
            ("practice", "retired", practice.retired.replaced_by if practice.retired else (), practice_ids),
        )
        for what, field, ids, known in named:
            for position, name in enumerate(ids):
                if name not in known:
                    yield part.fault(("practices", index, field, position), *_known(what, name, known))


def _check_survey_rows(files: Files) -> Iterator[Fault]:
    survey = files.one(Survey)
    rows = {row.id for row in survey.record.rows} if survey else set()
    taken: dict[str, str] = {}
    for part, index, practice in _places(files):
        row = practice.survey_row
        if row is None or practice.retired:
            continue
        loc = ("practices", index, "survey_row")
        if row not in rows:
            yield part.fault(loc, *_known("survey row", row, rows))
        elif row in taken:
            problem = f"is compared with survey row {row}, as {taken[row]} is"
            yield part.fault(loc, problem, "Compare one practice with each row")
        taken.setdefault(row, practice.id)


def _check_survey(files: Files) -> Iterator[Fault]:
    part, head = files.one(Survey), files.one(StandardHead)
    if not part or not head:
        return
    kinds = {kind.id for kind in head.record.kinds}
    yield from _repeats(part, ((("rows", i, "id"), row.id) for i, row in enumerate(part.record.rows)), "row")
    if "in_place" not in part.record.bases:
        yield part.fault(("bases",), "has no base for “in_place”", "Add the number who answered that table")
    for index, row in enumerate(part.record.rows):
        for kind in {*row.in_place, *row.importance} - kinds:
            yield part.fault(("rows", index, "in_place"), *_known(_KIND, kind, kinds))


def _check_sources(files: Files) -> Iterator[Fault]:
    for part in files.of(Source):
        source = part.record
        if source.id != part.stem:
            yield part.fault(("id",), f"is “{source.id}” in a file named {part.stem}.yaml", "Use one name")
        ids = ((("requirements", i, "id"), r.id) for i, r in enumerate(source.requirements))
        yield from _repeats(part, ids, "requirement")
        if source.encoded is Encoded.PARTLY and not source.encoded_note:
            yield part.fault(
                ("encoded",),
                "is partly encoded without saying what is missing",
                "Add “encoded_note:”",
            )


def _check_questionnaires(files: Files) -> Iterator[Fault]:
    known = {p.id: p for _, _, p in _places(files)}
    parts = files.of(Questionnaire)
    if parts and "full" not in {part.record.id for part in parts}:
        yield Fault(files.folder, 0, "", "has no questionnaire “full”", "Add questionnaires/full.yaml")
    for part in parts:
        if part.record.id != part.stem:
            problem = f"is “{part.record.id}” in a file named {part.stem}.yaml"
            yield part.fault(("id",), problem, "Use one name")
        if part.record.practices != "all":
            yield from _check_listed(part, part.record.practices, known)


def _check_listed(part: Part[Any], listed: Collection[str], known: dict[str, Practice]) -> Iterator[Fault]:
    yield from _repeats(part, ((("practices", i), name) for i, name in enumerate(listed)), "practice")
    for index, practice_id in enumerate(listed):
        if practice_id not in known:
            yield part.fault(("practices", index), *_known("practice", practice_id, known))
        elif known[practice_id].retired:
            yield part.fault(
                ("practices", index),
                f"asks {practice_id}, which is retired",
                "Remove it from the list",
            )


_CHECKS: tuple[Callable[[Files], Iterator[Fault]], ...] = (
    _check_head,
    _check_source_order,
    _check_themes,
    _check_practice_ids,
    _check_kinds,
    _check_not_applicable,
    _check_mappings,
    _check_parts,
    _check_references,
    _check_survey_rows,
    _check_survey,
    _check_sources,
    _check_questionnaires,
)
