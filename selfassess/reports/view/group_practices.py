"""The practices most often missing, and the must practices that are open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from selfassess.group import GroupSummary, OpenMust, PracticeStanding
from selfassess.model.answer import DK, Code
from selfassess.model.practice import Tier
from selfassess.reports.view.common import Named, name_practices
from selfassess.reports.view.group_common import list_kinds, number_of
from selfassess.reports.words import count, sentence

__all__ = ["GroupMusts", "MissingRow", "MissingView", "MustRow", "OpenRow", "show_group_musts", "show_missing"]

MISSING_AT_MOST = 30

_OPEN: tuple[Code, ...] = (0, 1, DK)


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A practice: at how many of those asked it is a gap, in all and by kind."""

    practice: Named
    tier: str
    gaps: str
    by_kind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """The practices most often missing.

    Attributes:
        note: How many more there are, or that there are none.
        kinds: The titles of the columns by kind; empty where all are of one kind.
    """

    note: str
    kinds: tuple[str, ...]
    rows: tuple[MissingRow, ...]


@dataclass(frozen=True, slots=True)
class MustRow:
    """A must practice that is open somewhere: at how many of those asked, how it stands there, what to do."""

    practice: Named
    open: str
    levels: tuple[int, ...]
    action: str


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An organisation with its open must practices."""

    name: str
    number: int
    practices: str


@dataclass(frozen=True, slots=True)
class GroupMusts:
    """The must practices that are open.

    Attributes:
        note: How many organisations have some, and how many none.
        levels: The titles of the columns by answer.
    """

    meaning: str
    note: str
    levels: tuple[str, ...]
    practices: tuple[MustRow, ...]
    organisations: tuple[OpenRow, ...]


def show_missing(summary: GroupSummary) -> MissingView:
    """The practices most often missing."""
    kinds = list_kinds(summary)
    several = kinds if len(kinds) > 1 else ()
    tiers = {tier.id: tier.label for tier in summary.standard.head.tiers}
    return MissingView(
        note=_missing_note(summary.most_missing),
        kinds=tuple(kind.title for kind in several),
        rows=tuple(
            MissingRow(
                practice=name_practices(item.practice)[0],
                tier=tiers[item.practice.tier.value],
                gaps=number_of(item.gaps, item.asked),
                by_kind=tuple(number_of(item.gaps_by_kind[k.id], item.asked_by_kind[k.id]) for k in several),
            )
            for item in summary.most_missing[:MISSING_AT_MOST]
        ),
    )


def show_group_musts(summary: GroupSummary) -> GroupMusts:
    """The must practices that are open, by practice and by organisation."""
    labels = summary.standard.level_labels
    rows = sorted(zip(summary.members, summary.open_musts, strict=True), key=lambda row: -len(row[1]))
    return GroupMusts(
        meaning=next(tier.meaning for tier in summary.standard.head.tiers if tier.id == Tier.MUST.value),
        note=_must_note(summary),
        levels=tuple(labels[code] for code in _OPEN),
        practices=tuple(_must_rows(summary)),
        organisations=tuple(OpenRow(m.name, len(held), _list_open(labels, held)) for m, held in rows if held),
    )


def _missing_note(standings: tuple[PracticeStanding, ...]) -> str:
    if not standings:
        return "No practice that was answered is a gap anywhere."
    more = len(standings) - MISSING_AT_MOST
    if more <= 0:
        return "Every practice that is a gap anywhere, most often missing first."
    highest = standings[MISSING_AT_MOST].gaps
    return (
        f"The first {MISSING_AT_MOST} of {len(standings)} practices that are a gap anywhere; each of the other {more} "
        f"is a gap at {count(highest, 'organisation')}{' or fewer' if highest > 1 else ''}."
    )


def _must_note(summary: GroupSummary) -> str:
    held, everybody = sum(bool(musts) for musts in summary.open_musts), len(summary.members)
    known = any(member.answered for member in summary.members)
    if not held:
        return "No must practice that was answered is a gap anywhere." if known else "Nothing has been answered yet."
    verb = "has" if held == 1 else "have"
    words = f"{held} of {count(everybody, 'organisation')} {verb} a must practice open"
    rest = everybody - held
    none = f"; the other {rest} {'has' if rest == 1 else 'have'} none that was answered as a gap" if rest else ""
    return f"{words}{none}. What is not answered is not counted here."


def _must_rows(summary: GroupSummary) -> Iterable[MustRow]:
    levels: dict[str, Counter[Code]] = defaultdict(Counter)
    for held in summary.open_musts:
        for item in held:
            levels[item.practice.id][item.level] += 1
    for standing in summary.most_missing:
        if standing.practice.tier is Tier.MUST:
            found = levels[standing.practice.id]
            yield MustRow(
                practice=name_practices(standing.practice)[0],
                open=number_of(standing.gaps, standing.asked),
                levels=tuple(found[code] for code in _OPEN),
                action=sentence(standing.practice.first_action.text),
            )


def _list_open(labels: dict[int | str, str], held: Iterable[OpenMust]) -> str:
    by_level: dict[Code, list[str]] = {code: [] for code in _OPEN}
    for item in held:
        by_level[item.level].append(item.practice.id)
    return "; ".join(f"{labels[code]}: {', '.join(ids)}" for code, ids in by_level.items() if ids)
