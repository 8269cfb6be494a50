"""What the columns of a table hold (DESIGN, section 5), told from its header."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfassess.errors import Fault
from selfassess.model.record import is_practice_id
from selfassess.model.standard import Standard

__all__ = ["KEYS", "Layout", "is_table_header", "read_layout", "resembles_header"]

KEYS = ("organisation", "kind", "reference", "group", "date", "questionnaire")
"""The columns that say whose answers a row holds; only the first two are required."""

REQUIRED = KEYS[:2]

LONG = ("practice", "level", "note")
"""The columns of a long table, one row for each answer; the last is optional."""

SUGGESTED_AT_MOST = 30
"""To so many unknown columns the nearest known one is looked for, which takes long."""

_USE_TEMPLATE = "Use the columns of “selfassess template”, or remove it"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a row everything is, columns counted from 0.

    Attributes:
        header: The names as the person wrote them.
        keys: The column of each of the `KEYS` that is there.
        levels: The column of each practice, by the practice's place in the standard; empty in a long table.
        notes: The same for the columns of notes.
        long: The column of each of the columns of a long table; empty in a wide one.
        nameless: The columns without a name; nothing may stand in them.
    """

    header: tuple[str, ...]
    keys: dict[str, int]
    levels: dict[int, int]
    notes: dict[int, int]
    long: dict[str, int]
    nameless: tuple[int, ...]


def is_table_header(cells: Sequence[object]) -> bool:
    """Whether a row names columns of a table of assessments, rightly or wrongly."""
    return any(_fold(cell) in REQUIRED for cell in cells)


def resembles_header(cells: Sequence[object]) -> bool:
    """Whether a row below others looks as if it named columns: nobody writes two such names in a row of notes."""
    names = {_fold(cell) for cell in cells if cell is not None}
    telling = [name for name in names if name in REQUIRED or is_practice_id(name.upper())]
    return bool(telling) and len(names & {*KEYS, *LONG}) + sum(is_practice_id(name.upper()) for name in names) > 1


def read_layout(header: Sequence[object], standard: Standard, shown_as: str, row: int) -> Layout | list[Fault]:
    """The layout that a header means, or everything that is wrong with it.

    Args:
        header: The cells of the header.
        standard: Its practices may be columns.
        shown_as: The name by which the person knows the file.
        row: The header's row, counted from 1.
    """
    names = tuple("" if cell is None else str(cell) for cell in header)
    meanings = _Meanings(standard)
    found = [meanings.find(name) for name in names]
    faults = [Fault(shown_as, row, *fault) for fault in _find_faults(names, found, meanings)]
    if faults:
        return faults
    place = {meaning: column for column, meaning in enumerate(found) if meaning}
    return Layout(
        header=names,
        keys={key: place["key", key] for key in KEYS if ("key", key) in place},
        levels={at: place["level", p] for at, p in enumerate(standard.practices) if ("level", p) in place},
        notes={at: place["note", p] for at, p in enumerate(standard.practices) if ("note", p) in place},
        long={name: place["long", name] for name in LONG if ("long", name) in place},
        nameless=tuple(column for column, name in enumerate(names) if not name.strip()),
    )


_Meaning = tuple[str, str]
"""What sort of column it is, and the key or practice that it is about."""


class _Meanings:
    """What every column that there may be means, by its name in small letters."""

    def __init__(self, standard: Standard) -> None:
        self._known: dict[str, _Meaning] = {key: ("key", key) for key in KEYS}
        self._known |= {name: ("long", name) for name in LONG}
        for practice_id in standard.practices:
            folded = _fold(practice_id)
            self._known |= {folded: ("level", practice_id), f"{folded} note": ("note", practice_id)}

    def find(self, name: str) -> _Meaning | None:
        return self._known.get(_fold(name))

    def suggest(self, name: str) -> str:
        close = difflib.get_close_matches(_fold(name), self._known, n=1)
        if not close:
            return _USE_TEMPLATE
        sort, subject = self._known[close[0]]
        return f"Did you mean “{subject} note”?" if sort == "note" else f"Did you mean “{subject}”?"


def _find_faults(
    names: Sequence[str], found: Sequence[_Meaning | None], meanings: _Meanings
) -> Iterator[tuple[str, str, str]]:
    unknown = [name.strip() for name, meaning in zip(names, found, strict=True) if name.strip() and meaning is None]
    for at, name in enumerate(unknown):
        remedy = meanings.suggest(name) if at < SUGGESTED_AT_MOST else _USE_TEMPLATE
        yield name, "is no column of an assessment", remedy
    for meaning, count in Counter(filter(None, found)).items():
        if count > 1:
            name = " ".join(meaning[1:]) if meaning[0] != "note" else f"{meaning[1]} note"
            yield name, f"is there {count} times", "Keep one of them"
    for key in REQUIRED:
        if ("key", key) not in found:
            yield key, "is not among the columns", "Add it; the first row must name the columns"
    yield from _find_shape_faults({meaning for meaning in found if meaning})


def _find_shape_faults(found: set[_Meaning]) -> Iterator[tuple[str, str, str]]:
    sorts = {sort for sort, _ in found}
    if "long" not in sorts:
        if "level" not in sorts:
            yield "", "has no column of answers", "Add one for each practice, such as “POL-01”; or “practice”, “level”"
        return
    if sorts & {"level", "note"}:
        yield "practice", "is there beside columns of single practices", "Keep one way: a wide table or a long one"
    for name in LONG[:2]:
        if ("long", name) not in found:
            yield name, "is not among the columns", "A long table has both “practice” and “level”"


def _fold(name: object) -> str:
    """A column's name without what does not matter: case, spaces around, underscores for spaces."""
    return " ".join(str(name).replace("_", " ").split()).casefold()
