"""An assessment as something that a plan can be made from."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess import Scorecard
from selfassess.reports.words import count, day
from webapp.store.records import AssessmentRecord, Status

__all__ = ["PlanSource", "describe_source"]


@dataclass(frozen=True, slots=True)
class PlanSource:
    """An assessment, and what a plan would rest on.

    Attributes:
        title: What people call it, with its day.
        facts: How far it is, in a sentence or two.
    """

    id: str
    title: str
    facts: str


_STATES = {Status.OPEN: "Still being answered", Status.SUBMITTED: "Waiting for sign-off", Status.SIGNED: "Signed off"}


def describe_source(record: AssessmentRecord, card: Scorecard) -> PlanSource:
    """What there is to say about an assessment before a plan is made from it."""
    overall = card.overall
    gaps = count(overall.gaps, "gap")
    return PlanSource(
        id=record.id,
        title=f"{record.title}, {day(record.date)}",
        facts=f"{_STATES[record.status]}: {overall.answered} of {overall.asked} answered, {gaps}.",
    )
