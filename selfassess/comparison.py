"""What moved between two assessments of one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from selfassess.errors import ComparisonError, Fault
from selfassess.model.answer import Answer, Organisation
from selfassess.model.practice import Practice
from selfassess.model.standard import Theme
from selfassess.readiness import Readiness
from selfassess.scorecard import Scorecard
from selfassess.scoring import SetScore

__all__ = ["Comparison", "Movement", "PracticeChange", "SourceChange", "ThemeChange", "compare"]


class Movement(StrEnum):
    """How the answer to a practice moved."""

    IMPROVED = "improved"
    FELL = "fell"
    NEWLY_ANSWERED = "newly_answered"
    NO_LONGER_ANSWERED = "no_longer_answered"
    BEGAN_TO_APPLY = "began_to_apply"
    NO_LONGER_APPLIES = "no_longer_applies"
    RECONSIDERED = "reconsidered"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class PracticeChange:
    """One practice that both assessments asked."""

    practice: Practice
    old: Answer
    new: Answer

    @property
    def movement(self) -> Movement:
        """Which way it moved; between 0 and “do not know” it was reconsidered, neither better nor worse."""
        old, new = self.old, self.new
        if old.level == new.level:
            return Movement.SAME
        if not new.is_answered:
            return Movement.NO_LONGER_ANSWERED
        if not old.is_answered:
            return Movement.NEWLY_ANSWERED
        if old.applies != new.applies:
            return Movement.BEGAN_TO_APPLY if new.applies else Movement.NO_LONGER_APPLIES
        if old.points == new.points:
            return Movement.RECONSIDERED
        return Movement.IMPROVED if new.points > old.points else Movement.FELL


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """One theme that both assessments asked in."""

    theme: Theme
    old: SetScore
    new: SetScore


@dataclass(frozen=True, slots=True)
class SourceChange:
    """One source: how many of its requirements were and are met."""

    source: str
    title: str
    old: dict[Readiness, int]
    new: dict[Readiness, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved between two assessments of one organisation.

    Attributes:
        practices: Every practice that both asked, in the newer standard's order.
        only_old: Titles by id of practices that only the older one asked.
        only_new: Titles by id of practices that only the newer one asked.
        remarks: What must be known to read it: other version, other questionnaire, order of the dates.
    """

    old: Scorecard
    new: Scorecard
    practices: tuple[PracticeChange, ...]
    themes: tuple[ThemeChange, ...]
    sources: tuple[SourceChange, ...]
    only_old: dict[str, str]
    only_new: dict[str, str]
    remarks: tuple[str, ...]

    def moved(self, movement: Movement) -> tuple[PracticeChange, ...]:
        """The practices that moved one way."""
        return tuple(change for change in self.practices if change.movement is movement)

    def to_dict(self) -> dict[str, Any]:
        """Plain data: counts, themes, sources and every practice that moved."""
        return {
            "organisation": self.new.assessment.organisation.model_dump(),
            "old": _side(self.old),
            "new": _side(self.new),
            "themes": [
                {
                    "id": t.theme.id,
                    "title": t.theme.title,
                    "old": _brief(t.old),
                    "new": _brief(t.new),
                }
                for t in self.themes
            ],
            "sources": [
                {
                    "source": s.source,
                    "title": s.title,
                    "old_met": s.old[Readiness.MET],
                    "new_met": s.new[Readiness.MET],
                }
                for s in self.sources
            ],
            "practices": [
                {
                    "practice": c.practice.id,
                    "title": c.practice.title,
                    "old": c.old.level,
                    "new": c.new.level,
                    "movement": c.movement.value,
                }
                for c in self.practices
                if c.movement is not Movement.SAME
            ],
            "only_old": list(self.only_old),
            "only_new": list(self.only_new),
            "remarks": list(self.remarks),
        }


def compare(old: Scorecard, new: Scorecard) -> Comparison:
    """Set two assessments of one organisation side by side.

    Raises:
        ComparisonError: They are of different organisations, or answer different standards.
    """
    _check_comparable(old, new)
    before = {entry.practice.id: entry for entry in old.entries}
    after = {entry.practice.id: entry for entry in new.entries}
    return Comparison(
        old=old,
        new=new,
        practices=tuple(
            PracticeChange(e.practice, before[i].answer, e.answer) for i, e in after.items() if i in before
        ),
        themes=_compare_themes(old, new),
        sources=_compare_sources(old, new),
        only_old={i: e.practice.title for i, e in before.items() if i not in after},
        only_new={i: e.practice.title for i, e in after.items() if i not in before},
        remarks=_remarks(old, new),
    )


def _check_comparable(old: Scorecard, new: Scorecard) -> None:
    faults = []
    if old.standard.id != new.standard.id:
        problem = f"One answers “{old.standard.id}”, the other “{new.standard.id}”"
        faults.append(Fault("", 0, "standard", problem, "Compare two assessments of one standard"))
    found = _find_difference(old.assessment.organisation, new.assessment.organisation)
    if found:
        problem = f"One is of “{found[0]}”, the other of “{found[1]}”"
        remedy = "Compare two of one organisation; if it was renamed, give both the same “reference”"
        faults.append(Fault("", 0, "organisation", problem, remedy))
    if faults:
        raise ComparisonError(faults)


def _find_difference(one: Organisation, other: Organisation) -> tuple[str, str] | None:
    """What tells two organisations apart; None where they are one.

    By kind, because kinds are asked different things; then by reference where both have one, else by name.
    """
    if one.kind != other.kind:
        return f"{one.name} ({one.kind})", f"{other.name} ({other.kind})"
    if one.reference and other.reference:
        is_same = one.reference.casefold() == other.reference.casefold()
        return None if is_same else (f"{one.name} ({one.reference})", f"{other.name} ({other.reference})")
    is_same = " ".join(one.name.split()).casefold() == " ".join(other.name.split()).casefold()
    return None if is_same else (one.name, other.name)


def _compare_themes(old: Scorecard, new: Scorecard) -> tuple[ThemeChange, ...]:
    before = {item.theme.id: item.result for item in old.themes}
    return tuple(
        ThemeChange(item.theme, before[item.theme.id], item.result) for item in new.themes if item.theme.id in before
    )


def _compare_sources(old: Scorecard, new: Scorecard) -> tuple[SourceChange, ...]:
    before = {item.source.id: item.counts for item in old.readiness}
    return tuple(
        SourceChange(item.source.id, item.source.short_title, before[item.source.id], item.counts)
        for item in new.readiness
        if item.source.id in before
    )


def _remarks(old: Scorecard, new: Scorecard) -> tuple[str, ...]:
    found = []
    versions = old.standard.version, new.standard.version
    if versions[0] != versions[1]:
        found.append(
            f"The older one answers version {versions[0]} of the standard, the newer one {versions[1]}; "
            "scores may differ for that reason too."
        )
    elif old.standard.hash != new.standard.hash:
        found.append(
            f"The two answer different texts of version {versions[0]} of the standard; "
            "scores may differ for that reason too."
        )
    if old.assessment.questionnaire != new.assessment.questionnaire:
        found.append(
            f"The older one answers the questionnaire “{old.assessment.questionnaire}”, the newer one "
            f"“{new.assessment.questionnaire}”; only practices that both ask are compared one by one."
        )
    dates = old.assessment.date, new.assessment.date
    if dates[0] and dates[1] and dates[0] > dates[1]:
        found.append("The one given as older is dated later than the other.")
    if old.overall.is_provisional or new.overall.is_provisional:
        found.append("At least one of the two is not fully answered, so its scores are provisional.")
    return tuple(found)


def _side(card: Scorecard) -> dict[str, Any]:
    day = card.assessment.date
    return {"date": day.isoformat() if day else None, **_brief(card.overall)}


def _brief(result: SetScore) -> dict[str, Any]:
    return {
        "asked": result.asked,
        "met": result.met,
        "gaps": result.gaps,
        "unanswered": result.unanswered,
        "score": result.score,
        "rating": result.rating.value,
    }
