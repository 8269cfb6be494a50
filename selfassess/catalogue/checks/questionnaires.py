"""Questionnaires: they ask practices that there are, and something of every kind of organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from selfassess.catalogue.checks.common import places, repeats, unknown
from selfassess.catalogue.reading import Files, Part
from selfassess.errors import Fault
from selfassess.model.practice import Practice
from selfassess.model.standard import Questionnaire

__all__ = ["check_questionnaires"]


def check_questionnaires(files: Files) -> Iterator[Fault]:
    """There is a full questionnaire, and each asks what can be asked."""
    known = {p.id: p for _, _, p in places(files)}
    parts = files.of(Questionnaire)
    if parts and "full" not in {part.record.id for part in parts}:
        yield Fault(files.folder, 0, "", "has no questionnaire “full”", "Add questionnaires/full.yaml")
    for part in parts:
        if part.record.id != part.stem:
            problem = f"is “{part.record.id}” in a file named {part.stem}.yaml"
            yield part.fault(("id",), problem, "Give both one name")
        if part.record.practices != "all":
            yield from _check_listed(part, part.record.practices, known)
        yield from _check_asked(part, files, known)


def _check_listed(part: Part[Any], listed: Collection[str], known: dict[str, Practice]) -> Iterator[Fault]:
    yield from repeats(part, ((("practices", i), name) for i, name in enumerate(listed)), "practice")
    for index, practice_id in enumerate(listed):
        if practice_id not in known:
            yield part.fault(("practices", index), *unknown("practice", practice_id, known))
        elif known[practice_id].retired:
            yield part.fault(
                ("practices", index),
                f"asks {practice_id}, which is retired",
                "Remove it from the list",
            )


def _check_asked(part: Part[Questionnaire], files: Files, known: dict[str, Practice]) -> Iterator[Fault]:
    """Every kind of organisation must be asked something; of nothing there is neither a score nor a share."""
    listed = part.record.practices
    ids = known if listed == "all" else listed
    asked = [known[practice_id] for practice_id in ids if practice_id in known and not known[practice_id].retired]
    for kind in files.head.record.kinds:
        if not any(kind.id in practice.applies_to for practice in asked):
            problem, remedy = f"asks nothing of the kind “{kind.id}”", "Add a practice that applies to it"
            yield part.fault(("practices",), problem, remedy)
