"""The scorecard: everything that one assessment comes to, and how it explains itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from selfassess.benchmark import SurveyComparison, compare_with_survey
from selfassess.errors import AssessmentError, Fault
from selfassess.explanation import Explanation, explain_practice, explain_requirement, explain_set
from selfassess.model.answer import Assessment
from selfassess.model.checking import find_misplaced
from selfassess.model.standard import Standard
from selfassess.notebook import draw_scores
from selfassess.priorities import Priority, rank_gaps
from selfassess.readiness import RequirementReadiness, SourceReadiness, assess_readiness
from selfassess.scoring import Entry, SetScore, ThemeScore, list_entries, score_set, score_themes

__all__ = ["Scorecard", "score"]


@dataclass(frozen=True)
class Scorecard:
    """One assessment, scored.

    Attributes:
        entries: Every practice asked with its answer, in the standard's order.
        overall: The whole questionnaire.
        themes: Each theme in which something was asked.
        readiness: Each source of the standard.
        priorities: The gaps, first things first.
        survey: The published survey beside the answers.
    """

    standard: Standard
    assessment: Assessment
    entries: tuple[Entry, ...]
    overall: SetScore
    themes: tuple[ThemeScore, ...]
    readiness: tuple[SourceReadiness, ...]
    priorities: tuple[Priority, ...]
    survey: tuple[SurveyComparison, ...]

    def explain(self, subject: str = "overall") -> Explanation:
        """Why a number, rating or priority is what it is.

        Args:
            subject: ``overall``; a theme's id, for its score and rating; a practice's id, for its part in the
                score, its priority and what it moves; or a requirement as ``source:id``, for its readiness.

        Raises:
            KeyError: This scorecard has nothing of that name.
        """
        explanation = (
            self._explain_set(subject) or self._explain_practice(subject) or self._explain_requirement(subject)
        )
        if explanation is None:
            raise KeyError(subject)
        return explanation

    def _explain_set(self, subject: str) -> Explanation | None:
        if subject == "overall":
            return explain_set("The whole questionnaire", self.overall)
        found = next((item for item in self.themes if item.theme.id == subject), None)
        return explain_set(found.theme.title, found.result) if found else None

    def _explain_practice(self, subject: str) -> Explanation | None:
        entry = next((entry for entry in self.entries if entry.practice.id == subject), None)
        if entry is None:
            return None
        return explain_practice(self.standard, entry, self.find_priority(subject), self.readiness)

    def _explain_requirement(self, subject: str) -> Explanation | None:
        source_id, _, requirement_id = subject.partition(":")
        for source in self.readiness:
            for item in source.requirements:
                if (source.source.id, item.requirement.id) == (source_id, requirement_id):
                    return explain_requirement(source, item)
        return None

    def find_priority(self, practice_id: str) -> Priority | None:
        """The place of a practice among the gaps; None where it is no gap."""
        return next((p for p in self.priorities if p.practice.id == practice_id), None)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        title = f"{self.assessment.organisation.name}: {self.standard.head.title}"
        return draw_scores(title, self.overall, self.themes)

    def to_dict(self) -> dict[str, Any]:
        """The object that ``selfassess score --json`` prints (DESIGN, section 5): plain data, floats unrounded."""
        assessment = self.assessment
        return {
            "standard": {
                "id": self.standard.id,
                "version": self.standard.version,
                "hash": self.standard.hash,
            },
            "questionnaire": assessment.questionnaire,
            "organisation": assessment.organisation.model_dump(),
            "date": assessment.date.isoformat() if assessment.date else None,
            "overall": _set_to_dict(self.overall),
            "themes": [
                _set_to_dict(item.result) | {"id": item.theme.id, "title": item.theme.title} for item in self.themes
            ],
            "readiness": [_source_to_dict(source) for source in self.readiness],
            "priorities": [_priority_to_dict(priority) for priority in self.priorities],
            "survey": [_comparison_to_dict(comparison) for comparison in self.survey],
        }


def score(standard: Standard, assessment: Assessment) -> Scorecard:
    """Score one assessment (DESIGN, section 4).

    Raises:
        AssessmentError: The assessment does not fit the standard: other standard or version, unknown kind,
            questionnaire or practice, NA where it is not allowed or without a reason.
    """
    misplaced = find_misplaced(standard, assessment)
    if misplaced:
        raise AssessmentError(
            Fault("", 0, " ".join(m.loc).removeprefix("answers "), m.problem, m.remedy) for m in misplaced
        )
    kind = assessment.organisation.kind
    entries = list_entries(standard, assessment)
    return Scorecard(
        standard=standard,
        assessment=assessment,
        entries=entries,
        overall=score_set(entries),
        themes=score_themes(standard, entries),
        readiness=assess_readiness(standard, assessment.questionnaire, kind, entries),
        priorities=rank_gaps(standard, entries),
        survey=compare_with_survey(standard, kind, entries),
    )


def _set_to_dict(result: SetScore) -> dict[str, Any]:
    return {
        "asked": result.asked,
        "applicable": result.applicable,
        "answered": result.answered,
        "unanswered": result.unanswered,
        "met": result.met,
        "gaps": result.gaps,
        "completeness": result.completeness,
        "score": result.score,
        "provisional": result.is_provisional,
        "rating": result.rating.value,
        "levels": {str(level): count for level, count in result.levels.items()},
    }


def _source_to_dict(source: SourceReadiness) -> dict[str, Any]:
    return {
        "source": source.source.id,
        "title": source.source.title,
        **{status.value: count for status, count in source.counts.items()},
        "requirements": [_requirement_to_dict(item) for item in source.requirements],
    }


def _requirement_to_dict(item: RequirementReadiness) -> dict[str, Any]:
    return {
        "id": item.requirement.id,
        "label": item.requirement.label,
        "status": item.status.value,
        "practices": [practice.id for practice in item.practices],
    }


def _priority_to_dict(priority: Priority) -> dict[str, Any]:
    action = priority.practice.first_action
    return {
        "practice": priority.practice.id,
        "title": priority.practice.title,
        "tier": priority.practice.tier.value,
        "level": priority.answer.level,
        "why": priority.why,
        "effort": action.effort.value,
        "timeframe": action.timeframe.value,
        "quick_win": priority.is_quick_win,
    }


def _comparison_to_dict(comparison: SurveyComparison) -> dict[str, Any]:
    return {
        "row": comparison.row.id,
        "practice": comparison.practice.id,
        "in_place": comparison.in_place,
        "same_kind_percent": comparison.same_kind_percent,
        "base": comparison.base.text if comparison.base else None,
        "locator": comparison.row.locator,
    }
