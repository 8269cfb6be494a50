"""``standard.yaml`` and what it declares: levels, tiers, themes, sources and their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selfassess.catalogue.checks.common import ids_of, repeats, unknown
from selfassess.catalogue.reading import Files
from selfassess.errors import Fault
from selfassess.model.practice import PracticeFile
from selfassess.model.source import Encoded, Source

__all__ = ["check_head", "check_labels", "check_source_order", "check_sources", "check_themes"]


def check_head(files: Files) -> Iterator[Fault]:
    """Themes and kinds are declared once; levels, other answers and tiers completely and in order."""
    part, head = files.head, files.head.record
    yield from repeats(part, ids_of("themes", head.themes), "theme")
    yield from repeats(part, ids_of("kinds", head.kinds), "kind")
    expected: tuple[tuple[str, list[Any], list[Any]], ...] = (
        ("levels", [x.level for x in head.levels], [0, 1, 2, 3]),
        ("other_answers", [x.code for x in head.other_answers], ["NA", "DK"]),
        ("tiers", [x.id for x in head.tiers], ["must", "core", "stretch"]),
    )
    for name, found, wanted in expected:
        if found != wanted:
            remedy = f"List each once, in this order: {', '.join(map(str, wanted))}"
            yield part.fault((name,), f"lists {', '.join(map(str, found))}", remedy)


def check_labels(files: Files) -> Iterator[Fault]:
    """A label stands for an answer wherever people type one, so it must stand for one answer only."""
    part, head = files.head, files.head.record
    labels = [("levels", index, str(x.level), x.label) for index, x in enumerate(head.levels)]
    labels += [("other_answers", index, x.code, x.label) for index, x in enumerate(head.other_answers)]
    taken = {code.casefold(): code for _, _, code, _ in labels}
    for field, index, code, label in labels:
        other = taken.setdefault(" ".join(label.split()).casefold(), code)
        if other != code:
            problem = f"labels {code} “{label}”, which stands for {other} already"
            yield part.fault((field, index, "label"), problem, "Give each answer a label of its own")


def check_source_order(files: Files) -> Iterator[Fault]:
    """``sources_order`` names every source once and nothing else."""
    part = files.head
    order, present = part.record.sources_order, {p.record.id for p in files.of(Source)}
    yield from repeats(part, ((("sources_order", i), s) for i, s in enumerate(order)), "source")
    for index, source in enumerate(order):
        if source not in present:
            yield part.fault(("sources_order", index), *unknown("source", source, sorted(present)))
    for missing in sorted(present - set(order)):
        yield part.fault(
            ("sources_order",),
            f"leaves out the source “{missing}”",
            "Add it where it should be shown",
        )


def check_themes(files: Files) -> Iterator[Fault]:
    """Each theme has its file of practices, and each file its theme."""
    head = files.head
    declared = [theme.id for theme in head.record.themes]
    for part in files.of(PracticeFile):
        if part.record.theme not in declared:
            yield part.fault(("theme",), *unknown("theme", part.record.theme, declared))
        elif part.record.theme != part.stem:
            yield part.fault(
                ("theme",),
                f"is “{part.record.theme}” in a file named {part.stem}.yaml",
                "Give both one name",
            )
    filled = {part.record.theme for part in files.of(PracticeFile)}
    for index, theme in enumerate(declared):
        if theme not in filled:
            yield head.fault(
                ("themes", index),
                "has no practices",
                f"Add practices/{theme}.yaml or remove the theme",
            )


def check_sources(files: Files) -> Iterator[Fault]:
    """Each source has the name of its file, numbers its requirements once, and owns up to what is missing."""
    for part in files.of(Source):
        source = part.record
        if source.id != part.stem:
            yield part.fault(("id",), f"is “{source.id}” in a file named {part.stem}.yaml", "Give both one name")
        yield from repeats(part, ids_of("requirements", source.requirements), "requirement")
        if source.encoded is Encoded.PARTLY and not source.encoded_note:
            problem = "is partly encoded without saying what is missing"
            yield part.fault(("encoded",), problem, "Add “encoded_note:”")
