from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from selfassess.batch.workers import WorkerLostError, Workers, open_cluster, spread
from selfassess.errors import OutputError
from tests.batch.labour import die, die_before_work, die_once, double, prepare


def processes(count: int = 2, before: Callable[[], None] = prepare) -> Workers:
    return Workers.processes(count, before, ())


def sorted_outcomes(make: Callable[[Any], int], tasks: list[Any], workers: Workers) -> list[tuple[Any, str]]:
    return sorted((task, str(made)) for task, made in spread(make, tasks, workers))


@pytest.mark.parametrize("workers", [Workers.here(), processes()], ids=["here", "processes"])
def test_failing_task_is_given_with_its_error_and_stops_no_other(workers: Workers) -> None:
    assert sorted_outcomes(double, [1, 13, 3], workers) == [(1, "2"), (3, "6"), (13, "thirteen")]


def test_any_executor_does_the_work_and_is_left_open() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert sorted_outcomes(double, [1, 2, 3], Workers.of(executor)) == [(1, "2"), (2, "4"), (3, "6")]
        assert executor.submit(double, 4).result() == 8


def test_equal_tasks_are_all_done() -> None:
    assert sorted_outcomes(double, [5, 5, 5], Workers.here()) == [(5, "10")] * 3


def test_only_so_many_tasks_are_handed_out_at_a_time() -> None:
    done: list[int] = []
    open_at_once: list[int] = []

    class Counting(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            open_at_once.append(len(open_at_once) + 1 - len(done))
            return super().submit(fn, *args, **kwargs)

    with Counting(1) as executor:
        for task, _ in spread(double, range(20, 40), Workers.of(executor, 3)):
            done.append(task)
    assert len(done) == len(open_at_once) == 20
    assert max(open_at_once) <= 3


def test_tasks_of_a_worker_that_died_are_done_by_another(tmp_path: Path) -> None:
    tasks = [(number, tmp_path / "flag") for number in range(6)]
    found = {task[0]: made for task, made in spread(die_once, tasks, processes())}
    assert found == {number: 2 * number for number in range(6)}
    assert (tmp_path / "flag").exists()


def test_task_that_kills_every_worker_is_given_up_by_name_and_the_others_are_done() -> None:
    found = dict(spread(die, [1, 13, 3, 4], processes()))
    assert isinstance(found.pop(13), WorkerLostError)
    assert found == {1: 2, 3: 6, 4: 8}


def test_workers_that_never_start_end_with_every_task_named() -> None:
    found = dict(spread(double, range(50), processes(1, die_before_work)))
    assert set(found) == set(range(50))
    assert all(isinstance(made, WorkerLostError) for made in found.values())


def test_workers_that_die_of_whatever_they_get_are_soon_given_up() -> None:
    handed_out: list[object] = []

    class Deadly(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            del fn, kwargs
            handed_out.append(args)
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor())
            return future

    found = dict(spread(double, range(50), Workers(lambda: nullcontext(Deadly()), 4)))
    assert len(found) == 50
    assert all(isinstance(made, WorkerLostError) for made in found.values())
    assert len(handed_out) < 15


def test_executor_that_breaks_for_good_ends_with_every_task_done_or_named() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        found = dict(spread(die, [1, 13, 3, 4, 5], Workers.of(executor, 2)))
    assert set(found) == {1, 13, 3, 4, 5}
    assert isinstance(found[13], WorkerLostError)
    assert str(found[5]) == "no worker takes it"


def test_broken_executor_is_replaced_where_that_can_be() -> None:
    opened = []

    @contextmanager
    def open_pool() -> Iterator[Executor]:
        opened.append(1)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            yield pool

    found = dict(spread(die, [13, 3], Workers(open_pool, 1)))
    assert found[3] == 6
    assert len(opened) > 1


def test_scheduler_that_does_not_answer_is_a_clear_error() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(OutputError, match="No Dask scheduler answers at nonsense"), open_cluster("nonsense"):
        pass


def test_missing_dask_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(OutputError, match=r'pip install "selfassess\[dask\]"'), open_cluster("tcp://127.0.0.1:1"):
        pass
