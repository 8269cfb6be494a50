"""From plain data to records of the model, every refusal with its line, its place and its remedy."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from selfassess.errors import Fault
from selfassess.files.refusals import Refusal, read_refusal, worth_saying
from selfassess.files.yaml import Document, Loc
from selfassess.model.record import is_practice_id

__all__ = ["build_record", "place_in", "place_of"]

_Model = TypeVar("_Model", bound=BaseModel)


def build_record(model: type[_Model], document: Document, shown_as: str) -> _Model | list[Fault]:
    """The record that the document describes, or what is wrong with it: at most the first hundred faults.

    Validation follows the strict rules for JSON: no value is converted, so ``year: "2005"`` is a fault.
    """
    try:
        return model.model_validate_json(json.dumps(document.data))
    except ValidationError as error:
        details = error.errors(include_url=False)[:_ENOUGH]
        refusals = [read_refusal(model, dict(detail)) for detail in details]
        return sorted(_located(worth_saying(refusals), document, shown_as))


_ENOUGH = 100
"""More faults help nobody, and hostile input could have hundreds of thousands."""


def _located(refusals: Iterable[Refusal], document: Document, shown_as: str) -> list[Fault]:
    return [
        Fault(shown_as, document.line_of(r.loc), place_in(document, r.holder), r.problem, r.remedy) for r in refusals
    ]


def place_in(document: Document, loc: Loc) -> str:
    """How people find a value in a document: its cell, where it has one, and its name as by ``place_of``."""
    return ", ".join(filter(None, [document.cell_of(loc), place_of(document.data, loc)]))


def place_of(data: Any, loc: Loc) -> str:
    """How people find a value: a practice by its id alone, another entry by its list and id, then the field.

    ``POL-01, meets 2, source``; ``requirements “13”, label``; ``themes 4`` where the fourth has no id.
    """
    names: list[str] = []
    for step in loc:
        data = _inside(data, step)
        name = step if isinstance(step, str) else _name_of_entry(data, step)
        if is_practice_id(name):
            names = [name]
        elif isinstance(step, int) and names:
            names[-1] += f" {name}"
        else:
            names.append(name)
    return ", ".join(names)


def _name_of_entry(entry: Any, index: int) -> str:
    name = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not name:
        return str(index + 1)
    return name if is_practice_id(name) else f"“{name}”"


def _inside(data: Any, step: int | str) -> Any:
    if isinstance(data, dict):
        return data.get(str(step))
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None
