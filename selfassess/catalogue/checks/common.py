"""What every check needs: the practices with their places, and the words for what is missing or there twice."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from selfassess.catalogue.reading import Files, Part
from selfassess.errors import Fault
from selfassess.files.yaml import Loc
from selfassess.model.practice import Practice, PracticeFile

__all__ = ["KIND", "Place", "ids_of", "places", "repeats", "unknown"]

Place = tuple[Part[PracticeFile], int, Practice]
"""A practice with its file and its position there."""

KIND = "kind of organisation"


def places(files: Files) -> list[Place]:
    """Every practice of every file, retired ones included."""
    return [
        (part, index, practice)
        for part in files.of(PracticeFile)
        for index, practice in enumerate(part.record.practices)
    ]


def unknown(what: str, found: str, known: Iterable[str], of: str = "") -> tuple[str, str]:
    """Problem and remedy for a reference to something that does not exist."""
    names = list(dict.fromkeys(known))
    close = difflib.get_close_matches(found, names, n=1, cutoff=0.5) if len(found) >= _LIKENESS else []
    if close:
        remedy = f"Did you mean “{close[0]}”?"
    else:
        remedy = f"Use one of: {', '.join(names)}" if names else "Remove it, or add the file that should hold it"
    return f"names the {what} “{found}”{of}, which does not exist", remedy


_LIKENESS = 4
"""Shorter ids, as ``13``, are all alike, so that the nearest says nothing."""


def repeats(part: Part[Any], items: Iterable[tuple[Loc, str]], what: str) -> Iterator[Fault]:
    """A fault for every name after its first use."""
    seen: set[str] = set()
    for loc, name in items:
        if name in seen:
            remedy = "Give each an id of its own" if loc[-1] == "id" else "Keep one of the two"
            yield part.fault(loc, f"has the {what} “{name}” a second time", remedy)
        seen.add(name)


def ids_of(field: str, records: Iterable[Any]) -> Iterator[tuple[Loc, str]]:
    """The ids of a list of records, each with its place."""
    return (((field, index, "id"), record.id) for index, record in enumerate(records))
