"""What many assessments come to together: the plain input of the group report.

Everything here is plain values, worked out by ``selfassess.batch``; whoever shows it needs no table library. Orders are
part of the meaning and are given at each attribute. Percentages are full floats from 0 to 100; people see whole
numbers, rounded half up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfassess.model.answer import Code
from selfassess.model.practice import Practice
from selfassess.model.source import Requirement, Source
from selfassess.model.standard import Standard, Theme
from selfassess.readiness import Readiness
from selfassess.scoring import Rating

__all__ = [
    "Absence",
    "Change",
    "GroupSummary",
    "HeatCell",
    "Member",
    "OpenMust",
    "PracticeStanding",
    "RequirementStanding",
    "ScoreBand",
    "SourceStanding",
]


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation that was scored.

    Attributes:
        kind: The id of its kind; ``standard.kinds[kind].title`` is what people see.
        reference: Its own code; empty where it gave none.
        group: The group it belongs to; empty where it gave none.
        must_gaps: How many must practices are gaps.
        score: 0 to 100; None where no practice applies.
        completeness: The share that was answered, 0 to 100; below 100 its score is provisional.
    """

    name: str
    kind: str
    reference: str
    group: str
    date: date | None
    questionnaire: str
    asked: int
    applicable: int
    answered: int
    met: int
    gaps: int
    must_gaps: int
    score: float | None
    completeness: float
    rating: Rating

    @property
    def is_provisional(self) -> bool:
        """Whether something was not answered, so that the score may still change."""
        return self.answered < self.asked


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who is not among the members.

    Attributes:
        name: The organisation as it was named; empty where its row names none.
        place: Where the rejected row is, as ``north.csv, row 12``; empty for one that was in the previous batch only.
        reasons: Why its row was rejected; empty for one that was in the previous batch only.
    """

    name: str
    kind: str
    reference: str
    place: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """How many organisations have a score from ``low`` to below ``high``; the last band holds 100 as well."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class HeatCell:
    """An organisation in a theme; where nothing of the theme was asked there is no cell."""

    score: float | None
    rating: Rating
    met: int
    applicable: int
    asked: int


@dataclass(frozen=True, slots=True)
class OpenMust:
    """A must practice that is a gap, and where it stands: 0, 1 or DK."""

    practice: Practice
    level: Code


@dataclass(frozen=True, slots=True)
class PracticeStanding:
    """How a practice stands over the organisations.

    Attributes:
        asked: Organisations that were asked and did not answer that it does not apply.
        gaps: Those of them that have it as a gap.
        met: Those of them that meet it.
        asked_by_kind: ``asked`` for each kind of organisation, by id.
        gaps_by_kind: ``gaps`` for each kind of organisation, by id.
        shortfall: Levels missing to “in place”, over all who have the gap.
        lift: Weighted levels to be had if everybody closed the gap: the weight of the tier times ``shortfall``.
    """

    practice: Practice
    theme: Theme
    asked: int
    gaps: int
    met: int
    asked_by_kind: dict[str, int]
    gaps_by_kind: dict[str, int]
    shortfall: int
    lift: int


@dataclass(frozen=True, slots=True)
class RequirementStanding:
    """How many organisations stand each way on one requirement; every way is there."""

    requirement: Requirement
    counts: dict[Readiness, int]


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """A source with its requirements in its order; what it does not ask for is left out."""

    source: Source
    requirements: tuple[RequirementStanding, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An organisation that was in the previous batch too.

    Attributes:
        member: Its place among the members, from 0.
        old_version: The version of the standard that the previous batch answered.
    """

    member: int
    old_date: date | None
    old_questionnaire: str
    old_version: str
    old_score: float | None
    old_met: int
    old_asked: int
    old_rating: Rating
    old_provisional: bool = False


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """Many assessments of one standard together.

    Attributes:
        members: Who took part, by group, then kind in the standard's order, then name.
        rejected: Rows that could not be scored, in the order of the files.
        not_returned: Those of the previous batch that are not in this one, by name; empty without a previous batch.
        ratings: How many organisations have each rating; every rating is there.
        bands: The distribution of scores, ten bands of ten.
        without_score: How many have no score, because no practice applies.
        themes: The themes of the heat map, in the standard's order.
        heat: One row for each member, in their order; one cell for each theme, None where nothing of it was asked.
        most_missing: Every practice that is a gap anywhere: most gaps first, then the larger share of those asked, then
            the standard's order.
        open_musts: For each member, in their order, its must practices that are gaps, in the order of priorities.
        sources: Readiness by source, in the standard's order.
        changes: The members that were in the previous batch too, in their order; None without a previous batch.
        help: Where help would lift most: the same practices as ``most_missing``, by gaps times the weight of the tier,
            then by ``lift``, then the standard's order.
    """

    standard: Standard
    members: tuple[Member, ...]
    rejected: tuple[Absence, ...]
    not_returned: tuple[Absence, ...]
    ratings: dict[Rating, int]
    bands: tuple[ScoreBand, ...]
    without_score: int
    themes: tuple[Theme, ...]
    heat: tuple[tuple[HeatCell | None, ...], ...]
    most_missing: tuple[PracticeStanding, ...]
    open_musts: tuple[tuple[OpenMust, ...], ...]
    sources: tuple[SourceStanding, ...]
    changes: tuple[Change, ...] | None
    help: tuple[PracticeStanding, ...]
