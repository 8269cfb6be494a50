"""JSON, read as strictly as YAML is: every key once, a bound on depth, and every value knows its line."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from selfassess.errors import Fault
from selfassess.files.mistakes import UNPRINTABLE
from selfassess.files.yaml import MAX_DEPTH, Document, YamlFaults, parse_yaml

__all__ = ["parse_json"]


def parse_json(text: str, shown_as: str) -> Document:
    """Parse one JSON document; the JSON parser gives the values, the YAML parser the lines.

    Raises:
        YamlFaults: The text is not JSON, or repeats a key, or is nested too deep.
    """
    try:
        data = json.loads(text, object_pairs_hook=_once_each, parse_int=_whole_number, parse_constant=str)
    except json.JSONDecodeError as error:
        raise YamlFaults(_explain(error, shown_as)) from None
    except _RepeatedKeyError as error:
        told = [fault for fault in _faults_as_yaml(text, shown_as) if fault.problem == str(error)]
        raise YamlFaults(*told or [Fault(shown_as, 0, "", str(error), "Keep one of the two")]) from None
    except RecursionError:
        raise YamlFaults(*_faults_as_yaml(text, shown_as)) from None
    _refuse_halves(text, shown_as)
    yaml_text = _as_yaml(text)
    try:
        parse_yaml(yaml_text, shown_as)
    except YamlFaults:
        if _depth(data) > MAX_DEPTH:
            raise
        return Document(data, None)  # a few ways of breaking lines that only JSON has
    return Document(data, yaml_text)


def _faults_as_yaml(text: str, shown_as: str) -> Sequence[Fault]:
    """What the YAML parser refuses; unlike the JSON parser, it knows the lines."""
    try:
        parse_yaml(_as_yaml(text), shown_as)
    except YamlFaults as error:
        return error.faults
    return ()


def _depth(data: Any) -> int:
    """How deep lists and groups are nested, counted without recursion."""
    depth, level = 0, [data]
    while level := [item for item in level if isinstance(item, dict | list)]:
        depth += 1
        level = [inner for item in level for inner in (item.values() if isinstance(item, dict) else item)]
    return depth


def _explain(error: json.JSONDecodeError, shown_as: str) -> Fault:
    problem = next((words for said, words in _MISTAKES.items() if error.msg.startswith(said)), error.msg)
    remedy = "Check commas, quotes and brackets"
    return Fault(shown_as, error.lineno, f"column {error.colno}", f"is not valid JSON: {problem}", remedy)


_MISTAKES = {
    "Expecting value": "a value is missing",
    "Expecting property name": "a key in double quotes is missing",
    "Illegal trailing comma": "a comma is too many",
    "Expecting ',' delimiter": "a comma or a closing bracket is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Extra data": "something follows its end",
    "Invalid control character": "a text breaks off at the end of a line",
    "Unterminated string": "a quote is never closed",
    "Invalid \\": "a backslash stands before a letter that means nothing after it",
}
"""How Python's messages start, and what they mean to whoever wrote the file."""


def _refuse_halves(text: str, shown_as: str) -> None:
    """Refuse an escape for half of a character, which no file could be written with."""
    for escape in _ESCAPE.finditer(text):
        if escape["half"]:
            line = text.count("\n", 0, escape.start()) + 1
            problem = f"holds half of a character, {escape[0]}"
            raise YamlFaults(Fault(shown_as, line, "", problem, "Delete it and type the character again"))


class _RepeatedKeyError(Exception):
    """A JSON object has a key twice."""


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise _RepeatedKeyError(f"has the key “{key}” twice")
        data[key] = value
    return data


def _whole_number(digits: str) -> int | float:
    """A whole number; one that is too long to be meant becomes what YAML makes of it."""
    return int(digits) if len(digits) < _LONG else float(digits)


_LONG = 20

_ESCAPE = re.compile(
    r"""\\(?:
        (?P<pair>u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})
        | (?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})
        | .
    )""",
    re.VERBOSE,
)
"""A backslash with what belongs to it, apart where it is a pair of surrogates or one of them alone."""


def _as_yaml(text: str) -> str:
    """The text with what YAML reads otherwise than JSON, or not at all, put so that the lines stay the same."""
    return UNPRINTABLE.sub("\ufffd", _ESCAPE.sub(_yaml_escape, text.translate(_BLANKS)))


_BLANKS = dict.fromkeys(map(ord, "\t\x85\u2028\u2029"), " ")


def _yaml_escape(escape: re.Match[str]) -> str:
    if escape["pair"]:
        return str(json.loads(f'"{escape[0]}"'))
    return "/" if escape[0] == "\\/" else escape[0]
