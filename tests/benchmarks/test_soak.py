"""A long load is paced, and what it comes to is told as it is."""

from __future__ import annotations

import time

import pytest

from benchmarks.batch import _tell_growth as tell_growth
from benchmarks.soak import _cut as cut
from benchmarks.soak import _tell_parts as tell_parts
from benchmarks.visitors import work


def take(seconds: float) -> str:
    time.sleep(seconds)
    return ""


def test_paced_work_does_so_many_things_a_second() -> None:
    record = work([lambda: take(0), lambda: "it failed"], seconds=0.49, rate=40)
    assert len(record.taken) == 20
    assert record.faults == ["it failed"] * 10


def test_whatever_goes_wrong_is_a_fault_and_work_goes_on() -> None:
    def fail() -> str:
        raise EOFError("cut off")

    record = work([fail], seconds=0.2, rate=20)
    assert record.faults == ["EOFError('cut off')"] * 4
    assert len(record.taken) == 4


def test_what_is_late_counts_from_when_it_was_due() -> None:
    record = work([lambda: take(0.1)], seconds=0.195, rate=100)
    assert len(record.taken) == 20
    assert max(taken for _, taken in record.taken) > 1.5


def test_work_without_a_pace_never_waits() -> None:
    record = work([lambda: take(0.01)], seconds=0.2, rate=None)
    assert 2 <= len(record.taken) <= 20
    assert sum(taken for _, taken in record.taken) > 0.1


@pytest.mark.parametrize(("last", "met"), [(100, True), (104, True), (110, False)])
def test_memory_that_grows_is_told(last: float, *, met: bool) -> None:
    weights = [90.0, *[100.0] * 6, *[last] * 3]
    *_, memory, tail, apart = tell_parts([[float(n) for n in range(1, 200)]] * 10, weights)
    assert memory.is_met is met
    assert (tail.value, apart.value) == (1, 1)


def test_slowest_hundredth_that_grows_is_told() -> None:
    *_, tail, _ = tell_parts([[1.0] * 99 + [2.0]] * 5 + [[1.0] * 99 + [8.0]] * 5, [100.0] * 10)
    assert (tail.value > 3, tail.is_met) == (True, False)


def test_one_slow_part_is_told() -> None:
    parts = [[1.0] * 200 for _ in range(10)]
    parts[5] = [7.0] * 200
    *_, tail, apart = tell_parts(parts, [100.0] * 10)
    assert tail.is_met
    assert (apart.value, apart.times) == (7, {"largest": 7, "smallest": 1})


def test_values_are_cut_into_parts() -> None:
    assert cut([1, 2, 3, 4, 5, 6, 7], 3) == [1.5, 3.5, 5.5]


@pytest.mark.parametrize(("many", "met"), [(101.0, True), (120.0, False)])
def test_growth_leaves_out_what_every_run_takes(many: float, *, met: bool) -> None:
    figure = tell_growth([[2.0, 11.0, many]], [10, 100, 1000])
    assert figure.is_met is met
    assert figure.value == pytest.approx((many - 11) / 90)
