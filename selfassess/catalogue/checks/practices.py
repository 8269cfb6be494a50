"""Practices by themselves: their ids, the kinds they apply to, and what they refer to besides sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from selfassess.catalogue.checks.common import KIND, ids_of, places, repeats, unknown
from selfassess.catalogue.reading import Files, Part
from selfassess.errors import Fault
from selfassess.files.yaml import Loc
from selfassess.model.practice import PracticeFile
from selfassess.model.reference import CaseStudies, Rules

__all__ = ["check_ids", "check_kinds", "check_not_applicable", "check_reference_files", "check_references"]


def check_ids(files: Files) -> Iterator[Fault]:
    """No two practices have one id."""
    first: dict[str, Part[PracticeFile]] = {}
    for part, index, practice in places(files):
        if practice.id in first:
            problem = f"has the id “{practice.id}”, which {first[practice.id].shown_as} has already"
            yield part.fault(
                ("practices", index, "id"),
                problem,
                "Give it the next free number; ids are permanent",
            )
        first.setdefault(practice.id, part)


def check_kinds(files: Files) -> Iterator[Fault]:
    """Practices name kinds of organisation that there are, and have no statement for others."""
    kinds = [kind.id for kind in files.head.record.kinds]
    for part, index, practice in places(files):
        for position, kind in enumerate(practice.applies_to):
            if kind not in kinds:
                yield part.fault(("practices", index, "applies_to", position), *unknown(KIND, kind, kinds))
        for kind in practice.statement_for:
            if kind not in practice.applies_to:
                problem = f"has a statement for “{kind}”, which it does not apply to"
                remedy = "Remove it, or add the kind to applies_to"
                yield part.fault(("practices", index, "statement_for", kind), problem, remedy)


def check_not_applicable(files: Files) -> Iterator[Fault]:
    """“Does not apply” is explained where it is allowed, and only there."""
    for part, index, practice in places(files):
        loc: Loc = ("practices", index, "na_allowed")
        if practice.na_allowed and not practice.na_hint:
            yield part.fault(loc, "allows “does not apply” without saying when", "Add “na_hint:”")
        if practice.na_hint and not practice.na_allowed:
            yield part.fault(loc, "says when it does not apply, but does not allow it", "Remove “na_hint:”")


def check_references(files: Files) -> Iterator[Fault]:
    """The rules, case studies and successors that practices name are there."""
    rules, studies = files.one(Rules), files.one(CaseStudies)
    rule_ids = [rule.id for rule in rules.record.rules] if rules else []
    study_ids = [study.id for study in studies.record.case_studies] if studies else []
    practice_ids = [practice.id for _, _, practice in places(files)]
    for part, index, practice in places(files):
        replaced_by = practice.retired.replaced_by if practice.retired else ()
        shown = [study.id for study in practice.case_studies]
        named: tuple[tuple[str, Loc, Collection[str], list[str]], ...] = (
            ("rule", ("rules",), practice.rules, rule_ids),
            ("case study", ("case_studies",), shown, study_ids),
            ("practice", ("retired", "replaced_by"), replaced_by, practice_ids),
        )
        for what, field, ids, known in named:
            for position, name in enumerate(ids):
                if name not in known:
                    yield part.fault(("practices", index, *field, position), *unknown(what, name, known))


def check_reference_files(files: Files) -> Iterator[Fault]:
    """No two rules or case studies have one id."""
    for rules in files.of(Rules):
        yield from repeats(rules, ids_of("rules", rules.record.rules), "rule")
    for studies in files.of(CaseStudies):
        yield from repeats(studies, ids_of("case_studies", studies.record.case_studies), "case study")
