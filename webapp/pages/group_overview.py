"""What the organisations of a group have signed, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from selfassess import Assessment, Standard
from selfassess.explanation import round_half_up
from selfassess.model.practice import Practice, Tier
from selfassess.model.standard import Theme
from selfassess.reports.words import RATING_WORDS
from selfassess.scoring import Rating, SetScore, list_entries, score_set, score_themes
from webapp.store.group_results import GroupResult, SignedResult

__all__ = ["GroupOverview", "GroupRow", "OpenMust", "ThemeCell", "find_newest", "make_overview"]


@dataclass(frozen=True, slots=True)
class ThemeCell:
    """An organisation in a theme.

    Attributes:
        percent: The share that is met, as a whole number for the bar; the counts stand beside it.
    """

    met: int
    applicable: int
    percent: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """An organisation with what it signed last.

    Attributes:
        version: The version of the standard, where it is another than the newest among the group's.
        cells: One for each theme of the overview; None where nothing of it applies.
    """

    name: str
    date: date
    version: str | None
    rating: str
    is_urgent: bool
    asked: int
    applicable: int
    answered: int
    met: int
    gaps: int
    score: int | None
    open_musts: tuple[str, ...]
    cells: tuple[ThemeCell | None, ...]


@dataclass(frozen=True, slots=True)
class OpenMust:
    """A must practice that is a gap somewhere, and in how many organisations."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class GroupOverview:
    """A group's organisations together.

    Attributes:
        rows: Those that have signed, by name.
        unsigned: The names of those that have not.
        ratings: How many have each rating, worst first; ratings that nobody has are left out.
        open_musts: What is open most often first.
    """

    themes: tuple[Theme, ...]
    rows: tuple[GroupRow, ...]
    unsigned: tuple[str, ...]
    ratings: tuple[tuple[str, int], ...]
    open_musts: tuple[OpenMust, ...]


_RATING_ORDER = (
    Rating.URGENT,
    Rating.STARTING,
    Rating.INCOMPLETE,
    Rating.DEVELOPING,
    Rating.ESTABLISHED,
    Rating.NOT_ASSESSED,
)


@dataclass(frozen=True, slots=True)
class _Scored:
    """What an assessment comes to."""

    standard: Standard
    overall: SetScore
    themes: dict[str, SetScore]
    open_musts: tuple[Practice, ...]


def make_overview(results: Iterable[GroupResult], get_standard: Callable[[str], Standard]) -> GroupOverview:
    """The overview of a group.

    Args:
        results: Its organisations, by name.
        get_standard: Gives the standard with a hash.
    """
    results = tuple(results)
    signed = [(result.name, result.signed) for result in results if result.signed]
    scored = [_score(item, get_standard) for _, item in signed]
    newest = find_newest(item.standard for item in scored)
    themes = newest.head.themes if newest else ()
    return GroupOverview(
        themes=themes,
        rows=tuple(
            _make_row(name, item.date, counted, themes, newest)
            for (name, item), counted in zip(signed, scored, strict=True)
        ),
        unsigned=tuple(result.name for result in results if not result.signed),
        ratings=_count_ratings(scored),
        open_musts=_count_musts(scored),
    )


_REMEMBERED = 1000
"""Assessments whose counts a process remembers: what was signed never changes."""


@lru_cache(maxsize=_REMEMBERED)
def _score(signed: SignedResult, get_standard: Callable[[str], Standard]) -> _Scored:
    """The counts alone: what a scorecard has beside them would take ten times as long, and is not shown here."""
    standard = get_standard(signed.standard_hash)
    entries = list_entries(standard, Assessment.model_validate_json(signed.document))
    return _Scored(
        standard=standard,
        overall=score_set(entries),
        themes={item.theme.id: item.result for item in score_themes(standard, entries)},
        open_musts=tuple(item.practice for item in entries if item.practice.tier is Tier.MUST and item.answer.is_gap),
    )


def find_newest(standards: Iterable[Standard]) -> Standard | None:
    """The newest of several versions of a standard; None where there are none."""
    return max(standards, key=_version_of, default=None)


def _version_of(standard: Standard) -> tuple[int, ...]:
    return tuple(int(part) for part in standard.version.split("."))


def _make_row(name: str, day: date, item: _Scored, themes: Iterable[Theme], newest: Standard | None) -> GroupRow:
    result = item.overall
    return GroupRow(
        name=name,
        date=day,
        version=None if item.standard is newest else item.standard.version,
        rating=RATING_WORDS[result.rating],
        is_urgent=result.rating is Rating.URGENT,
        asked=result.asked,
        applicable=result.applicable,
        answered=result.answered,
        met=result.met,
        gaps=result.gaps,
        score=None if result.score is None else round_half_up(result.score),
        open_musts=tuple(practice.title for practice in item.open_musts),
        cells=tuple(_make_cell(item.themes.get(theme.id)) for theme in themes),
    )


def _make_cell(result: SetScore | None) -> ThemeCell | None:
    if result is None or not result.applicable:
        return None
    return ThemeCell(result.met, result.applicable, round_half_up(100 * result.met / result.applicable))


def _count_ratings(scored: Iterable[_Scored]) -> tuple[tuple[str, int], ...]:
    found = Counter(item.overall.rating for item in scored)
    return tuple((RATING_WORDS[rating], found[rating]) for rating in _RATING_ORDER if found[rating])


def _count_musts(scored: Iterable[_Scored]) -> tuple[OpenMust, ...]:
    """By the practice's id, because a later version may have another title for it; the latest seen is shown."""
    titles: dict[str, str] = {}
    found: Counter[str] = Counter()
    for item in scored:
        for practice in item.open_musts:
            titles[practice.id] = practice.title
            found[practice.id] += 1
    return tuple(OpenMust(titles[key], count) for key, count in found.most_common())
