"""The one page of the group report that a head office can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from selfassess.explanation import RATING_RULES
from selfassess.group import GroupSummary, PracticeStanding
from selfassess.model.practice import Tier
from selfassess.reports.view.bars import Bar
from selfassess.reports.view.common import Named, name_practices
from selfassess.reports.view.group_absent import NO_NAME
from selfassess.reports.view.group_change import count_directions
from selfassess.reports.view.group_common import RATING_ORDER, number_of, show_count_bar, show_score
from selfassess.reports.view.group_scores import pool_themes
from selfassess.reports.words import EFFORT_WORDS, RATING_WORDS, TIMEFRAME_WORDS, count, join_words, sentence

__all__ = ["Help", "RatingRow", "SummaryPage", "show_summary_page"]

HELP_AT_MOST = 5
NAMED_AT_MOST = 5
THEMES_NAMED = 3
LONG_NAME = 60
BAR_LENGTH = 120
"""The length of the longest bar in points."""


@dataclass(frozen=True, slots=True)
class RatingRow:
    """How many organisations have a rating, and the rule that gives it."""

    label: str
    rule: str
    number: int
    bar: Bar


@dataclass(frozen=True, slots=True)
class Help:
    """A practice where help would lift most, how many lack it, and what to do first."""

    practice: Named
    about: str
    action: str


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """What a head office needs in order to act.

    Attributes:
        figures: Number and name: who took part, who did not, what is open.
        remarks: Sentences on musts, scores, themes and change.
        help: Where help would lift most; empty where nothing is a gap.
        help_note: What is said instead, or besides.
    """

    figures: tuple[tuple[int, str], ...]
    ratings: tuple[RatingRow, ...]
    remarks: tuple[tuple[str, str], ...]
    help: tuple[Help, ...]
    help_note: str


def show_summary_page(summary: GroupSummary) -> SummaryPage:
    """The summary."""
    remarks = (
        ("Must practices", _must_words(summary)),
        ("Scores", _score_words(summary)),
        ("Themes", _theme_words(summary)),
        ("Change", _change_words(summary)),
        ("Missing", _name_absent(item.name for item in summary.not_returned)),
        ("Rejected", _name_absent(item.name for item in summary.rejected)),
    )
    return SummaryPage(
        figures=tuple(_figures(summary)),
        ratings=tuple(_ratings(summary)),
        remarks=tuple((name, words) for name, words in remarks if words),
        help=tuple(_show_help(summary, standing) for standing in summary.help[:HELP_AT_MOST]),
        help_note=_help_note(summary),
    )


def _figures(summary: GroupSummary) -> Iterable[tuple[int, str]]:
    rows, musts = len(summary.rejected), sum(member.must_gaps for member in summary.members)
    yield len(summary.members), "took part"
    yield rows, "row rejected" if rows == 1 else "rows rejected"
    if summary.changes is not None:
        yield len(summary.not_returned), "missing since last time"
    yield musts, "must gap open" if musts == 1 else "must gaps open"


def _ratings(summary: GroupSummary) -> Iterable[RatingRow]:
    most = max(summary.ratings.values(), default=0)
    for rating in RATING_ORDER:
        number = summary.ratings[rating]
        yield RatingRow(
            RATING_WORDS[rating], sentence(RATING_RULES[rating]), number, show_count_bar(number, most, BAR_LENGTH)
        )


def _must_words(summary: GroupSummary) -> str:
    held = [member for member in summary.members if member.must_gaps]
    if not held:
        known = any(member.answered for member in summary.members)
        return "No must practice that was answered is a gap anywhere." if known else "Nothing is known yet."
    total = sum(member.must_gaps for member in held)
    base = number_of(len(held), len(summary.members))
    verb = "organisation has" if len(summary.members) == 1 else "organisations have"
    words = f"{base} {verb} a must practice open, {count(total, 'gap')} in all. "
    held.sort(key=lambda member: -member.must_gaps)
    named = [f"{_shorten(member.name)} ({member.must_gaps})" for member in held[:NAMED_AT_MOST]]
    return f"{words}{'Most at' if len(held) > 1 else 'At'} {'; '.join(named)}."


def _score_words(summary: GroupSummary) -> str:
    scores = [member.score for member in summary.members if member.score is not None]
    waiting = sum(member.is_provisional and member.score is not None for member in summary.members)
    if not scores:
        return ""
    if len(scores) == 1:
        words = f"The score is {show_score(scores[0])} of 100."
    else:
        low, high = show_score(min(scores)), show_score(max(scores))
        words = f"From {low} to {high} of 100; the middle score is {show_score(median(scores))}."
    told = f" {waiting} of {count(len(scores), 'score')} {'is' if waiting == 1 else 'are'} provisional."
    return f"{words}{told}" if waiting else words


def _theme_words(summary: GroupSummary) -> str:
    pooled = [item for item in pool_themes(summary) if item.applicable]
    if len({item.met / item.applicable for item in pooled}) < 2:
        return ""
    pooled.sort(key=lambda item: item.met / item.applicable)
    named = [f"{item.theme.title} ({number_of(item.met, item.applicable)})" for item in pooled]
    number = min(THEMES_NAMED, len(named) // 2)
    least, most = named[:number], named[: -number - 1 : -1]
    return f"Fewest practices met, all organisations together: {'; '.join(least)}. Most: {'; '.join(most)}."


def _change_words(summary: GroupSummary) -> str:
    if not summary.changes:
        return "" if summary.changes is None else "Nobody here was in the previous batch."
    up, same, down = count_directions(summary)
    words = f"Of {count(up + same + down, 'score')} that can be compared with the previous batch, "
    parts = [f"{up} went up", f"{same} stayed", f"{down} went down"]
    return f"{words}{join_words(parts)}." if up + same + down else "No score can be compared with the previous batch."


def _show_help(summary: GroupSummary, standing: PracticeStanding) -> Help:
    practice, first = standing.practice, standing.practice.first_action
    tiers = {tier.id: tier.label.lower() for tier in summary.standard.head.tiers}
    effort = f"{EFFORT_WORDS[first.effort].capitalize()}, {TIMEFRAME_WORDS[first.timeframe]}"
    return Help(
        practice=name_practices(practice)[0],
        about=f"{tiers[practice.tier.value]}, a gap at {number_of(standing.gaps, standing.asked)}",
        action=f"{sentence(first.text)} ({effort}.)",
    )


def _help_note(summary: GroupSummary) -> str:
    if not summary.help:
        known = any(member.answered for member in summary.members)
        return "No practice that was answered is a gap anywhere." if known else "Nothing has been answered yet."
    return (
        f"In the order of gaps times the weight of the practice ({Tier.MUST.weight} for a must, {Tier.CORE.weight} for "
        f"a core, {Tier.STRETCH.weight} for a stretch practice)."
    )


def _name_absent(names: Iterable[str]) -> str:
    found = [_shorten(name) if name else NO_NAME for name in names]
    more = len(found) - NAMED_AT_MOST
    named = "; ".join(found[:NAMED_AT_MOST])
    return f"{named}{f'; and {more} more' if more > 0 else ''}." if found else ""


def _shorten(name: str) -> str:
    return name if len(name) <= LONG_NAME else f"{name[:LONG_NAME].rstrip()}…"
