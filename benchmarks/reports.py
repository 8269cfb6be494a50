"""How much faster several processes make reports than one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Contender, Figure, at_least, compare
from selfassess import run_batch

__all__ = ["measure"]

COHORT = Path(__file__).parents[1] / "examples" / "cohort.csv"
ORGANISATIONS = 12
SHARE = 0.8
"""N processes should make at least so many times N the reports of one."""

ROUNDS_AT_MOST = 3
"""Each round takes about half a minute."""


def measure(rounds: int) -> Iterator[Figure]:
    """Make the reports of some of the example cohort, with as many processes as there are processors and with one."""
    count = os.cpu_count() or 1
    with TemporaryDirectory() as name:
        some = Path(name, "some.csv")
        some.write_text("".join(COHORT.read_text("utf-8").splitlines(keepends=True)[: ORGANISATIONS + 1]), "utf-8")
        several = _make_reports(some, count, f"{count} processes")
        one = _make_reports(some, 1, "one process")
        rounds = min(rounds, ROUNDS_AT_MOST)
        target = at_least(SHARE * count)
        yield compare(
            f"reports by {count} processes, beside one", several, one, rounds=rounds, faster=True, target=target
        )
        # What the processes lose to one another; the rest that is lost above, other programs take.
        yield compare("the same in processor time", several, one, rounds=1, faster=False, clock=_tell_processor_time)


def _tell_processor_time() -> float:
    """Seconds that processors worked for this process and for those it started that have ended."""
    return sum(os.times()[:4])


def _make_reports(path: Path, workers: int, name: str) -> Contender:
    """All of it, from the file to the report of the group: starting the processes counts as well."""

    def run() -> None:
        with TemporaryDirectory() as folder:
            run_batch(path, output=folder, reports=True, workers=workers)

    return Contender(name, run, ORGANISATIONS)
