"""All the checks between the files of a standard, in the order in which people put faults right."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from selfassess.catalogue.checks import mappings, practices, questionnaires, structure, survey
from selfassess.catalogue.reading import Files
from selfassess.errors import Fault

__all__ = ["check_files"]


def check_files(files: Files) -> list[Fault]:
    """Every fault between the files of a standard."""
    return [fault for check in _CHECKS for fault in check(files)]


_CHECKS: tuple[Callable[[Files], Iterator[Fault]], ...] = (
    structure.check_head,
    structure.check_labels,
    structure.check_source_order,
    structure.check_themes,
    structure.check_sources,
    practices.check_ids,
    practices.check_kinds,
    practices.check_not_applicable,
    practices.check_references,
    practices.check_reference_files,
    mappings.check_mappings,
    mappings.check_parts,
    survey.check_survey,
    survey.check_survey_rows,
    questionnaires.check_questionnaires,
)
