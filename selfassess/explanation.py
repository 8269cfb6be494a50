"""Why a number is what it is, in sentences that name the rule that made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from selfassess.model.answer import DK
from selfassess.model.practice import Relation, Tier
from selfassess.model.standard import Standard
from selfassess.priorities import Priority
from selfassess.readiness import Readiness, RequirementReadiness, SourceReadiness
from selfassess.scoring import MAX_LEVEL, Entry, Rating, SetScore

__all__ = [
    "RATING_RULES",
    "READINESS_RULES",
    "Explanation",
    "explain_practice",
    "explain_requirement",
    "explain_set",
    "round_half_up",
]

RATING_RULES = {
    Rating.NOT_ASSESSED: "nothing was answered, or nothing applies",
    Rating.URGENT: "at least one must practice is a gap",
    Rating.INCOMPLETE: "at least one must or core practice was not answered",
    Rating.ESTABLISHED: "every must and core practice is met",
    Rating.DEVELOPING: "at least half of the practices that apply are met",
    Rating.STARTING: "fewer than half of the practices that apply are met",
}
"""The rule behind each rating, first that fits in this order (DESIGN, section 4)."""

READINESS_RULES = {
    Readiness.MET: "every practice that counts towards it is met",
    Readiness.PARTLY: "at least one practice that counts towards it is partly in place or better, but not all are met",
    Readiness.NOT_MET: "no practice that counts towards it is even partly in place",
    Readiness.UNKNOWN: "none of the practices that count towards it was answered",
    Readiness.NOT_APPLICABLE: "the source says that it does not apply, or every practice mapped to it was answered so",
    Readiness.NOT_COVERED: "no practice that was asked maps to it",
}
"""The rule behind each readiness (DESIGN, section 4)."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something is as it is: what it is about, and the reasons as sentences in order."""

    subject: str
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        """The subject, then one sentence to a line."""
        return "\n".join([self.subject, *(f"  {sentence}" for sentence in self.sentences)])


@lru_cache(maxsize=4096)
def round_half_up(percentage: float) -> int:
    """A percentage as people see it: a whole number, halves upwards."""
    return int(Fraction(percentage).limit_denominator(10**9) + Fraction(1, 2))


def explain_set(title: str, result: SetScore) -> Explanation:
    """Why a theme or the whole has its counts, its score and its rating."""
    counts = (
        f"Practices: {result.asked} asked, {result.answered} answered, {result.unanswered} not answered. "
        f"{result.asked - result.applicable} of them said not to apply; of the other {result.applicable}, "
        f"{result.met} met and {result.gaps} {'gap' if result.gaps == 1 else 'gaps'}."
    )
    sentences = [
        counts,
        _score_sentence(result),
        f"Rated {words(result.rating)}: {RATING_RULES[result.rating]}.",
    ]
    if result.is_provisional:
        done = f"{result.answered} of {result.asked}"
        sentences.append(f"Provisional: {done} answered; what is not answered earns nothing until it is.")
    return Explanation(title, tuple(sentences))


def explain_practice(
    standard: Standard,
    entry: Entry,
    priority: Priority | None,
    readiness: Sequence[SourceReadiness],
) -> Explanation:
    """Why a practice counts as it does, and what it moves."""
    practice, answer = entry
    label = "Not answered" if answer.level is None else standard.level_labels[answer.level]
    sentences = [
        f"Answer: {label}. {_standing(entry)}",
        f"Tier {practice.tier}, weight {practice.tier.weight}: {practice.tier_reason}",
        _contribution(entry),
    ]
    if priority:
        win = " A quick win: low effort, within three months." if priority.is_quick_win else ""
        sentences.append(f"Priority {priority.rank}. {priority.why}{win}")
    sentences.extend(_mapping_sentences(standard, entry, readiness))
    return Explanation(f"{practice.id} {practice.title}", tuple(sentences))


def explain_requirement(source: SourceReadiness, item: RequirementReadiness) -> Explanation:
    """Why a requirement stands as it does."""
    sentences = [
        f"{words(item.status)}: {READINESS_RULES[item.status]}.",
        f"Published at: {item.requirement.locator}.",
    ]
    if item.counted:
        sentences.append(f"Decided by: {', '.join(practice.id for practice in item.counted)}.")
    left_out = [practice.id for practice in item.practices if practice not in item.counted]
    if left_out:
        sentences.append(f"Mapped, but not counted (stretch beside others, or does not apply): {', '.join(left_out)}.")
    sentences.extend(note for note in (item.requirement.note, source.source.readiness_note) if note)
    return Explanation(
        f"{source.source.short_title} {item.requirement.id} {item.requirement.label}",
        tuple(sentences),
    )


def words(status: Rating | Readiness) -> str:
    """A rating or readiness in words: ``not_met`` is “Not met”."""
    return status.replace("_", " ").capitalize()


def _score_sentence(result: SetScore) -> str:
    if result.score is None:
        return "No score, because no practice applies."
    return (
        f"Score {round_half_up(result.score)} of 100: {result.points} of the {MAX_LEVEL * result.weight} points that "
        f"can be had. An answer earns its level, from 0 to {MAX_LEVEL}, times its weight: {Tier.MUST.weight} for a "
        f"must practice, {Tier.CORE.weight} for a core one, {Tier.STRETCH.weight} for a stretch one."
    )


def _standing(entry: Entry) -> str:
    answer = entry.answer
    if not answer.applies:
        return f"It is left out of the totals, for this reason: {answer.reason.strip()}"
    if answer.is_met:
        return "Level 2 or 3, so it is met."
    if answer.level == DK:
        return "Not known is a gap and counts as level 0."
    return "Level 0 or 1, so it is a gap." if answer.is_gap else "It is never met while it is not answered."


def _contribution(entry: Entry) -> str:
    weight, points = entry.practice.tier.weight, entry.answer.points
    if not entry.answer.applies:
        return "It adds nothing to the score and nothing to what can be had."
    return f"It adds {weight} × {points} = {weight * points} of {MAX_LEVEL * weight} to the score."


def _mapping_sentences(standard: Standard, entry: Entry, readiness: Sequence[SourceReadiness]) -> list[str]:
    status = {(s.source.id, r.requirement.id): r.status for s in readiness for r in s.requirements}
    found = []
    for mapping in entry.practice.meets:
        source = standard.source_by_id[mapping.source].short_title
        stands = words(status[mapping.source, mapping.requirement])
        relation = _RELATION_WORDS[mapping.relation]
        found.append(f"{relation} {source}, requirement {mapping.requirement} (at present: {stands}). {mapping.reason}")
    return found


_RELATION_WORDS = {
    Relation.EQUAL: "Is the same as",
    Relation.PART_OF: "Is part of",
    Relation.SUPPORTS: "Helps with, but does not count towards,",
}
