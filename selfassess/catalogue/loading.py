"""From a folder of files to a standard that can be relied on."""

from __future__ import annotations

from functools import lru_cache

from selfassess.catalogue.checking import check_files
from selfassess.catalogue.locating import StandardName, find_standards, locate_standard
from selfassess.catalogue.reading import Files, read_files
from selfassess.errors import Fault, StandardError
from selfassess.model.practice import Practice, PracticeFile
from selfassess.model.reference import CaseStudies, Rules
from selfassess.model.source import Source
from selfassess.model.standard import Questionnaire, Standard, StandardHead
from selfassess.model.survey import Survey

__all__ = ["check_standard", "load_standard"]


def check_standard(name: StandardName) -> list[Fault]:
    """Everything that is wrong with a standard's data; an empty list when nothing is.

    Faults between files are looked for once every single file is right: before that, one slip of the pen would show
    as many dangling references.

    Args:
        name: The id of a standard that comes with the library, or a folder.

    Raises:
        StandardError: There is no such standard.
    """
    return _faults_of(read_files(locate_standard(name)))


def load_standard(name: StandardName) -> Standard:
    """A standard, checked; the library's own are read once in a process.

    Args:
        name: The id of a standard that comes with the library, or a folder.

    Raises:
        StandardError: There is no such standard, or its data have faults; all of them are named.
    """
    if isinstance(name, str) and name in find_standards():
        return _load_own(name)
    return _load(name)


@lru_cache(maxsize=8)
def _load_own(name: str) -> Standard:
    return _load(name)


def _load(name: StandardName) -> Standard:
    files = read_files(locate_standard(name))
    faults = _faults_of(files)
    if faults:
        raise StandardError(faults)
    return _assemble(files)


def _faults_of(files: Files) -> list[Fault]:
    return sorted(set(files.faults or check_files(files)))


def _assemble(files: Files) -> Standard:
    head, survey = files.head, files.one(Survey)
    rules, studies = files.one(Rules), files.one(CaseStudies)
    return Standard(
        head=head.record,
        hash=files.hash,
        practices_by_theme=_practices_in_order(files, head.record),
        sources=_sources_in_order(files, head.record),
        questionnaires={part.record.id: part.record for part in files.of(Questionnaire)},
        survey=survey.record if survey else None,
        rules={rule.id: rule for rule in rules.record.rules} if rules else {},
        case_studies=studies.record if studies else None,
    )


def _practices_in_order(files: Files, head: StandardHead) -> dict[str, tuple[Practice, ...]]:
    by_theme = {part.record.theme: part.record.practices for part in files.of(PracticeFile)}
    return {theme.id: by_theme[theme.id] for theme in head.themes}


def _sources_in_order(files: Files, head: StandardHead) -> tuple[Source, ...]:
    by_id = {part.record.id: part.record for part in files.of(Source)}
    return tuple(by_id[source] for source in head.sources_order)
