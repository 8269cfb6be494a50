from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from selfassess.model.answer import DK, NA
from selfassess.model.practice import Practice
from selfassess.priorities import Priority
from tests.builders import Given, make_practice, make_standard, score_answers


def rank(practices: Sequence[Practice], answers: Mapping[str, Given]) -> tuple[Priority, ...]:
    return score_answers(make_standard(practices), answers).priorities


def order(practices: Sequence[Practice], answers: Mapping[str, Given]) -> list[str]:
    return [priority.practice.id for priority in rank(practices, answers)]


def why(
    level: Given,
    tier: str = "core",
    *,
    meets: Sequence[str] = (),
    effort: str = "low",
    timeframe: str = "immediate",
) -> str:
    practice = make_practice("AA-01", tier, meets=meets, effort=effort, timeframe=timeframe)
    (priority,) = rank([practice], {"AA-01": level})
    return priority.why


def test_only_gaps_are_ranked() -> None:
    given: list[Given] = [0, 1, 2, 3, NA, DK, None]
    answers = {f"AA-{number:02}": answer for number, answer in enumerate(given)}
    assert order([make_practice(practice_id) for practice_id in answers], answers) == ["AA-00", "AA-05", "AA-01"]


def test_tier_decides_before_everything_else() -> None:
    practices = [
        make_practice("AA-01", "stretch", meets=["equal one:1", "equal two:1"]),
        make_practice("AA-02", "core", meets=["equal one:1"]),
        make_practice("AA-03", "must", effort="high"),
    ]
    assert order(practices, {"AA-01": 0, "AA-02": 0, "AA-03": 1}) == ["AA-03", "AA-02", "AA-01"]


def test_shortfall_decides_within_a_tier() -> None:
    practices = [make_practice("AA-01", meets=["equal one:1", "equal two:1"]), make_practice("AA-02", effort="high")]
    assert order(practices, {"AA-01": 1, "AA-02": 0}) == ["AA-02", "AA-01"]


def test_not_knowing_falls_as_short_as_level_0() -> None:
    practices = [make_practice("AA-01"), make_practice("AA-02"), make_practice("AA-03")]
    found = rank(practices, {"AA-01": 1, "AA-02": DK, "AA-03": 0})
    assert [(p.practice.id, p.shortfall) for p in found] == [("AA-02", 2), ("AA-03", 2), ("AA-01", 1)]


def test_number_of_sources_decides_within_a_shortfall() -> None:
    practices = [
        make_practice("AA-01", effort="low"),
        make_practice("AA-02", meets=["equal one:1"], effort="medium"),
        make_practice("AA-03", meets=["part_of one:1", "equal two:1"], effort="high"),
    ]
    assert order(practices, dict.fromkeys(["AA-01", "AA-02", "AA-03"], 0)) == ["AA-03", "AA-02", "AA-01"]


def test_one_source_counts_once() -> None:
    practices = [
        make_practice("AA-01", meets=["equal one:1", "part_of one:2", "equal one:3"]),
        make_practice("AA-02", meets=["equal one:1", "equal two:1"]),
    ]
    found = rank(practices, {"AA-01": 0, "AA-02": 0})
    assert [(p.practice.id, p.sources) for p in found] == [("AA-02", ("one", "two")), ("AA-01", ("one",))]


def test_supported_source_does_not_count() -> None:
    practices = [
        make_practice("AA-01", meets=["equal one:1"]),
        make_practice("AA-02", meets=["equal one:1", "supports two:1"]),
        make_practice("AA-03", meets=["supports one:1", "supports two:1", "supports three:1"]),
    ]
    found = rank(practices, {"AA-01": 0, "AA-02": 0, "AA-03": 0})
    assert [(p.practice.id, p.sources) for p in found] == [("AA-01", ("one",)), ("AA-02", ("one",)), ("AA-03", ())]


def test_effort_decides_within_a_number_of_sources() -> None:
    practices = [
        make_practice("AA-01", effort="high", timeframe="immediate"),
        make_practice("AA-02", effort="medium", timeframe="immediate"),
        make_practice("AA-03", effort="low", timeframe="ongoing"),
    ]
    assert order(practices, dict.fromkeys(["AA-01", "AA-02", "AA-03"], 1)) == ["AA-03", "AA-02", "AA-01"]


def test_standards_order_decides_last() -> None:
    practices = [make_practice("BB-02", timeframe="year_1"), make_practice("BB-01"), make_practice("AA-09")]
    answers: dict[str, Given] = {"AA-09": 0, "BB-01": DK, "BB-02": 0}
    assert order(practices, answers) == ["BB-02", "BB-01", "AA-09"]


def test_ranks_run_from_1() -> None:
    practices = [make_practice(f"AA-0{number}") for number in range(1, 5)]
    found = rank(practices, {"AA-01": 1, "AA-02": 2, "AA-03": 0, "AA-04": DK})
    assert [priority.rank for priority in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("effort", "timeframe", "expected"),
    [
        ("low", "immediate", True),
        ("low", "3_months", True),
        ("low", "year_1", False),
        ("low", "ongoing", False),
        ("medium", "immediate", False),
        ("high", "3_months", False),
    ],
)
def test_quick_win_is_low_effort_and_soon(effort: str, timeframe: str, expected: bool) -> None:
    (priority,) = rank([make_practice("AA-01", effort=effort, timeframe=timeframe)], {"AA-01": 0})
    assert priority.is_quick_win is expected


@pytest.mark.parametrize(
    ("tier", "said"), [("must", "a must"), ("core", "core practice"), ("stretch", "further good practice")]
)
def test_why_names_the_tier_first(tier: str, said: str) -> None:
    assert why(0, tier).casefold().startswith(said)


@pytest.mark.parametrize(
    ("level", "said"), [(0, "; not in place;"), (1, "; partly in place;"), (DK, "; nobody knows yet")]
)
def test_why_names_the_state(level: Given, said: str) -> None:
    assert said in why(level)


@pytest.mark.parametrize(
    ("meets", "said"),
    [
        ([], "none of the published sources"),
        (["equal one:1"], "counts towards 1 published source;"),
        (["equal one:1", "part_of one:2", "part_of two:1"], "counts towards 2 published sources;"),
    ],
)
def test_why_counts_the_sources(meets: list[str], said: str) -> None:
    assert said in why(0, meets=meets)


def test_why_of_a_supporting_practice_does_not_say_that_no_source_has_it() -> None:
    assert why(0, meets=["supports one:1"]) != why(0, meets=[])


@pytest.mark.parametrize("effort", ["low", "medium", "high"])
def test_why_names_the_effort(effort: str) -> None:
    assert f"; {effort} effort, " in why(0, effort=effort)


@pytest.mark.parametrize(
    ("timeframe", "said"),
    [
        ("immediate", "at once."),
        ("3_months", "three months."),
        ("year_1", "a year."),
        ("ongoing", "through the year."),
    ],
)
def test_why_names_the_timeframe_last(timeframe: str, said: str) -> None:
    assert why(0, timeframe=timeframe).endswith(said)
