"""The answers beside a published survey."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.benchmark import SurveyComparison
from selfassess.reports.view.bars import Bar, show_percent_bar
from selfassess.reports.view.common import Level, show_level
from selfassess.reports.words import percent
from selfassess.scorecard import Scorecard

__all__ = ["SurveyView", "show_survey"]

BAR_LENGTH = 100
"""The length of a bar in points."""

FEW = 10
"""Below this percentage the report says “few”, so that nobody takes it for a share of organisations."""


@dataclass(frozen=True, slots=True)
class SurveyRowView:
    """A row of the survey beside an answer.

    Attributes:
        stands: “In place”, “Not in place” and the like, in two words or three.
        others: The published percentage, or that there is none.
        bar: The percentage as a bar.
    """

    id: str
    label: str
    practice: str
    level: Level
    stands: str
    others: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class SurveyView:
    """The survey: what it is, who answered, what to know before reading it, and its rows."""

    title: str
    base: str
    who: str
    rows: tuple[SurveyRowView, ...]
    warnings: tuple[str, ...]
    rights: str


def show_survey(card: Scorecard) -> SurveyView | None:
    """The comparison; None where the standard has no survey, or none of its rows was asked."""
    survey = card.standard.survey
    if survey is None or not card.survey:
        return None
    base = next((row.base.text for row in card.survey if row.base), "")
    kind = card.standard.kinds[card.assessment.organisation.kind].title
    return SurveyView(
        title=f"{survey.title}, {survey.year}",
        base=base,
        who=f"{kind}: managers who said that it is in place",
        rows=tuple(_row(card, row) for row in card.survey),
        warnings=survey.warnings,
        rights=survey.rights,
    )


def _row(card: Scorecard, row: SurveyComparison) -> SurveyRowView:
    percentage = row.same_kind_percent
    level = show_level(card.standard, card.assessment.answer_to(row.practice.id).level)
    return SurveyRowView(
        id=row.row.id,
        label=row.row.label,
        practice=row.practice.id,
        level=level,
        stands=_STANDS[row.in_place] or level.label,
        others=_percent_words(percentage),
        bar=None if percentage is None else show_percent_bar(percentage, BAR_LENGTH),
    )


def _percent_words(percentage: int | None) -> str:
    if percentage is None:
        return "no figure"
    return f"{percent(percentage)}, few" if percentage < FEW else percent(percentage)


_STANDS = {True: "In place", False: "Not in place", None: ""}
