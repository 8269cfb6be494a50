"""The cover and the one page that a busy person reads."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.explanation import RATING_RULES, round_half_up
from selfassess.model.practice import Tier
from selfassess.priorities import first_step
from selfassess.reports.view.bars import Bar, show_levels_bar
from selfassess.reports.view.common import Level, Named, name_practices, show_level
from selfassess.reports.words import EFFORT_WORDS, RATING_WORDS, TIMEFRAME_WORDS, count, day, percent, sentence
from selfassess.scorecard import Scorecard
from selfassess.scoring import Entry, SetScore

__all__ = ["Cover", "First", "Result", "Summary", "show_cover", "show_result", "show_summary"]

FIRST_THINGS = 3
NAMED_AT_MOST = 6
BAR_LENGTH = 492
"""The length of the bar in points: the whole width of the text."""


@dataclass(frozen=True, slots=True)
class Result:
    """A score in words, counts before percentages.

    Attributes:
        counts: “41 of 73 met, 30 gaps, 2 not answered”.
        rating: The rating and the rule that gave it.
        score: The score, marked as provisional where it is; empty where there is none.
    """

    counts: str
    rating: str
    rule: str
    score: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Who was assessed, when and against what.

    Attributes:
        standing: Whether it was signed, by whom and when; empty where nobody is asked to sign.
    """

    organisation: str
    standard: str
    about: str
    facts: tuple[tuple[str, str], ...]
    standing: str
    banner: str | None


@dataclass(frozen=True, slots=True)
class First:
    """Something to do first, and why."""

    practice: Named
    level: Level
    why: str
    action: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a governor or trustee needs in order to act.

    Attributes:
        figures: Number and name: met, gaps, not answered, does not apply.
        of: What was asked.
        gaps: What the gaps are made of; empty where there are none.
        musts: How the must practices stand, its gaps by their ids.
        must_count: The same without the gaps.
        must_gaps: The gaps among the must practices.
        first_heading: What the three things are.
        first: The three things; fewer where there are fewer.
        first_note: What is said instead, or besides.
        strengths: Sentences on what is strong already.
        quick_wins: One sentence.
        quick_win_names: The quick wins, as many as fit.
    """

    result: Result
    bar: Bar
    figures: tuple[tuple[int, str], ...]
    of: str
    gaps: str
    musts: str
    must_count: str
    must_gaps: tuple[Named, ...]
    first_heading: str
    first: tuple[First, ...]
    first_note: str
    strengths: tuple[str, ...]
    quick_wins: str
    quick_win_names: tuple[Named, ...]


def show_result(result: SetScore) -> Result:
    """A score in words."""
    parts = [f"{result.met} of {count(result.applicable, 'practice')} met", count(result.gaps, "gap")]
    if result.unanswered:
        parts.append(f"{result.unanswered} not answered")
    if result.levels["NA"]:
        parts.append(f"{result.levels['NA']} not applicable")
    rule = sentence(RATING_RULES[result.rating])
    return Result(", ".join(parts), RATING_WORDS[result.rating], rule, _score_words(result))


def show_cover(card: Scorecard, standing: str = "") -> Cover:
    """The cover; see `show_report`."""
    assessment, standard = card.assessment, card.standard
    organisation = assessment.organisation
    questionnaire = standard.questionnaires[assessment.questionnaire].title
    facts = [
        ("Kind", standard.kinds[organisation.kind].title),
        ("Reference", organisation.reference),
        ("Group", organisation.group),
        ("Date", day(assessment.date) if assessment.date else "No date was given"),
        ("Questionnaire", f"{questionnaire}, {count(card.overall.asked, 'practice')} asked"),
        ("Standard", f"{standard.title}, version {standard.version}"),
    ]
    return Cover(
        organisation=organisation.name,
        standard=standard.title,
        about=standard.head.summary,
        facts=tuple((name, value) for name, value in facts if value),
        standing=standing,
        banner=_banner(card.overall),
    )


def show_summary(card: Scorecard) -> Summary:
    """The summary."""
    overall = card.overall
    heading, first, note = _first_things(card)
    wins = [priority.practice for priority in card.priorities if priority.is_quick_win]
    must_count, must_gaps = _show_musts(card.entries)
    figures = (
        (overall.met, "met"),
        (overall.gaps, "gap" if overall.gaps == 1 else "gaps"),
        (overall.unanswered, "not answered"),
        (overall.levels["NA"], "not applicable"),
    )
    return Summary(
        result=show_result(overall),
        bar=show_levels_bar(overall, BAR_LENGTH),
        figures=figures,
        of=sentence(f"{count(overall.asked, 'practice')} asked"),
        gaps=_gap_words(card),
        musts=_must_words(must_count, must_gaps),
        must_count=f"{must_count}.",
        must_gaps=must_gaps,
        first_heading=heading,
        first=first,
        first_note=note,
        strengths=_strengths(card),
        quick_wins=_quick_win_words(len(wins)),
        quick_win_names=name_practices(*wins[:NAMED_AT_MOST]),
    )


def _score_words(result: SetScore) -> str:
    if result.score is None:
        return ""
    words = f"Score {round_half_up(result.score)} of 100"
    if result.is_provisional:
        words += f", provisional: {result.answered} of {result.asked} answered"
    return f"{words}."


def _banner(overall: SetScore) -> str | None:
    if not overall.is_provisional:
        return None
    if not overall.answered:
        return f"Nothing has been answered yet: {count(overall.asked, 'practice')} are open."
    return (
        f"Provisional: {overall.answered} of {overall.asked} practices ({percent(overall.completeness)}) have been "
        "answered. What is not answered earns nothing and is never met: answering it would change the results."
    )


def _gap_words(card: Scorecard) -> str:
    labels, levels = card.standard.level_labels, card.overall.levels
    parts = [f"{levels[code]} {labels[code].lower()}" for code in (0, 1, "DK") if levels[code]]
    return f"The gaps: {', '.join(parts)}." if parts else ""


def _show_musts(entries: tuple[Entry, ...]) -> tuple[str, tuple[Named, ...]]:
    """How many must practices are met, in words without a full stop, and which are gaps."""
    musts = [entry for entry in entries if entry.practice.tier is Tier.MUST and entry.answer.applies]
    if not musts:
        return "No must practice was asked", ()
    met = sum(entry.answer.is_met for entry in musts)
    gaps = name_practices(*(entry.practice for entry in musts if entry.answer.is_gap))
    return f"{met} of {count(len(musts), 'must practice')} met", gaps


def _must_words(counted: str, gaps: tuple[Named, ...]) -> str:
    return f"{counted}; gaps: {', '.join(gap.id for gap in gaps)}." if gaps else f"{counted}."


def _first_things(card: Scorecard) -> tuple[str, tuple[First, ...], str]:
    """The gaps that stand first; where there are none, what to answer or what to prove."""
    if card.priorities:
        things = tuple(_gap_first(card, p.practice.id) for p in card.priorities[:FIRST_THINGS])
        return "Do these first", things, ""
    heading = "Do this first"
    waiting = [entry for entry in card.entries if not entry.answer.is_answered]
    if waiting:
        told = "Nothing has been answered yet" if not card.overall.answered else "No gaps among what was answered"
        things = tuple(_other_first(card, entry, "Find out and answer it.") for entry in _by_tier(waiting))
        return heading, things, f"{told}. Answer the open practices, these before the others:"
    provable = [entry for entry in card.entries if entry.answer.level == 2]
    things = tuple(_other_first(card, entry, f"Gather: {entry.practice.evidence[0]}.") for entry in _by_tier(provable))
    if things:
        return heading, things, "There are no gaps. To show that good practice is embedded, begin with these:"
    return heading, (), "There are no gaps, and every practice is embedded. Review it on the same day next year."


def _by_tier(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.practice.tier.order)[:FIRST_THINGS]


def _gap_first(card: Scorecard, practice_id: str) -> First:
    priority = card.find_priority(practice_id)
    if priority is None:
        raise AssertionError("only a gap stands among the priorities")
    first = priority.practice.first_action
    effort = f"{EFFORT_WORDS[first.effort]}, {TIMEFRAME_WORDS[first.timeframe]}"
    return First(
        practice=name_practices(priority.practice)[0],
        level=show_level(card.standard, priority.answer.level),
        why=priority.why,
        action=f"{sentence(first_step(priority.practice, priority.answer))} ({effort.capitalize()}.)",
    )


def _other_first(card: Scorecard, entry: Entry, action: str) -> First:
    return First(
        practice=name_practices(entry.practice)[0],
        level=show_level(card.standard, entry.answer.level),
        why=entry.practice.tier_reason,
        action=action,
    )


def _strengths(card: Scorecard) -> tuple[str, ...]:
    found = []
    established = [t.theme.title for t in card.themes if t.result.rating == "established"]
    if established:
        found.append(f"Established, every must and core practice met: {'; '.join(established)}.")
    else:
        best = [t for t in card.themes if t.result.applicable and 2 * t.result.met >= t.result.applicable]
        best.sort(key=lambda t: -t.result.met / t.result.applicable)
        named = [f"{t.theme.title} ({t.result.met} of {t.result.applicable} met)" for t in best[:FIRST_THINGS]]
        found.extend([f"The strongest themes: {'; '.join(named)}."] if named else [])
    embedded = [entry.practice.title for entry in card.entries if entry.answer.level == 3]
    if embedded:
        shown = "; ".join(embedded[:FIRST_THINGS])
        more = f"; and {len(embedded) - FIRST_THINGS} more" if len(embedded) > FIRST_THINGS else ""
        label = card.standard.level_labels[3].lower()
        found.append(f"{count(len(embedded), 'practice')} {label}: {shown}{more}.")
    return tuple(found) or ("Nothing can be said yet." if not card.overall.answered else "Nothing stands out yet.",)


def _quick_win_words(number: int) -> str:
    if not number:
        return "None of the gaps is a quick win (low effort, within three months)."
    verb = "is a quick win" if number == 1 else "are quick wins"
    more = f", the first {NAMED_AT_MOST} of them here" if number > NAMED_AT_MOST else ""
    return f"{count(number, 'gap')} {verb}: low effort, within three months{more}."
