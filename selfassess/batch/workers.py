"""Work spread over processes or machines, of which any may die: nothing is lost without a word."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar

from selfassess.batch.extras import require
from selfassess.errors import OutputError

__all__ = ["WorkerLostError", "Workers", "open_cluster", "spread"]

_Task = TypeVar("_Task")
_Made = TypeVar("_Made")
_P = ParamSpec("_P")

MAX_LOSSES = 3
"""How often a task may take its worker with it before it is given up."""

MAX_HOPELESS = 3
"""When the first so many tasks are all given up, the rest is not tried."""


class WorkerLostError(Exception):
    """The worker died each time that it had this task."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Where work is done.

    Attributes:
        open: Gives an executor; a new one each time, if the last one broke.
        width: How many tasks are handed out at a time, which bounds the memory whatever their number.
    """

    open: Callable[[], AbstractContextManager[Executor]]
    width: int

    @classmethod
    def here(cls) -> Workers:
        """In this process, one after the other."""
        return cls(lambda: nullcontext(_InProcess()), 1)

    @classmethod
    def processes(cls, count: int, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> Workers:
        """In processes of their own, each prepared once."""

        @contextmanager
        def open_pool() -> Iterator[Executor]:
            # Started anew rather than copied, because a copy of a process with threads may never move.
            pool = ProcessPoolExecutor(count, get_context("spawn"), prepare, arguments)
            try:
                yield pool
            finally:
                pool.shutdown(cancel_futures=True)

        return cls(open_pool, 2 * count)

    @classmethod
    def of(cls, executor: Executor, width: int = 64) -> Workers:
        """Wherever an executor does it; it is left open."""
        return cls(lambda: nullcontext(executor), width)


class _InProcess(Executor):
    """Does everything at once, here."""

    def submit(self, fn: Callable[_P, _Made], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_Made]:
        future: Future[_Made] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is raised where the result is asked for
            future.set_exception(error)
        return future


@contextmanager
def open_cluster(address: str) -> Iterator[Workers]:
    """The workers of a Dask cluster.

    Args:
        address: Of its scheduler, as ``tcp://10.0.0.5:8786``.

    Raises:
        OutputError: Dask is not installed here, or nobody answers there.
    """
    distributed = require("distributed", "dask")
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise OutputError(f"No Dask scheduler answers at {address}. Check the address and that it runs.") from error
    with client:
        threads = sum(client.nthreads().values())
        # Every organisation is a task of its own, even where two have equal answers.
        yield Workers.of(client.get_executor(pure=False), 4 * max(threads, 1))


def spread(
    make: Callable[[_Task], _Made], tasks: Iterable[_Task], workers: Workers
) -> Iterator[tuple[_Task, _Made | Exception]]:
    """Do many tasks, and give each with what was made of it, or why nothing was, in the order in which they end.

    When a worker dies, the tasks that it may have died of are done again, one at a time; one that it dies of each time
    is given up.
    """
    pending, suspects = deque(enumerate(tasks)), deque[tuple[int, _Task]]()
    losses: Counter[int] = Counter()
    done = given_up = 0
    while pending or suspects:
        queue, width = (suspects, 1) if suspects else (pending, workers.width)
        is_taken = False
        with workers.open() as executor:
            for (number, task), made in _drain(make, queue, width, executor):
                is_taken = True
                if not _is_loss(made):
                    done += 1
                    yield task, made
                    continue
                losses[number] += 1
                if losses[number] < MAX_LOSSES:
                    suspects.append((number, task))
                else:
                    given_up += 1
                    yield task, WorkerLostError(f"the worker died {MAX_LOSSES} times")
        # Workers that take nothing, or die of whatever they get, would do so for ever.
        if not is_taken or (given_up >= MAX_HOPELESS and not done):
            yield from ((task, WorkerLostError("no worker takes it")) for _, task in [*suspects, *pending])
            return


def _drain(
    make: Callable[[_Task], _Made], queue: deque[tuple[int, _Task]], width: int, executor: Executor
) -> Iterator[tuple[tuple[int, _Task], _Made | Exception]]:
    """Do the tasks of a queue; after a loss nothing more is handed out, because the executor may be broken."""
    running: dict[Future[_Made], tuple[int, _Task]] = {}
    lost = False
    while running or (queue and not lost):
        while queue and len(running) < width and not lost:
            item = queue.popleft()
            try:
                running[executor.submit(make, item[1])] = item
            except BrokenExecutor:
                queue.appendleft(item)
                lost = True
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            made = _outcome(future)
            lost = lost or _is_loss(made)
            yield running.pop(future), made


def _outcome(future: Future[_Made]) -> _Made | Exception:
    try:
        return future.result()
    except CancelledError as error:
        return BrokenExecutor(str(error))
    except Exception as error:  # noqa: BLE001 - told to whoever asked for the task
        return error


def _is_loss(made: object) -> bool:
    """Whether a task was lost with its worker; Dask has a name of its own for it, which need not be installed."""
    return isinstance(made, BrokenExecutor) or type(made).__name__ == "KilledWorker"
