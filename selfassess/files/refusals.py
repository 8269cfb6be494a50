"""What pydantic refuses, in words for people who write data files and not programs."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from selfassess.model.record import Identifier, Link, PracticeId, Slug, Version

__all__ = ["FORMS", "Refusal", "read_refusal", "worth_saying"]


def _pattern(annotation: Any) -> str:
    return str(get_args(annotation)[1].pattern)


FORMS = {
    _pattern(Slug): "small letters and digits, joined by - or _, as in “role-descriptions”",
    _pattern(PracticeId): "two to five capitals, a hyphen and two or three digits, as in “POL-01”",
    _pattern(Identifier): "at most twelve letters, digits and full stops, as in “13” or “2.1”",
    _pattern(Link): "a whole address, starting with https://",
    _pattern(Version): "three numbers joined by full stops, as in “1.0.0”",
}
"""What each pattern of the models asks for, in words."""


class Refusal(NamedTuple):
    """One thing that was refused.

    Attributes:
        kind: Pydantic's name for the mistake.
        loc: Where it is, without the steps that are no places in a file.
        given: What stands there.
        suggested: For an unknown key, the key that was probably meant.
    """

    kind: str
    loc: tuple[int | str, ...]
    given: Any
    problem: str
    remedy: str
    suggested: str = ""

    @property
    def holder(self) -> tuple[int | str, ...]:
        """The place to name: what lacks a key or has one too many, or else the value itself."""
        return self.loc[:-1] if self.kind in ("missing", "extra_forbidden") else self.loc


def read_refusal(model: type[BaseModel], detail: dict[str, Any]) -> Refusal:
    """One error of pydantic's in plain words."""
    kind, given, whole = detail["type"], detail.get("input"), tuple(detail["loc"])
    if kind == "string_type" and given is None:
        kind = "string_too_short"
    if kind == "extra_forbidden":
        close = _close_field(model, str(whole[-1]))
        remedy = f"Did you mean “{close}”?" if close else "Remove it, or check its spelling and its indentation"
        return Refusal(kind, whole, given, f"has the unknown key “{whole[-1]}”", remedy, close)
    loc = tuple(step for step in whole if not _is_branch(step))
    problem, remedy = _WORDS.get(kind, ("{said}", detail["msg"].replace("{", "{{").replace("}", "}}")))
    words = _words(loc, given, detail.get("ctx", {}))
    return Refusal(kind, loc, given, problem.format(**words), remedy.format(**words))


def worth_saying(refusals: Sequence[Refusal]) -> list[Refusal]:
    """The refusals without those that only echo another, so that one mistake is one line."""
    meant = {(*refusal.loc[:-1], refusal.suggested) for refusal in refusals if refusal.suggested}
    kept: dict[tuple[int | str, ...], Refusal] = {}
    for refusal in refusals:
        loc = refusal.loc
        if (refusal.kind == "missing" and loc in meant) or _is_echo(refusal, refusals):
            continue
        if loc in kept and refusal.remedy != kept[loc].remedy:
            also = refusal.remedy[:1].lower() + refusal.remedy[1:]
            kept[loc] = kept[loc]._replace(remedy=f"{kept[loc].remedy}; or {also}")
        kept.setdefault(loc, refusal)
    return list(kept.values())


def _is_echo(refusal: Refusal, refusals: Sequence[Refusal]) -> bool:
    """Whether it only follows from a fault further inside: a list miscounted, the other form of a value."""
    if refusal.kind not in ("too_short", "literal_error") or not isinstance(refusal.given, list | dict):
        return False
    depth = len(refusal.loc)
    return any(len(other.loc) > depth and other.loc[:depth] == refusal.loc for other in refusals)


def _is_branch(step: int | str) -> bool:
    """Whether a step names a branch of a union, or a key itself, which is no place in a file."""
    return isinstance(step, str) and ("[" in step or step == "tuple")


_TEXT = "Write text there; put quotes around text that looks like a number, true or false"
_GROUP = "Write “key: value” lines there"
_DAY = "Write a day of the calendar as 2026-11-21"

_WORDS = {
    "missing": ("has no {field}", "Add it"),
    "enum": ("{said}", "Use {expected}"),
    "literal_error": ("{said}", "Use {expected}"),
    "string_too_short": ("is empty", "Write the text, or remove the key where it is optional"),
    "string_too_long": ("is longer than {max_length} characters", "Shorten it"),
    "too_short": ("is empty", "Add at least one entry"),
    "too_long": ("has {actual_length} entries", "Keep {max_length}"),
    "string_pattern_mismatch": ("{said}", "Write {form}"),
    "greater_than_equal": ("{said}", "Write a number that is not below {ge}"),
    "less_than_equal": ("{said}", "Write a number that is not above {le}"),
    "string_type": ("{said}", _TEXT),
    "int_type": ("{said}", "Write a whole number there"),
    "int_from_float": ("{said}", "Write a whole number there"),
    "bool_type": ("{said}", "Write true or false"),
    "date_type": ("{said}", _DAY),
    "date_parsing": ("{said}", _DAY),
    "date_from_datetime_parsing": ("{said}", _DAY),
    "date_from_datetime_inexact": ("{said}", _DAY),
    "model_type": ("{said}", _GROUP),
    "model_attributes_type": ("{said}", _GROUP),
    "dict_type": ("{said}", _GROUP),
    "json_invalid": ("holds half of a character, a lone surrogate", "Find it, delete it and type it again"),
    "tuple_type": ("{said}", "Write a list there, one “- entry” to a line"),
}
"""Problem and remedy by pydantic's name for the mistake."""


def _words(loc: tuple[int | str, ...], given: Any, context: dict[str, Any]) -> dict[str, Any]:
    field = loc[-1] if loc else ""
    return {
        **context,
        "field": f"entry {field + 1}" if isinstance(field, int) else f"“{field}:”",
        "said": _said(given),
        "expected": _choice(str(context.get("expected", "")).replace("'", "")),
        "form": FORMS.get(str(context.get("pattern")), f"it in the form {context.get('pattern')}"),
    }


def _choice(names: str) -> str:
    return f"one of: {names}" if " or " in names else f"“{names}”"


def _said(given: Any) -> str:
    if given is None:
        return "is empty"
    if isinstance(given, bool):
        return f"says {str(given).lower()}"
    if isinstance(given, int | float):
        return f"is the number {given}"
    if isinstance(given, str):
        return f"says “{given if len(given) <= _SHOWN else given[:_SHOWN] + '…'}”"
    return "is a list" if isinstance(given, list) else "is a group of keys"


_SHOWN = 60
"""How many characters of a wrong value are repeated."""


def _close_field(model: type[BaseModel], field: str) -> str:
    close = difflib.get_close_matches(field, sorted(set(_field_names(model, set()))), n=1)
    return close[0] if close else ""


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
