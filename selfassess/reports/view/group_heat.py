"""The heat map: organisations by themes, with the number in every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from selfassess.explanation import round_half_up
from selfassess.group import GroupSummary, HeatCell, Member
from selfassess.model.standard import Kind, Theme
from selfassess.reports.view.group_common import NO_SCORE, list_kinds, number_of, show_score
from selfassess.reports.words import count
from selfassess.scoring import Rating

__all__ = ["HeatBlock", "HeatMap", "HeatRow", "HeatTable", "show_heat"]

THEMES_ACROSS = 14
"""So many themes fit across a page; more are shown in several tables."""

TINTS = ((25, "h0", "0 to 24"), (50, "h1", "25 to 49"), (75, "h2", "50 to 74"), (100, "h3", "75 to 99"))
FULL_TINT = ("h4", "100")
NOTHING_APPLIES = "n/a"

_MARKS = {Rating.URGENT: " !", Rating.NOT_ASSESSED: " …"}


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An organisation: counts, score, and a style name and a number for each theme."""

    name: str
    met: str
    score: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeatBlock:
    """The organisations of one group; the name is empty where there is nothing to tell apart."""

    group: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class HeatTable:
    """The organisations of one kind, by as many themes as fit across a page.

    Attributes:
        middle: The middle score of all these organisations; None where there are fewer than three.
    """

    heading: str
    themes: tuple[str, ...]
    blocks: tuple[HeatBlock, ...]
    middle: HeatRow | None

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.themes) + 3


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The tables, and what the tints mean: style name and words."""

    order: str
    key: tuple[tuple[str, str], ...]
    tables: tuple[HeatTable, ...]


_Line = tuple[Member, tuple[HeatCell | None, ...]]


def show_heat(summary: GroupSummary) -> HeatMap:
    """The heat map, kinds kept apart."""
    is_grouped = len({member.group for member in summary.members}) > 1
    return HeatMap(
        order="by group, then by name" if is_grouped else "by name",
        key=(*((style, words) for _, style, words in TINTS), FULL_TINT),
        tables=tuple(
            _show_table(summary, kind, part, is_grouped=is_grouped)
            for kind in list_kinds(summary)
            for part in _cut(len(summary.themes))
        ),
    )


def _cut(themes: int) -> list[slice]:
    """Parts of about the same size, none with more themes than fit."""
    parts = -(-themes // THEMES_ACROSS)
    edges = [themes * at // parts for at in range(parts + 1)]
    return [slice(start, stop) for start, stop in pairwise(edges)]


def _show_table(summary: GroupSummary, kind: Kind, part: slice, *, is_grouped: bool) -> HeatTable:
    lines = [
        (member, cells[part])
        for member, cells in zip(summary.members, summary.heat, strict=True)
        if member.kind == kind.id
    ]
    themes: Sequence[Theme] = summary.themes[part]
    more = "" if len(themes) == len(summary.themes) else f": {themes[0].title} to {themes[-1].title}"
    return HeatTable(
        heading=f"{kind.title} ({count(len(lines), 'organisation')}){more}",
        themes=tuple(theme.title for theme in themes),
        blocks=tuple(_blocks(lines, is_grouped=is_grouped)),
        middle=_middle(lines) if len(lines) > 2 else None,
    )


def _blocks(lines: Iterable[_Line], *, is_grouped: bool) -> Iterable[HeatBlock]:
    for group, held in groupby(lines, key=lambda line: line[0].group):
        name = (group or "No group given") if is_grouped else ""
        yield HeatBlock(name, tuple(_row(member, cells) for member, cells in held))


def _row(member: Member, cells: Iterable[HeatCell | None]) -> HeatRow:
    return HeatRow(
        name=member.name,
        met=number_of(member.met, member.applicable),
        score=show_score(member.score, provisional=member.is_provisional),
        cells=tuple(_cell(cell) for cell in cells),
    )


def _cell(cell: HeatCell | None) -> tuple[str, str]:
    """The tint and the number, with a mark where it needs one."""
    if cell is None:
        return "", NO_SCORE
    if cell.score is None:
        return "", NOTHING_APPLIES
    return _tint(cell.score), f"{show_score(cell.score)}{_MARKS.get(cell.rating, '')}"


def _tint(score: float) -> str:
    """By the number that people see, so that a tint never contradicts it."""
    shown = round_half_up(score)
    return next((style for below, style, _ in TINTS if shown < below), FULL_TINT[0])


def _middle(lines: Sequence[_Line]) -> HeatRow:
    columns = zip(*(cells for _, cells in lines), strict=True)
    scores = [[cell.score for cell in column if cell and cell.score is not None] for column in columns]
    overall = [member.score for member, _ in lines if member.score is not None]
    return HeatRow(
        name="Middle score (median)",
        met="",
        score=show_score(median(overall) if overall else None),
        cells=tuple((_tint(median(held)), show_score(median(held))) if held else ("", NO_SCORE) for held in scores),
    )
