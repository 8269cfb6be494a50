"""JSON Lines: one assessment on each line, as ``selfassess score`` reads it from a file of its own.

Most lines are plain, and are read by comparing them with what an assessment looks like. Whatever is not surely plain is
left to the models, which know every rule and name every fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from pydantic_core import from_json

from selfassess.batch.blocks import Block, BlockMaker, Rejection, join_cells
from selfassess.batch.codes import CODE_OF, NA_CODE, NOT_ANSWERED, asked_masks, read_level, spellings
from selfassess.batch.rows import DEFAULT, MAX_LENGTHS, Keys, Row, RowReader, shorten
from selfassess.errors import AssessmentError, Fault
from selfassess.files.records import build_record, place_in
from selfassess.files.yaml import Document
from selfassess.model.answer import Answer, Assessment
from selfassess.model.checking import find_misplaced
from selfassess.model.standard import Standard

__all__ = ["HEADER", "LinesReader", "row_of"]

MAX_LINE_BYTES = 4_000_000
"""As much as one assessment in a file of its own may have."""

KEPT_BYTES = 10_000
"""So much of a line that is too long is kept to know it by."""

_ONE_EACH = "Write one object on each line, with “standard”, “organisation” and “answers”"

HEADER = ("record",)
"""The one cell of a rejected line is the line."""

_TOP = frozenset({"standard", "questionnaire", "organisation", "date", "answers"})
_ORGANISATION = frozenset({"name", "kind", "reference", "group"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_NOTHING, _WRONG = 255, 254
"""For a practice without answer, and for a number that is no level."""

_FROM_NUMBERS = bytes([0, 1, 2, 3, *[_WRONG] * 251, NOT_ANSWERED])

_PLAIN = frozenset({int, str, type(None)})


class LinesReader:
    """Reads JSON Lines against one standard."""

    def __init__(self, reader: RowReader, maker: BlockMaker) -> None:
        """Prepare what every line needs."""
        self._standard = reader.standard
        self._maker = maker
        self._plain = _PlainReader(reader.standard)

    def read(self, path: Path, shown_as: str, *, remarks: bool = False) -> Iterator[Block | Rejection]:
        """Read a file line by line.

        Raises:
            AssessmentError: The file cannot be read.
        """
        yield from self._maker.gather(shown_as, self.read_lines(path, shown_as, remarks=remarks), remarks=remarks)

    def pick(self, path: Path, shown_as: str) -> Iterator[tuple[int, str]]:
        """Every line with its number."""
        return ((number, _text_of(line)) for number, line in _lines(path, shown_as))

    def read_lines(self, path: Path, shown_as: str, *, remarks: bool) -> Iterator[Row | Rejection]:
        """What each line says, or what is wrong with it; empty lines are nothing."""
        for number, line in _lines(path, shown_as):
            if len(line) > MAX_LINE_BYTES:
                yield _reject_long(shown_as, number, line)
                continue
            if not line.strip():
                continue
            row = None if remarks else self._plain.read(number, line)
            yield row or self._read_any(shown_as, number, line)

    def _read_any(self, shown_as: str, number: int, line: bytes) -> Row | Rejection:
        data: Any = None
        try:
            data = _parse(line)
            return row_of(number, self._build(data, shown_as, number), self._standard)
        except AssessmentError as error:
            few = shorten(error.faults, len(error.faults))
            faults = tuple(replace(fault, file=shown_as, line=number) for fault in few)
            return Rejection(shown_as, number, _name_in(data), faults, HEADER, join_cells([_text_of(line)]))

    def _build(self, data: Any, shown_as: str, number: int) -> Assessment:
        if not isinstance(data, dict):
            raise AssessmentError([Fault(shown_as, number, "", "is not an assessment", _ONE_EACH)])
        _spell_out_levels(data, self._standard)
        document = Document(data, None)
        assessment = build_record(Assessment, document, shown_as)
        if isinstance(assessment, list):
            raise AssessmentError(assessment)
        found = find_misplaced(self._standard, assessment)
        if found:
            raise AssessmentError(Fault(shown_as, 0, place_in(document, m.loc), m.problem, m.remedy) for m in found)
        return assessment


class _PlainReader:
    """Reads lines in which every answer is a bare level and nothing needs a closer look."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._blank = dict.fromkeys(standard.practices, _NOTHING)
        known = dict[object, int](spellings(standard))
        self._codes: dict[object, int] = CODE_OF | {_NOTHING: NOT_ANSWERED} | known
        self._not_asked = {pair: np.flatnonzero(~mask).tolist() for pair, mask in asked_masks(standard).items()}
        self._days: dict[object, date | None] = {None: None}

    def read(self, number: int, line: bytes) -> Row | None:
        """The row, or None where the line is not surely plain."""
        try:
            data = from_json(line, cache_strings="keys")
            organisation, answers = data["organisation"], data["answers"]
            # As many colons as keys: no key is there twice, and no text holds a colon.
            plain = line.count(b":") == len(data) + len(organisation) + len(answers)
            if not (plain and data.keys() <= _TOP and organisation.keys() <= _ORGANISATION):
                return None
            keys = self._read_keys(data, organisation)
            codes = self._read_answers(answers, line)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        if keys is None or _WRONG in codes or NA_CODE in codes:
            return None
        if any(codes[at] != NOT_ANSWERED for at in self._not_asked[keys.kind, keys.questionnaire]):
            return None
        return Row(number, keys, codes)

    def _read_keys(self, data: dict[str, Any], organisation: dict[str, Any]) -> Keys | None:
        reference, group = organisation.get("reference"), organisation.get("group")
        name, questionnaire = organisation["name"], data.get("questionnaire", DEFAULT)
        day: Any = data.get("date")
        if day not in self._days:
            self._days[day] = date.fromisoformat(day) if _DAY.fullmatch(day) else None
        fine = (
            data["standard"] == self._standard.id
            and _is_plain(name, MAX_LENGTHS["organisation"])
            and (reference is None or _is_plain(reference, MAX_LENGTHS["reference"]))
            and (group is None or _is_plain(group, MAX_LENGTHS["group"]))
            and (day is None or self._days[day] is not None)
            and (organisation["kind"], questionnaire) in self._not_asked
        )
        return Keys(name, organisation["kind"], reference, group, self._days[day], questionnaire) if fine else None

    def _read_answers(self, answers: dict[str, Any], line: bytes) -> bytes:
        # Laid over a blank sheet, the answers are in the standard's order; an unknown practice makes it longer.
        sheet = self._blank | answers
        # True and False are numbers to what follows, and 255 is the mark of a blank.
        if len(sheet) > len(self._blank) or b"true" in line or b"false" in line or b"255" in line:
            raise ValueError
        try:
            return bytes(sheet.values()).translate(_FROM_NUMBERS)
        except TypeError:
            if not _PLAIN.issuperset(map(type, sheet.values())):
                raise
            return bytes(map(self._codes.__getitem__, sheet.values()))


def row_of(number: int, assessment: Assessment, standard: Standard) -> Row:
    """An assessment as a row."""
    organisation, answers = assessment.organisation, assessment.answers
    levels = (answers[p].level if p in answers else None for p in standard.practices)
    remarks: dict[str, dict[str, object]] = {
        practice_id: said for practice_id, answer in answers.items() if (said := _remarks(answer))
    }
    keys = Keys(
        organisation.name,
        organisation.kind,
        organisation.reference,
        organisation.group,
        assessment.date,
        assessment.questionnaire,
    )
    return Row(number, keys, bytes(CODE_OF[level] for level in levels), remarks)


def _remarks(answer: Answer) -> dict[str, object]:
    parts = {"note": answer.note, "reason": answer.reason, "evidence": list(answer.evidence)}
    return {name: part for name, part in parts.items() if part}


def _lines(path: Path, shown_as: str) -> Iterator[tuple[int, bytes]]:
    """Each line with its number; of one that is longer than `MAX_LINE_BYTES` only the beginning."""
    try:
        with path.open("rb") as stream:
            number, line = 1, stream.readline(MAX_LINE_BYTES + 1).removeprefix(b"\xef\xbb\xbf")
            while line:
                yield number, line
                rest = line
                while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
                    rest = stream.readline(MAX_LINE_BYTES + 1)
                number, line = number + 1, stream.readline(MAX_LINE_BYTES + 1)
    except OSError as error:
        problem, remedy = f"cannot be read: {error.strerror}", "Check the name and that you may open it"
        raise AssessmentError([Fault(shown_as, 0, "", problem, remedy)]) from None


def _reject_long(shown_as: str, number: int, line: bytes) -> Rejection:
    problem = f"is longer than {MAX_LINE_BYTES // 1_000_000} MB; only its beginning is kept"
    fault = Fault(shown_as, number, "", problem, "Write one object on each line")
    return Rejection(shown_as, number, "", (fault,), HEADER, join_cells([_text_of(line[:KEPT_BYTES])]))


def _text_of(line: bytes) -> str:
    return line.decode(errors="replace").rstrip("\r\n")


def _parse(line: bytes) -> Any:
    """The value of a line, every key once."""
    try:
        return json.loads(line.decode(), object_pairs_hook=_once_each, parse_constant=str)
    except UnicodeDecodeError:
        problem, remedy = "is not UTF-8 text", "Save it as UTF-8"
    except json.JSONDecodeError as error:
        problem, remedy = f"is not valid JSON: {error.msg} at character {error.colno}", _ONE_EACH
    except _RepeatedKeyError as error:
        problem, remedy = f"has the key “{error}” twice", "Keep one of the two"
    except (RecursionError, ValueError):
        problem, remedy = "cannot be read as JSON", "Write it less deep, and its numbers shorter"
    raise AssessmentError([Fault("", 0, "", problem, remedy)])


class _RepeatedKeyError(Exception):
    """A JSON object has a key twice."""


def _once_each(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise _RepeatedKeyError(key)
        data[key] = value
    return data


def _spell_out_levels(data: dict[str, Any], standard: Standard) -> None:
    answers = data.get("answers")
    if not isinstance(answers, dict):
        return
    for practice_id, answer in answers.items():
        if isinstance(answer, dict) and "level" in answer:
            answer["level"] = read_level(answer["level"], standard)
        elif not isinstance(answer, dict):
            answers[practice_id] = read_level(answer, standard)


def _is_plain(text: object, longest: int) -> bool:
    return isinstance(text, str) and 0 < len(text) <= longest and text == text.strip() and text.isprintable()


def _name_in(data: Any) -> str:
    """Whose line it is, as far as it says."""
    organisation = data.get("organisation") if isinstance(data, dict) else None
    name = organisation.get("name") if isinstance(organisation, dict) else None
    return name if isinstance(name, str) else ""
