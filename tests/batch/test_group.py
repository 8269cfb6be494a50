from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from selfassess.batch import BatchResult, run_batch, summarise_group
from selfassess.batch.previous import read_previous
from selfassess.group import GroupSummary
from selfassess.model.practice import Tier
from selfassess.readiness import Readiness
from selfassess.scorecard import Scorecard
from selfassess.scoring import Rating
from tests.batch.cohorts import assess, cards_of, wide_rows, write_csv
from tests.test_properties import real_standard

COHORT = Path(__file__).parents[2] / "examples" / "cohort.csv"


@pytest.fixture(scope="module")
def batch() -> BatchResult:
    return run_batch(COHORT)


@pytest.fixture(scope="module")
def summary(batch: BatchResult) -> GroupSummary:
    return summarise_group(batch)


@pytest.fixture(scope="module")
def cards() -> dict[str, Scorecard]:
    """The scorecard of each member, by the long way round."""
    from selfassess.batch.gathering import gather_cohort
    from selfassess.batch.tasks import list_tasks
    from selfassess.model.answer import Assessment

    standard = real_standard()
    cohort = gather_cohort(standard, [COHORT], remarks=True, progress=lambda _: None)
    tasks = list_tasks(standard, standard, cohort, start=date(2026, 11, 1))
    found = cards_of(standard, [Assessment.model_validate_json(task.assessment) for task in tasks])
    return {card.assessment.organisation.name: card for card in found}


def test_members_stand_by_group_kind_and_name(summary: GroupSummary) -> None:
    order = [(member.group, list(summary.standard.kinds).index(member.kind), member.name) for member in summary.members]
    assert len(order) == 36
    assert order == sorted(order)


def test_member_has_the_numbers_of_its_scorecard(summary: GroupSummary, cards: dict[str, Scorecard]) -> None:
    for member in summary.members:
        card = cards[member.name]
        whole = card.overall
        assert (member.asked, member.met, member.gaps, member.score) == (
            whole.asked, whole.met, whole.gaps, whole.score)  # fmt: skip
        assert (member.rating, member.completeness) == (whole.rating, whole.completeness)
        assert member.is_provisional is whole.is_provisional
        assert member.must_gaps == sum(p.practice.tier is Tier.MUST for p in card.priorities)


def test_heat_has_a_cell_for_each_theme_that_was_asked(summary: GroupSummary, cards: dict[str, Scorecard]) -> None:
    for member, row in zip(summary.members, summary.heat, strict=True):
        themes = {item.theme.id: item.result for item in cards[member.name].themes}
        found = {t.id: (c.score, c.rating) for t, c in zip(summary.themes, row, strict=True) if c is not None}
        assert found == {theme: (result.score, result.rating) for theme, result in themes.items()}


def test_open_musts_are_in_the_order_of_priorities(summary: GroupSummary, cards: dict[str, Scorecard]) -> None:
    for member, musts in zip(summary.members, summary.open_musts, strict=True):
        wanted = [p for p in cards[member.name].priorities if p.practice.tier is Tier.MUST]
        assert [(m.practice.id, m.level) for m in musts] == [(p.practice.id, p.answer.level) for p in wanted]


def test_readiness_counts_every_member_once(summary: GroupSummary, cards: dict[str, Scorecard]) -> None:
    for at, source in enumerate(summary.sources):
        for place, requirement in enumerate(source.requirements):
            standings = [card.readiness[at].requirements[place].status for card in cards.values()]
            assert requirement.counts == {status: standings.count(status) for status in Readiness}


def test_practices_missing_most_often_come_first(summary: GroupSummary, cards: dict[str, Scorecard]) -> None:
    gaps = [standing.gaps for standing in summary.most_missing]
    assert gaps == sorted(gaps, reverse=True)
    first = summary.most_missing[0]
    held = [p for card in cards.values() for p in card.priorities if p.practice.id == first.practice.id]
    assert (len(held), sum(p.shortfall for p in held)) == (first.gaps, first.shortfall)
    assert sum(first.gaps_by_kind.values()) == first.gaps
    assert sum(first.asked_by_kind.values()) == first.asked


def test_help_weighs_gaps_by_tier(summary: GroupSummary) -> None:
    weights = [standing.gaps * standing.practice.tier.weight for standing in summary.help]
    assert weights == sorted(weights, reverse=True)
    assert {s.practice.id for s in summary.help} == {s.practice.id for s in summary.most_missing}


def test_scores_and_ratings_are_counted(summary: GroupSummary) -> None:
    assert sum(summary.ratings.values()) == len(summary.members)
    assert list(summary.ratings) == list(Rating)
    assert sum(band.count for band in summary.bands) + summary.without_score == len(summary.members)
    for band in summary.bands:
        held = [m for m in summary.members if m.score is not None and band.low <= m.score < band.high]
        assert band.count == len(held)


def test_without_previous_batch_there_are_no_changes(summary: GroupSummary) -> None:
    assert (summary.changes, summary.not_returned) == (None, ())


def test_changes_name_what_each_had_and_who_did_not_return(tmp_path: Path) -> None:
    standard = real_standard()
    earlier = [
        assess(standard, "HMP Old Name", {"LEA-01": 0, "LEA-02": 3}, reference="A"),
        assess(standard, "HMP Same", {"LEA-01": 1}),
        assess(standard, "=HMP Gone", {}),
        assess(standard, "HMP Rejected", {}),
    ]
    now = [
        assess(standard, "HMP New Name", {"LEA-01": 2, "LEA-02": 3}, reference="a"),
        assess(standard, "hmp  same", {"LEA-01": 3}),
        assess(standard, "HMP First Time", {}),
    ]
    run_batch(write_csv(tmp_path / "a.csv", wide_rows(standard, earlier)), output=tmp_path / "earlier")
    rows = wide_rows(standard, [*now, assess(standard, "HMP Rejected", {})])
    rows[-1][6] = "9"
    result = run_batch(write_csv(tmp_path / "b.csv", rows))
    summary = summarise_group(result, read_previous(tmp_path / "earlier", standard))
    assert summary.changes is not None
    assert {summary.members[change.member].name: change.old_met for change in summary.changes} == {
        "HMP New Name": 1,
        "hmp  same": 0,
    }
    assert all(change.old_provisional for change in summary.changes)
    assert [absence.name for absence in summary.not_returned] == ["=HMP Gone"]
    assert [(absence.name, absence.place) for absence in summary.rejected] == [
        ("HMP Rejected", f"{tmp_path / 'b.csv'}, row 5")
    ]
    assert summary.rejected[0].reasons[0].startswith("LEA-01: says “9”")


def test_batch_without_organisations_has_a_summary(tmp_path: Path) -> None:
    summary = summarise_group(run_batch(tmp_path))
    assert (summary.members, summary.most_missing, summary.heat) == ((), (), ())


def test_rejection_of_no_organisation_is_called_what_it_is(tmp_path: Path) -> None:
    lost = write_csv(tmp_path / "lost.csv", [["organisation", "kind", "LEA-1"], ["HMP C", "prison", 1]])
    blank = write_csv(tmp_path / "none.csv", [["organisation", "kind", "LEA-01"], ["", "prison", 1]])
    summary = summarise_group(run_batch([lost, blank, tmp_path / "gone.csv"]))
    names = ["The headings of lost.csv", "HMP C", "", "The file gone.csv"]
    assert [absence.name for absence in summary.rejected] == names
