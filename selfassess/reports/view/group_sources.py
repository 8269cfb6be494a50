"""How the organisations stand to each published source, as counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selfassess.group import GroupSummary, RequirementStanding, SourceStanding
from selfassess.readiness import Readiness
from selfassess.reports.words import READINESS_WORDS

__all__ = ["GroupSource", "GroupSources", "RequirementRow", "SourceRow", "show_group_sources"]

COUNTED = (Readiness.MET, Readiness.PARTLY, Readiness.NOT_MET, Readiness.UNKNOWN)
LEFT_OUT = (Readiness.NOT_APPLICABLE, Readiness.NOT_COVERED)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source: how many of its requirements are met by all, by at least half, by fewer, by nobody, and left out."""

    title: str
    requirements: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement: how many organisations stand each way, in the order of the columns."""

    id: str
    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupSource:
    """A source requirement by requirement, with what must be said wherever it is shown."""

    title: str
    about: str
    notes: tuple[str, ...]
    rows: tuple[RequirementRow, ...]


@dataclass(frozen=True, slots=True)
class GroupSources:
    """Readiness by source.

    Attributes:
        columns: The titles of the columns of the requirements.
        overview: The sources in a line each.
    """

    columns: tuple[str, ...]
    overview: tuple[SourceRow, ...]
    sources: tuple[GroupSource, ...]


def show_group_sources(summary: GroupSummary) -> GroupSources:
    """Readiness by source."""
    return GroupSources(
        columns=(*(READINESS_WORDS[status] for status in COUNTED), "Left out"),
        overview=tuple(_count_source(item) for item in summary.sources),
        sources=tuple(_show_source(item) for item in summary.sources),
    )


def _count_source(item: SourceStanding) -> SourceRow:
    found = [_reach(standing) for standing in item.requirements]
    return SourceRow(item.source.short_title, len(found), tuple(found.count(reach) for reach in range(5)))


def _reach(standing: RequirementStanding) -> int:
    """By whom a requirement is met: 0 all, 1 at least half, 2 fewer, 3 nobody; 4 it counts for nobody."""
    met, base = standing.counts[Readiness.MET], sum(standing.counts[status] for status in COUNTED)
    if not base:
        return 4
    if met == base:
        return 0
    return 1 if 2 * met >= base else 2 if met else 3


def _show_source(item: SourceStanding) -> GroupSource:
    source = item.source
    return GroupSource(
        title=source.short_title,
        about=f"{source.title} ({source.publisher}, {source.year})",
        notes=tuple(filter(None, (source.readiness_note, source.encoded_note))),
        rows=tuple(_rows(item.requirements)),
    )


def _rows(standings: Iterable[RequirementStanding]) -> Iterable[RequirementRow]:
    for standing in standings:
        left = sum(standing.counts[status] for status in LEFT_OUT)
        counts = (*(standing.counts[status] for status in COUNTED), left)
        yield RequirementRow(standing.requirement.id, standing.requirement.label, counts)
