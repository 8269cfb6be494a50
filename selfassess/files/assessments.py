"""Reading one assessment, YAML, JSON or a filled-in workbook, against the standard that it answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from selfassess.catalogue import find_standards, load_standard
from selfassess.errors import AssessmentError, Fault, StandardError
from selfassess.files.json import parse_json
from selfassess.files.levels import canonical_level
from selfassess.files.records import build_record, place_in
from selfassess.files.text import read_text
from selfassess.files.yaml import Document, YamlFaults, parse_yaml
from selfassess.model.answer import Assessment
from selfassess.model.checking import Misplaced, find_misplaced
from selfassess.model.standard import Standard

__all__ = ["read_assessment"]


def read_assessment(path: str | Path, *, standard: Standard | None = None) -> Assessment:
    """Read and check one assessment.

    Args:
        path: A file ending in ``.yaml``, ``.yml`` or ``.json``, or an ``.xlsx`` that ``selfassess template`` wrote.
        standard: The standard to check against; without it the one that the file names, which must come with the
            library.

    Raises:
        AssessmentError: The file cannot be read or has faults; every one is named with its line or its cell.
    """
    shown_as = str(path)
    document = _parse(Path(path), shown_as)
    if not isinstance(document.data, dict):
        problem = "is not an assessment" if document.data is not None else "is empty"
        remedy = "Start with “standard:”, “organisation:” and “answers:”"
        raise AssessmentError([Fault(shown_as, 1, "", problem, remedy)])
    standard = standard or _standard_of(document, shown_as)
    if document.is_workbook:
        _raise_any(_settle_words(document, standard, shown_as))
    _spell_out_levels(document.data, standard)
    assessment = build_record(Assessment, document, shown_as)
    if isinstance(assessment, list):
        raise AssessmentError(sorted({*assessment, *_faults_of_the_rest(document, standard, shown_as)}))
    _raise_any(sorted(_located(document, shown_as, fault) for fault in find_misplaced(standard, assessment)))
    return assessment


def _settle_words(document: Document, standard: Standard, shown_as: str) -> list[Fault]:
    from selfassess.files.filled_words import settle_words

    return settle_words(document, standard, shown_as)


def _raise_any(faults: Sequence[Fault]) -> None:
    if faults:
        raise AssessmentError(faults)


def _parse(path: Path, shown_as: str) -> Document:
    if path.suffix.lower() == ".xlsx":
        # Imported only now: the other formats need nothing of it.
        from selfassess.files.filled import read_filled

        return read_filled(path, shown_as)
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        problem = f"ends in “{path.suffix}”" if path.suffix else "has no ending"
        raise AssessmentError([Fault(shown_as, 0, "", problem, "An assessment is a .yaml, .json or .xlsx file")])
    text = read_text(path, shown_as)
    if isinstance(text, Fault):
        raise AssessmentError([text])
    try:
        return parse_json(text, shown_as) if path.suffix.lower() == ".json" else parse_yaml(text, shown_as)
    except YamlFaults as error:
        raise AssessmentError(error.faults) from None


def _standard_of(document: Document, shown_as: str) -> Standard:
    """The standard that the file names; only the library's own, so that no file decides what is read from a disk."""
    named = document.data.get("standard")
    name = named.get("id") if isinstance(named, dict) else named
    known, line, cell = find_standards(), document.line_of(["standard"]), document.cell_of(["standard", "id"])
    if not isinstance(name, str) or not name.strip():
        raise AssessmentError([Fault(shown_as, line, cell, "names no standard", f"Add “standard: {known[0]}”")])
    if name not in known:
        problem, remedy = f"names “{name}”, which is no standard here", f"Use one of: {', '.join(known)}"
        place = ", ".join(filter(None, [cell, "standard"]))
        raise AssessmentError([Fault(shown_as, line, place, problem, remedy)])
    try:
        return load_standard(name)
    except StandardError as error:
        raise AssessmentError(error.faults) from None


def _spell_out_levels(data: dict[str, Any], standard: Standard) -> None:
    """Replace labels such as “In place” by their codes, in place; what is no level is left to be refused."""
    answers = data.get("answers")
    if not isinstance(answers, dict):
        return
    for practice_id, answer in answers.items():
        if isinstance(answer, dict):
            if "level" in answer:
                answer["level"] = canonical_level(answer["level"], standard)
        else:
            answers[practice_id] = canonical_level(answer, standard)


def _faults_of_the_rest(document: Document, standard: Standard, shown_as: str) -> list[Fault]:
    """What else is wrong, once the answers that cannot be read are set aside, so that nobody has to look twice."""
    answers = document.data.get("answers")
    if not isinstance(answers, dict) or len(answers) > MANY_ANSWERS:
        return []
    readable = {name: answer for name, answer in answers.items() if _is_readable(name, answer)}
    rest = build_record(Assessment, Document(document.data | {"answers": readable}, None), shown_as)
    if isinstance(rest, list):
        return []
    return [_located(document, shown_as, fault) for fault in find_misplaced(standard, rest)]


MANY_ANSWERS = 1000
"""More than any standard asks: such a file is told only what is wrong with its form."""


def _is_readable(name: str, answer: Any) -> bool:
    probe = Document({"standard": "-", "organisation": {"name": "-", "kind": "a"}, "answers": {name: answer}}, None)
    return isinstance(build_record(Assessment, probe, ""), Assessment)


def _located(document: Document, shown_as: str, found: Misplaced) -> Fault:
    loc = found.loc
    return Fault(shown_as, document.line_of(loc), place_in(document, loc), found.problem, found.remedy)
