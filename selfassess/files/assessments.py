"""Reading one assessment, YAML or JSON, against the standard that it answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from selfassess.catalogue import load_standard
from selfassess.errors import AssessmentError, Fault, StandardError
from selfassess.files.levels import canonical_level
from selfassess.files.records import build_record, place_of
from selfassess.files.text import read_text
from selfassess.files.yaml import Document, Loc, YamlFaults, parse_yaml
from selfassess.model.answer import Assessment
from selfassess.model.checking import Misplaced, find_misplaced
from selfassess.model.standard import Standard

__all__ = ["read_assessment"]


def read_assessment(path: str | Path, *, standard: Standard | None = None) -> Assessment:
    """Read and check one assessment.

    Args:
        path: A file ending in ``.yaml``, ``.yml`` or ``.json``.
        standard: The standard to check against; without it the one that the file names, which must come with the
            library.

    Raises:
        AssessmentError: The file cannot be read or has faults; every one is named with its line.
    """
    shown_as = str(path)
    document = _parse(Path(path), shown_as)
    if not isinstance(document.data, dict):
        problem, remedy = (
            "is not an assessment",
            "Start with “standard:”, “organisation:” and “answers:”",
        )
        raise AssessmentError([Fault(shown_as, 1, "", problem, remedy)])
    standard = standard or _standard_of(document, shown_as)
    _spell_out_levels(document.data, standard)
    assessment = build_record(Assessment, document, shown_as)
    if isinstance(assessment, list):
        raise AssessmentError(assessment)
    faults = [_located(document, shown_as, fault) for fault in find_misplaced(standard, assessment)]
    if faults:
        raise AssessmentError(sorted(faults))
    return assessment


def _parse(path: Path, shown_as: str) -> Document:
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        problem = f"ends in “{path.suffix}”" if path.suffix else "has no ending"
        raise AssessmentError([Fault(shown_as, 0, "", problem, "An assessment is a .yaml or .json file")])
    text = read_text(path, shown_as)
    if isinstance(text, Fault):
        raise AssessmentError([text])
    try:
        return _parse_json(text, shown_as) if path.suffix.lower() == ".json" else parse_yaml(text, shown_as)
    except YamlFaults as error:
        raise AssessmentError(error.faults) from None


def _parse_json(text: str, shown_as: str) -> Document:
    """JSON decides the values; the lines come from reading it as YAML, which JSON nearly always is too."""
    try:
        data = json.loads(text, object_pairs_hook=_refuse_repeats)
    except json.JSONDecodeError as error:
        problem = f"is not valid JSON: {error.msg}"
        fault = Fault(
            shown_as,
            error.lineno,
            f"column {error.colno}",
            problem,
            "Check commas, quotes and brackets",
        )
        raise YamlFaults(fault) from None
    except RecursionError:
        raise YamlFaults(Fault(shown_as, 0, "", "is nested too deep", "Flatten it")) from None
    except _RepeatedKeyError as error:
        fault = Fault(shown_as, 0, "", f"has the key “{error}” twice", "Keep one of the two")
        raise YamlFaults(fault) from None
    try:
        parse_yaml(text, shown_as)
    except YamlFaults:
        return Document(data, None)
    return Document(data, text)


class _RepeatedKeyError(Exception):
    """A JSON object has a key twice."""


def _refuse_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise _RepeatedKeyError(key)
        data[key] = value
    return data


def _standard_of(document: Document, shown_as: str) -> Standard:
    named = document.data.get("standard")
    name = named.get("id") if isinstance(named, dict) else named
    if not isinstance(name, str):
        fault = Fault(
            shown_as,
            document.line_of(["standard"]),
            "standard",
            "names no standard",
            _NAME_A_STANDARD,
        )
        raise AssessmentError([fault])
    try:
        return load_standard(name)
    except StandardError as error:
        line = document.line_of(["standard"])
        found = [Fault(shown_as, line, "standard", f"{f.place} {f.problem}", f.remedy) for f in error.faults]
        raise AssessmentError(found) from None


_NAME_A_STANDARD = "Add “standard: prison-volunteering”, or another id from “selfassess standards”"


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


def _located(document: Document, shown_as: str, found: Misplaced) -> Fault:
    loc: Loc = found.loc
    place = place_of(document.data, loc).removeprefix("answers, ")
    return Fault(shown_as, document.line_of(loc), place, found.problem, found.remedy)
