"""From a batch to what the organisations come to together; see `selfassess.group`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from selfassess.batch.blocks import Rejection
from selfassess.batch.codes import CODE_OF, DK_CODE, NA_CODE, NOT_ASKED, Codes, Flags
from selfassess.batch.counting import RATINGS, SetCounter, Sets
from selfassess.batch.previous import Earlier, match_earlier
from selfassess.batch.result import BatchResult
from selfassess.batch.rows import fold
from selfassess.batch.standings import READINESS, find_routes, find_standings
from selfassess.batch.tables import rank_all_gaps
from selfassess.group import (
    Absence,
    Change,
    GroupSummary,
    HeatCell,
    Member,
    OpenMust,
    PracticeStanding,
    RequirementStanding,
    ScoreBand,
    SourceStanding,
)
from selfassess.model.practice import Tier
from selfassess.model.standard import Standard
from selfassess.scoring import Rating

__all__ = ["summarise_group"]

BAND = 10

_GAPS = (0, 1, DK_CODE)


def summarise_group(result: BatchResult, previous: Sequence[Earlier] | None = None) -> GroupSummary:
    """What the organisations of a batch come to together.

    Args:
        result: The batch.
        previous: An earlier batch to compare with.
    """
    standard, cohort = result.standard, result.cohort
    order = _order_members(result)
    codes = cohort.codes[order]
    counters = SetCounter(standard).count(codes)
    members = _list_members(result, order, Sets(counters[:, -1]), _count_must_gaps(standard, codes))
    practices = _list_practices(standard, codes, np.array([member.kind for member in members]))
    named = [(member.name, member.kind, member.reference) for member in members]
    earlier, left = match_earlier(named, previous or ())
    return GroupSummary(
        standard=standard,
        members=members,
        rejected=tuple(_list_rejected(result)),
        not_returned=tuple(_list_left(left, cohort.rejections)),
        ratings={rating: sum(member.rating is rating for member in members) for rating in Rating},
        bands=_count_bands(members),
        without_score=sum(member.score is None for member in members),
        themes=tuple(standard.head.themes),
        heat=_draw_heat(counters),
        most_missing=tuple(sorted(practices, key=lambda item: (-item.gaps, -item.gaps / item.asked))),
        open_musts=tuple(_list_open_musts(standard, codes)),
        sources=_list_sources(standard, codes),
        changes=None if previous is None else tuple(_list_changes(earlier)),
        help=tuple(sorted(practices, key=lambda item: (-item.gaps * item.practice.tier.weight, -item.lift))),
    )


def _order_members(result: BatchResult) -> list[int]:
    kinds = {kind: at for at, kind in enumerate(result.standard.kinds)}
    rows = list(result.cohort.keys.iter_rows(named=True))

    def place(at: int) -> tuple[bool, str, int, str]:
        row = rows[at]
        return not row["group"], (row["group"] or "").casefold(), kinds[row["kind"]], row["organisation"].casefold()

    return sorted(range(len(rows)), key=place)


def _list_members(
    result: BatchResult, order: Sequence[int], sets: Sets, must_gaps: Sequence[int]
) -> tuple[Member, ...]:
    scores = [None if np.isnan(score) else float(score) for score in sets.score]
    ratings = [RATINGS[number] for number in sets.rating]
    return tuple(
        Member(
            name=row["organisation"],
            kind=row["kind"],
            reference=row["reference"] or "",
            group=row["group"] or "",
            date=row["date"],
            questionnaire=row["questionnaire"],
            asked=int(sets.asked[at]),
            applicable=int(sets.applicable[at]),
            answered=int(sets.answered[at]),
            met=int(sets.met[at]),
            gaps=int(sets.gaps[at]),
            must_gaps=must_gaps[at],
            score=scores[at],
            completeness=float(sets.completeness[at]),
            rating=ratings[at],
        )
        for at, row in enumerate(result.cohort.keys[order].iter_rows(named=True))
    )


def _count_must_gaps(standard: Standard, codes: Codes) -> list[int]:
    is_must = np.array([practice.tier is Tier.MUST for practice in standard.practices.values()])
    found: list[int] = (np.isin(codes, _GAPS) & is_must).sum(axis=1).tolist()
    return found


def _count_bands(members: Iterable[Member]) -> tuple[ScoreBand, ...]:
    last = 100 // BAND - 1
    found = Counter(min(int(member.score // BAND), last) for member in members if member.score is not None)
    return tuple(ScoreBand(BAND * at, BAND * (at + 1), found[at]) for at in range(last + 1))


def _draw_heat(counters: np.typing.NDArray[np.uint16]) -> tuple[tuple[HeatCell | None, ...], ...]:
    organisations, themes, width = counters.shape[0], counters.shape[1] - 1, counters.shape[2]
    sets = Sets(counters[:, :-1].reshape(organisations * themes, width))
    scores, ratings = sets.score, sets.rating
    cells = [
        HeatCell(
            score=None if np.isnan(scores[at]) else float(scores[at]),
            rating=RATINGS[ratings[at]],
            met=int(sets.met[at]),
            applicable=int(sets.applicable[at]),
            asked=int(sets.asked[at]),
        )
        if sets.asked[at]
        else None
        for at in range(organisations * themes)
    ]
    return tuple(tuple(cells[at * themes : (at + 1) * themes]) for at in range(organisations))


def _list_practices(standard: Standard, codes: Codes, kinds: np.typing.NDArray[np.str_]) -> list[PracticeStanding]:
    """Every practice that is a gap anywhere, in the standard's order."""
    asked, gaps = ~np.isin(codes, (NA_CODE, NOT_ASKED)), np.isin(codes, _GAPS)
    met, partly = np.isin(codes, (2, 3)).sum(axis=0), (codes == 1).sum(axis=0)
    of_kind: dict[str, Flags] = {kind: kinds == kind for kind in standard.kinds}
    found = []
    for at, practice in enumerate(standard.practices.values()):
        count = int(gaps[:, at].sum())
        shortfall = 2 * count - int(partly[at])
        standing = PracticeStanding(
            practice=practice,
            theme=standard.theme_of[practice.id],
            asked=int(asked[:, at].sum()),
            gaps=count,
            met=int(met[at]),
            asked_by_kind={kind: int(asked[held, at].sum()) for kind, held in of_kind.items()},
            gaps_by_kind={kind: int(gaps[held, at].sum()) for kind, held in of_kind.items()},
            shortfall=shortfall,
            lift=practice.tier.weight * shortfall,
        )
        found.append(standing)
    return [standing for standing in found if standing.gaps]


def _list_open_musts(standard: Standard, codes: Codes) -> Iterable[tuple[OpenMust, ...]]:
    musts = [gap for gap in rank_all_gaps(standard) if gap.practice.tier is Tier.MUST]
    places = [(standard.position[gap.practice.id], CODE_OF[gap.answer.level], gap) for gap in musts]
    for row in codes.tolist():
        yield tuple(
            OpenMust(gap.practice, gap.answer.level)
            for at, code, gap in places
            if row[at] == code and gap.answer.level is not None
        )


def _list_sources(standard: Standard, codes: Codes) -> tuple[SourceStanding, ...]:
    routes = find_routes(standard)
    standings = find_standings(codes, routes)
    found: dict[str, list[RequirementStanding]] = {source.id: [] for source in standard.sources}
    for at, route in enumerate(routes):
        counts = np.bincount(standings[:, at], minlength=len(READINESS)).tolist()
        found[route.source.id].append(RequirementStanding(route.requirement, dict(zip(READINESS, counts, strict=True))))
    return tuple(SourceStanding(source, tuple(found[source.id])) for source in standard.sources)


def _list_rejected(result: BatchResult) -> Iterable[Absence]:
    for item in result.cohort.rejections:
        place = f"{item.file}, row {item.row}" if item.row else item.file
        reasons = tuple(item.reasons.split(" | "))
        yield Absence(item.organisation or _name_place(item), "", "", place, reasons)


def _name_place(item: Rejection) -> str:
    """What to call what names no organisation because it is not the row of one."""
    file = Path(item.file).name
    return f"The headings of {file}" if item.is_heading else "" if item.row else f"The file {file}"


def _list_left(left: Iterable[Earlier], rejections: Iterable[Rejection]) -> Iterable[Absence]:
    """Those of the earlier batch who sent nothing; whose row was rejected did."""
    rejected = {fold(item.organisation) for item in rejections}
    for item in sorted(left, key=lambda item: item.name.casefold()):
        if fold(item.name) not in rejected:
            yield Absence(item.name, item.kind, item.reference, "", ())


def _list_changes(earlier: Iterable[Earlier | None]) -> Iterable[Change]:
    for at, item in enumerate(earlier):
        if item:
            yield Change(
                member=at,
                old_date=item.date,
                old_questionnaire=item.questionnaire,
                old_version=item.version,
                old_score=item.score,
                old_met=item.met,
                old_asked=item.asked,
                old_rating=item.rating,
                old_provisional=item.provisional,
            )
