"""What the help pages show: the scale, the rules, an example worked out by the library, and the sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from selfassess import Answer, Assessment, Explanation, Organisation, Scorecard, Standard, score
from selfassess.model.answer import DK, NA, Code, StandardReference
from selfassess.model.practice import Practice
from selfassess.model.source import Encoded, Source
from selfassess.reports.view.common import show_level
from selfassess.reports.view.method import Method, show_method
from selfassess.reports.words import count
from selfassess.scoring import MAX_LEVEL, Entry, ThemeScore
from webapp.questions.fields import scale_of

__all__ = ["Example", "ExampleRow", "Help", "HelpLevel", "SourceEntry", "list_sources", "make_help"]


@dataclass(frozen=True, slots=True)
class HelpLevel:
    """An answer, what it means, and how it counts."""

    label: str
    meaning: str
    example: str
    counts: str


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One practice of the example.

    Attributes:
        points: What the answer adds to the score; None where it is left out.
        most: What it could add.
    """

    title: str
    tier: str
    weight: int
    answer: str
    points: int | None
    most: int


@dataclass(frozen=True, slots=True)
class Example:
    """A theme with answers that we made up, scored by the library.

    Attributes:
        sentences: The library's own explanation of the result.
        readiness: How two requirements stand, explained by the library.
    """

    theme: str
    rows: tuple[ExampleRow, ...]
    points: int
    most: int
    sentences: tuple[str, ...]
    readiness: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """The help page."""

    levels: tuple[HelpLevel, ...]
    method: Method
    example: Example
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A publication that the standard rests on.

    Attributes:
        asked: How many requirements it has, in a sentence.
        notes: What must be said wherever it is shown.
    """

    title: str
    about: str
    asked: str
    notes: tuple[str, ...]
    seen: str
    rights: str
    link: str | None


@lru_cache(maxsize=2)
def make_help(standard: Standard) -> Help:
    """What the help page says, from the data of the standard; made once, because nothing of it changes.

    Args:
        standard: The standard installed.
    """
    method = show_method(standard)
    survey = standard.survey
    return Help(_levels(standard, method), method, _make_example(standard), survey.warnings if survey else ())


def list_sources(standard: Standard) -> tuple[SourceEntry, ...]:
    """Every publication that the standard rests on, the survey last."""
    known: list[Source | None] = [*standard.sources]
    shown = show_method(standard).sources
    known.extend([None] * (len(shown) - len(known)))
    return tuple(
        SourceEntry(
            title=each.title,
            about=each.about,
            asked=_asked(source) if source else "Its figures stand beside your answers.",
            notes=_notes(source) if source else (),
            seen=each.seen,
            rights=each.rights,
            link=each.link,
        )
        for each, source in zip(shown, known, strict=True)
    )


_COUNTS = {"met": "Counts as met.", "gap": "Counts as a gap.", "left out": "Left out of the counts and the score."}


def _levels(standard: Standard, method: Method) -> tuple[HelpLevel, ...]:
    counts = {level.label: _COUNTS[how] for level, how, _ in method.levels}
    return tuple(HelpLevel(each.label, each.meaning, each.example, counts[each.label]) for each in scale_of(standard))


def _asked(source: Source) -> str:
    wanted = sum(requirement.can_be_met for requirement in source.requirements)
    return f"It asks for {count(wanted, 'thing')} that can be set beside your answers."


def _notes(source: Source) -> tuple[str, ...]:
    partly = f"Known to us in part only. {source.encoded_note or ''}".strip()
    return tuple(filter(None, [partly if source.encoded is Encoded.PARTLY else None, source.readiness_note]))


_PATTERN: tuple[Code | None, ...] = (2, 1, 0, 3, None, DK)
"""The made-up answers, in turn: one of every sort."""


def _make_example(standard: Standard) -> Example:
    kind = standard.head.kinds[0].id
    theme_id = max(standard.practices_by_theme, key=lambda theme: _variety(standard.practices_by_theme[theme]))
    asked = [each for each in standard.asked("full", kind) if standard.theme_of[each.id].id == theme_id]
    card = _score(standard, kind, dict(_make_up(asked)))
    found = next(item for item in card.themes if item.theme.id == theme_id)
    return Example(
        theme=found.theme.title,
        rows=tuple(_row(standard, entry) for entry in found.entries),
        points=found.result.points,
        most=MAX_LEVEL * found.result.weight,
        sentences=card.explain(theme_id).sentences,
        readiness=tuple(islice(_explain_readiness(card, found), 2)),
    )


def _variety(practices: tuple[Practice, ...]) -> tuple[int, bool]:
    """How much an example from these practices can show."""
    return len({practice.tier for practice in practices}), any(practice.na_allowed for practice in practices)


def _make_up(practices: list[Practice]) -> Iterator[tuple[str, Answer]]:
    """An answer to each practice: “Does not apply” to the first that allows it, the others by turns."""
    free = next((practice.id for practice in practices if practice.na_allowed), None)
    others = [practice.id for practice in practices if practice.id != free]
    if free:
        yield free, Answer(level=NA, reason="An example")
    for index, practice in enumerate(others):
        yield practice, Answer(level=_PATTERN[index % len(_PATTERN)])


def _score(standard: Standard, kind: str, answers: dict[str, Answer]) -> Scorecard:
    sheet = Assessment(
        standard=StandardReference(id=standard.id),
        organisation=Organisation(name="An example", kind=kind),
        date=date(2026, 1, 1),
        answers=answers,
    )
    return score(standard, sheet)


def _row(standard: Standard, entry: Entry) -> ExampleRow:
    practice, answer = entry
    tiers = {tier.id: tier.label for tier in standard.head.tiers}
    weight = practice.tier.weight
    return ExampleRow(
        title=practice.title,
        tier=tiers[practice.tier.value],
        weight=weight,
        answer=show_level(standard, answer.level).label,
        points=weight * answer.points if answer.applies else None,
        most=MAX_LEVEL * weight,
    )


def _explain_readiness(card: Scorecard, theme: ThemeScore) -> Iterator[Explanation]:
    """Requirements that this theme alone decides, one for each way in which they stand."""
    own = {practice.id for practice, _ in theme.entries}
    told = set()
    for source in card.readiness:
        for item in source.requirements:
            if item.counted and own.issuperset(each.id for each in item.counted) and item.status not in told:
                told.add(item.status)
                yield card.explain(f"{source.source.id}:{item.requirement.id}")
