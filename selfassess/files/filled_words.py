"""From the words of a filled-in workbook to those of an assessment, with faults that speak of cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selfassess.errors import Fault
from selfassess.files.days import read_day
from selfassess.files.levels import canonical_level
from selfassess.files.yaml import Document
from selfassess.model.answer import NA
from selfassess.model.standard import Standard

__all__ = ["settle_words"]


def settle_words(document: Document, standard: Standard, shown_as: str) -> list[Fault]:
    """Replace labels by codes and titles by ids, in place; what cannot be replaced is a fault.

    Args:
        document: What was filled in, from a workbook.
        standard: The standard that it answers.
        shown_as: The name by which the person knows the file.
    """
    found = [*_settle_cover(document, standard), *_settle_answers(document, standard)]
    return [Fault(shown_as, 0, place, problem, remedy) for place, problem, remedy in found]


_Found = Iterator[tuple[str, str, str]]


def _settle_cover(document: Document, standard: Standard) -> _Found:
    organisation = document.data.setdefault("organisation", {})
    if "name" not in organisation:
        yield _cover(document, "organisation", "name"), "is empty", "Write the organisation’s name there"
    titles = {kind.title.casefold(): kind.id for kind in standard.kinds.values()}
    given = organisation.get("kind", "")
    organisation["kind"] = titles.get(given.casefold(), given.casefold())
    if organisation["kind"] not in standard.kinds:
        remedy = f"Choose one of: {', '.join(kind.title for kind in standard.kinds.values())}"
        yield _cover(document, "organisation", "kind"), _found(given), remedy
    day = document.data.get("date", "")
    if day and read_day(day) is None:
        yield _cover(document, "date"), _found(day), "Write a day, as 21/11/2026, or leave it empty"


def _cover(document: Document, *way: str) -> str:
    return document.cell_of(way) or f"the cover, {way[-1]}"


def _settle_answers(document: Document, standard: Standard) -> _Found:
    for practice_id, answer in document.data["answers"].items():
        if "level" in answer:
            answer["level"] = canonical_level(answer["level"], standard)
        for field, problem, remedy in _check_answer(practice_id, answer, standard):
            yield f"{document.cell_of(('answers', practice_id, field))}, {practice_id}", problem, remedy


def _check_answer(practice_id: str, answer: dict[str, Any], standard: Standard) -> _Found:
    practice, labels = standard.practices.get(practice_id), standard.level_labels
    if practice is None:
        yield "reference", "is not a practice of this standard", "Leave the references as they were"
        return
    level, reason = answer.get("level"), answer.get("reason")
    allowed = [label for code, label in labels.items() if code != NA or practice.na_allowed]
    if level is not None and (level not in labels or labels[level] not in allowed):
        yield "level", _found(labels.get(level, level)), f"Choose one of: {', '.join(allowed)}"
    elif level == NA and not reason:
        yield "reason", f"is empty, but the answer is “{labels[NA]}”", "Write there why it does not apply"
    elif reason and level != NA:
        yield "reason", f"has a text, but the answer is not “{labels[NA]}”", "Move the text to “Note”"


def _found(given: object) -> str:
    return f"says “{str(given)[:60]}”" if given else "is empty"
