"""How near the organisation is to each published source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selfassess.model.practice import Practice
from selfassess.model.source import Encoded, Requirement, RequirementStatus, Source
from selfassess.readiness import Readiness, RequirementReadiness, SourceReadiness
from selfassess.reports.words import READINESS_MARKS, READINESS_WORDS, join_words
from selfassess.scorecard import Scorecard

__all__ = ["Matrix", "Overview", "ReadinessView", "SourceView", "show_overview", "show_readiness"]

OPEN = (Readiness.NOT_MET, Readiness.PARTLY, Readiness.UNKNOWN)
"""What is listed requirement by requirement; the rest is named in a line."""


@dataclass(frozen=True, slots=True)
class Count:
    """A line of the overview: how many requirements of a source are met, and how the others stand."""

    title: str
    partly_encoded: bool
    met: str
    others: str


@dataclass(frozen=True, slots=True)
class OpenRequirement:
    """A requirement that is not met, with what decides it."""

    id: str
    label: str
    deciders: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source shown by itself.

    Attributes:
        about: Title, publisher and year.
        notes: What must be said wherever the source is shown.
        open: The requirements that are not met, by how they stand.
        rest: The others by how they stand: a heading and the ids.
    """

    title: str
    about: str
    notes: tuple[str, ...]
    open: tuple[tuple[str, tuple[OpenRequirement, ...]], ...]
    rest: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A requirement that several sources share; ``cells`` are style name and words for each source."""

    id: str
    label: str
    note: str | None
    cells: tuple[tuple[str, str], ...]
    deciders: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Sources with the same requirements, side by side."""

    titles: tuple[str, ...]
    abouts: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]

    @property
    def heading(self) -> str:
        """What the sources are called together."""
        return join_words(self.titles)


@dataclass(frozen=True, slots=True)
class Overview:
    """How many requirements of each source are met.

    Attributes:
        counts: A line for each source.
        cautions: Source and what must be said of its counts.
    """

    counts: tuple[Count, ...]
    cautions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadinessView(Overview):
    """Readiness against every source of the standard.

    Attributes:
        matrices: Sources that share their requirements.
        sources: The other sources.
    """

    matrices: tuple[Matrix, ...]
    sources: tuple[SourceView, ...]


def show_overview(card: Scorecard) -> Overview:
    """The counts alone, for who does not show requirement by requirement."""
    return Overview(counts=tuple(_count(item) for item in card.readiness), cautions=tuple(_cautions(card)))


def show_readiness(card: Scorecard) -> ReadinessView:
    """Readiness against every source of the standard."""
    groups: dict[tuple[tuple[str, str], ...], list[SourceReadiness]] = defaultdict(list)
    for item in card.readiness:
        groups[tuple((r.id, r.label) for r in item.source.requirements)].append(item)
    overview = show_overview(card)
    return ReadinessView(
        counts=overview.counts,
        cautions=overview.cautions,
        matrices=tuple(_matrix(group) for group in groups.values() if len(group) > 1),
        sources=tuple(_source(card, group[0]) for group in groups.values() if len(group) == 1),
    )


def _cautions(card: Scorecard) -> Iterator[tuple[str, str]]:
    """What must be said of the counts: first, what a shorter questionnaire cannot show."""
    questionnaire = card.standard.questionnaires[card.assessment.questionnaire]
    if questionnaire.practices != "all":
        yield questionnaire.title, questionnaire.introduction
    for item in card.readiness:
        if item.source.readiness_note:
            yield item.source.short_title, item.source.readiness_note


def _count(item: SourceReadiness) -> Count:
    source, counts = item.source, item.counts
    met = f"{counts.pop(Readiness.MET)} of {len(item.requirements)}"
    others = ", ".join(f"{number} {READINESS_WORDS[status].lower()}" for status, number in counts.items() if number)
    return Count(source.short_title, source.encoded is Encoded.PARTLY, met, others or "none")


def _source(card: Scorecard, item: SourceReadiness) -> SourceView:
    source = item.source
    held = ((status, tuple(_open(card, r) for r in item.requirements if r.status is status)) for status in OPEN)
    waiting = tuple((_status_words(status), found) for status, found in held if found)
    rest = []
    for status in Readiness:
        ids = [r.requirement.id for r in item.requirements if r.status is status]
        if ids and status not in OPEN:
            rest.append((f"{READINESS_WORDS[status]} ({len(ids)})", ", ".join(ids)))
    absent = [r.id for r in source.requirements if r.status is RequirementStatus.ABSENT]
    if absent:
        rest.append((f"Not asked for ({len(absent)})", ", ".join(absent)))
    return SourceView(source.short_title, _about(source), _notes(source), waiting, tuple(rest))


def _open(card: Scorecard, item: RequirementReadiness) -> OpenRequirement:
    requirement = item.requirement
    return OpenRequirement(
        id=requirement.id,
        label=requirement.label,
        deciders=_deciders(card, item.counted or item.practices),
    )


def _deciders(card: Scorecard, practices: Iterable[Practice]) -> str:
    """The practices that keep it from being met."""
    answer_to = card.assessment.answer_to
    return ", ".join(dict.fromkeys(p.id for p in practices if not answer_to(p.id).is_met))


def _about(source: Source) -> str:
    return f"{source.title} ({source.publisher}, {source.year})"


def _notes(source: Source) -> tuple[str, ...]:
    encoded: tuple[str, ...] = ()
    if source.encoded is Encoded.PARTLY:
        encoded = (f"In part only. {source.encoded_note or ''}".strip(),)
    return (*encoded, *filter(None, [source.readiness_note]))


def _status_words(status: Readiness) -> str:
    return f"{READINESS_MARKS[status]} {READINESS_WORDS[status]}".strip()


def _matrix(group: list[SourceReadiness]) -> Matrix:
    rows = tuple(_matrix_row(group, r) for r in group[0].source.requirements)
    return Matrix(
        titles=tuple(item.source.short_title for item in group),
        abouts=tuple((item.source.short_title, _about(item.source)) for item in group),
        notes=_shared_notes([item.source for item in group]),
        rows=rows,
    )


def _shared_notes(sources: list[Source]) -> tuple[tuple[str, str], ...]:
    """Each note once, with the sources that it is about."""
    about: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        for note in _notes(source):
            about[note].append(source.short_title)
    return tuple((", ".join(titles), note) for note, titles in about.items())


def _matrix_row(group: list[SourceReadiness], first: Requirement) -> MatrixRow:
    found = [next((r for r in item.requirements if r.requirement.id == first.id), None) for item in group]
    practices = [p for item in found if item for p in item.counted or item.practices]
    return MatrixRow(
        id=first.id,
        label=first.label,
        note=None if first.asked else first.note or "Not asked: it describes the publication.",
        cells=tuple(_cell(first, item) for item in found),
        deciders=", ".join(dict.fromkeys(practice.id for practice in practices)),
    )


def _cell(requirement: Requirement, item: RequirementReadiness | None) -> tuple[str, str]:
    if not requirement.asked:
        return "none", "Not asked"
    if item is None:
        return "none", "Not asked for"
    return item.status.value, _status_words(item.status)
