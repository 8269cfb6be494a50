"""The site under mixed load for a long time, at two thirds of what it can do: whether it errs, grows or slows.

People read and save; one of them asks for a PDF again and again. First they do as much as they can for a short time,
then two thirds of that. It runs only where it is asked for by name: `script/bench soak --minutes 30`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.measuring import Figure, at_most, quartiles
from benchmarks.site import THEME
from benchmarks.site_data import fill
from benchmarks.site_server import SITE, Server, serve
from benchmarks.visitors import Record, Visitor, attempt, work

__all__ = ["measure"]

VISITORS = 8
PRINTERS = 20
"""People who ask for PDFs in turn: nobody may ask for more than 30 in a quarter of an hour."""

SECONDS_BETWEEN_PDFS = 4.0
SHARE = 2 / 3
_SECONDS_AT_FULL = 20
_PARTS = 10
"""Into so many parts the time is cut, to see whether the last are like the first."""

_SETTINGS = {"SELFASSESS_TRUSTED_PROXIES": "1"}


@dataclass(frozen=True, slots=True)
class Weight:
    """MiB of the processes of a site: of those that answer, and of those that make PDFs for them."""

    web: float
    pdf: float


def measure(rounds: int, minutes: float) -> Iterator[Figure]:
    """Errors, memory and the slowest hundredth, as they go on."""
    del rounds  # it is one long round
    with TemporaryDirectory() as name:
        desks = fill(Path(name), desks=VISITORS + PRINTERS)
        with serve(SITE, Path(name), _SETTINGS) as site:
            people = [Visitor(site.address, desk, THEME, number=number) for number, desk in enumerate(desks, 1)]
            yield from _soak(site, people[:VISITORS], people[VISITORS:], 60 * minutes)


def _soak(site: Server, visitors: Sequence[Visitor], printers: Sequence[Visitor], seconds: float) -> Iterator[Figure]:
    full, _ = _run(visitors, printers, _SECONDS_AT_FULL, None)
    capacity = len(full.taken) / _SECONDS_AT_FULL
    yield Figure("capacity with PDFs beside", capacity, "requests a second")
    start = time.monotonic()
    with _weighing(site, seconds / (4 * _PARTS)) as weights:
        record, pdfs = _run(visitors, printers, seconds, SHARE * capacity)
    yield Figure("requests at two thirds of it", len(record.taken), f"in {seconds / 60:g} minutes")
    yield Figure("PDFs beside", pdfs, "made")
    lost = [fault for visitor in visitors if (fault := attempt(visitor.check_saved))]
    faults = [*full.faults, *record.faults, *lost]
    yield Figure(f"errors and lost answers{': ' + faults[0] if faults else ''}", len(faults), "in all", at_most(0))
    parts = [_part_of(record, start + part * seconds / _PARTS, seconds / _PARTS) for part in range(_PARTS)]
    yield from _tell_parts(parts, _cut([weight.web + weight.pdf for weight in weights], _PARTS))
    yield from _tell_weights(weights)


def _run(
    visitors: Sequence[Visitor], printers: Sequence[Visitor], seconds: float, rate: float | None
) -> tuple[Record, int]:
    """The visitors' requests, with what went wrong with PDFs too, and how many PDFs were asked for."""
    turn = cycle(printers)
    printed: list[Record] = []

    def print_all() -> None:
        steps = [lambda: next(turn).print_report()]
        printed.append(work(steps, seconds=seconds, rate=1 / SECONDS_BETWEEN_PDFS))

    beside = threading.Thread(target=print_all, daemon=True)
    beside.start()
    record = work([visitor.step for visitor in visitors], seconds=seconds, rate=rate)
    beside.join()
    record.faults += printed[0].faults
    return record, len(printed[0].taken)


@contextmanager
def _weighing(site: Server, pause: float) -> Iterator[list[Weight]]:
    """What the site weighs, again and again until the end of the block."""
    weights: list[Weight] = []
    end = threading.Event()

    def weigh() -> None:
        while not end.wait(pause):
            weights.append(_weigh(site))

    thread = threading.Thread(target=weigh)
    thread.start()
    try:
        yield weights
    finally:
        end.set()
        thread.join()


def _weigh(site: Server) -> Weight:
    memory, web = site.measure_memory(), site.list_web_processes()
    of_web = sum(memory.get(process, 0) for process in web)
    return Weight(of_web, sum(memory.values()) - of_web)


def _tell_weights(weights: Sequence[Weight]) -> Iterator[Figure]:
    for name, values in (
        ("web processes", [weight.web for weight in weights]),
        ("PDF processes", [weight.pdf for weight in weights]),
    ):
        yield Figure(f"memory of the {name}", median(values), "MiB", spread=quartiles(values))


def _part_of(record: Record, start: float, seconds: float) -> list[float]:
    return [1000 * taken for due, taken in record.taken if start <= due < start + seconds]


def _cut(values: Sequence[float], parts: int) -> list[float]:
    """The median of each part of some values."""
    size = max(1, len(values) // parts)
    return [median(values[at : at + size]) for at in range(0, size * parts, size) if values[at : at + size]]


def _tell_parts(parts: Sequence[Sequence[float]], weights: Sequence[float]) -> Iterator[Figure]:
    """Each part of the time, and how far they differ.

    The last three are told beside three early ones, which come after the first part, in which everything is read.
    """
    tails = [quantiles(part, n=100)[98] for part in parts]
    for number, (part, tail, weight) in enumerate(zip(parts, tails, weights, strict=False), 1):
        times = {"p50": median(part), "p99": tail}
        yield Figure(f"part {number} of {len(parts)}: memory of all processes", weight, "MiB", times=times)
    grown = median(weights[-3:]) / median(weights[1:4])
    yield Figure("memory, the last three parts beside three early ones", grown, "times as much", at_most(1.05))
    slowed = median(tails[-3:]) / median(tails[1:4])
    yield Figure("slowest hundredth, the same parts", slowed, "times as long", at_most(1.5))
    ends = {"largest": max(tails), "smallest": min(tails)}
    apart = ends["largest"] / ends["smallest"]
    yield Figure("slowest hundredth, the largest part beside the smallest", apart, "times as long", times=ends)
