"""From plain data to records of the model, every refusal with its line, its place and its remedy."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from selfassess.errors import Fault
from selfassess.files.yaml import Document, Loc

__all__ = ["build_record", "place_of"]

_Model = TypeVar("_Model", bound=BaseModel)


def build_record(model: type[_Model], document: Document, shown_as: str) -> _Model | list[Fault]:
    """The record that the document describes, or everything that is wrong with it.

    Validation follows the strict rules for JSON: no value is converted, so ``year: "2005"`` is a fault.
    """
    try:
        return model.model_validate_json(json.dumps(document.data))
    except ValidationError as error:
        found = [_fault(model, document, shown_as, dict(detail)) for detail in error.errors(include_url=False)]
        return sorted(set(found))


def place_of(data: Any, loc: Loc) -> str:
    """How people find a value: the nearest id around it, then the field, as ``POL-01, meets 2, source``."""
    names: list[str] = []
    for step in loc:
        if isinstance(step, int):
            names.append(str(step + 1))
        elif isinstance(data, dict | list):
            names.append(step)
        data = _inside(data, step)
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            names = [data["id"]]
    return _joined(names)


def _inside(data: Any, step: int | str) -> Any:
    if isinstance(data, dict):
        return data.get(str(step))
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _joined(names: list[str]) -> str:
    """``["POL-01", "meets", "2", "source"]`` as ``POL-01, meets 2, source``."""
    text = ""
    for name in names:
        text += f" {name}" if name.isdigit() and text else f", {name}" if text else name
    return text


def _fault(model: type[BaseModel], document: Document, shown_as: str, detail: dict[str, Any]) -> Fault:
    loc = tuple(step for step in detail["loc"] if not _is_branch(step))
    problem, remedy = _words(model, detail, str(loc[-1]) if loc else "")
    return Fault(shown_as, document.line_of(loc), place_of(document.data, loc), problem, remedy)


def _is_branch(step: int | str) -> bool:
    """Whether a step names a branch of a union, which is no place in the file."""
    return isinstance(step, str) and ("[" in step or step == "tuple")


def _words(model: type[BaseModel], detail: dict[str, Any], field: str) -> tuple[str, str]:
    """Problem and remedy for one refusal of pydantic's."""
    kind, given = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        return f"has the unknown key “{field}”", _remedy_for_unknown(model, field)
    if kind in _WORDS:
        values = {"field": field, "given": given, **detail.get("ctx", {})}
        problem, remedy = _WORDS[kind]
        return problem.format(**values), remedy.format(**values)
    return f"is {_described(given)}", _REMEDIES.get(kind, str(detail["msg"]))


_WORDS = {
    "missing": ("has no “{field}”", "Add “{field}:”"),
    "enum": ("says “{given}”", "Use one of: {expected}"),
    "literal_error": ("says “{given}”", "Use one of: {expected}"),
    "string_too_short": ("is empty", "Write the text, or remove the key where it is optional"),
    "string_too_long": ("is longer than {max_length} characters", "Shorten it"),
    "too_short": ("is empty", "Add at least one entry"),
    "string_pattern_mismatch": ("says “{given}”", "Write it in the form {pattern}"),
}

_GROUP = "Write “key: value” lines there"

_REMEDIES = {
    "string_type": "Write text there; put quotes around text that looks like a number, true or false",
    "int_type": "Write a whole number there",
    "bool_type": "Write true or false",
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dict_type": _GROUP,
    "tuple_type": "Write a list there, one “- entry” to a line",
}


def _described(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the word {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text “{value[:60]}”"
    return "a list" if isinstance(value, list) else "a group of keys"


def _remedy_for_unknown(model: type[BaseModel], field: str) -> str:
    close = difflib.get_close_matches(field, sorted(set(_field_names(model, set()))), n=1)
    return f"Did you mean “{close[0]}”?" if close else "Remove it, or check its spelling and its indentation"


def _field_names(annotation: Any, seen: set[Any]) -> Iterator[str]:
    """Every field name of a model and of the models inside it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation in seen:
            return
        seen.add(annotation)
        for name, field in annotation.model_fields.items():
            yield name
            yield from _field_names(field.annotation, seen)
    for inner in get_args(annotation):
        yield from _field_names(inner, seen)
