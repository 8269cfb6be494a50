"""A figure says what was measured, and whether that is enough."""

from __future__ import annotations

import time

import pytest

from benchmarks.measuring import Contender, Figure, Target, at_least, at_most, compare, format_figure


def test_both_sides_run_by_turns() -> None:
    turns: list[str] = []
    ours, other = (Contender(name, lambda name=name: turns.append(name), 1) for name in "ab")  # type: ignore[misc]
    compare("x", ours, other, rounds=3, faster=True)
    assert "".join(turns) == "ababab"


@pytest.mark.parametrize(("faster", "low", "high"), [(True, 3, 9), (False, 0.1, 0.35)])
def test_ratio_counts_what_each_does(faster: bool, low: float, high: float) -> None:
    ours = Contender("ours", lambda: time.sleep(0.02), 20)
    other = Contender("other", lambda: time.sleep(0.02), 4)
    figure = compare("x", ours, other, rounds=3, faster=faster)
    assert low < figure.value < high
    assert figure.is_met is None


def test_median_of_the_rounds_is_taken_and_their_middle_half_told() -> None:
    ticks = iter([0, 1, 0, 2, 0, 1, 0, 9, 0, 1, 0, 4])
    ours, other = (Contender(name, lambda: None, 1) for name in ("ours", "other"))
    figure = compare("x", ours, other, rounds=3, faster=True, clock=lambda: next(ticks))
    assert (figure.value, figure.spread) == (4, (3, 6.5))
    assert figure.rates == {"ours": 1, "other": 0.25}


@pytest.mark.parametrize(
    ("target", "met", "said"), [(at_most(2), True, "at most 2.00, met"), (at_least(2), False, "at least 2.00, MISSED")]
)
def test_missed_target_is_said(target: Target, *, met: bool, said: str) -> None:
    figure = Figure("a subject", 1.5, "times as long", target, (1.4, 1.6), {"ours": 1234.5, "other": 0.5})
    assert figure.is_met is met
    assert figure.to_dict()["met"] is met
    row = format_figure(figure)
    assert said in row
    assert all(part in row for part in ("1.50 times as long", "1.40–1.60", "ours 1,234; other 0.50"))
