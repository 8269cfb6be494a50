"""How fast many assessments are scored, and how much memory that takes.

The targets are those of the batch as it was planned: each is a ratio, or a bound of memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.cohorts import enlarge, make_files
from benchmarks.measuring import Contender, Figure, at_least, at_most, compare, quartiles
from benchmarks.peers import csv_loop, polars_alone, pydantic_loop
from selfassess import load_standard, run_batch

__all__ = ["measure"]

STANDARD = load_standard("prison-volunteering")
ORGANISATIONS = 25_000

_BASE = 10_000
_TIMES = (1, 10, 100)
"""How often the organisations of the base are scored, to see whether time and memory grow with their number: to a
million."""

_DEFAULT = 100_000
"""Organisations of the batch with the default options."""

_ROUNDS_AT_MOST = 3
"""Of those: each takes up to a minute."""

_FEW: dict[str, Any] = {"format": "parquet", "tables": ["scores", "themes"]}
"""The options that growth is measured with."""

# What getrusage tells outlives the start of another program, so that it would be the peak of this process if that is
# the larger; what Linux keeps for the program itself is not.
_PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from selfassess import run_batch

def find_peak():
    status = Path("/proc/self/status")
    _, known, peak = (status.read_text() if status.exists() else "").partition("VmHWM:")
    return int(peak.split()[0]) if known else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

start = time.perf_counter()
run_batch(sys.argv[1], output=sys.argv[2], **json.loads(sys.argv[3]))
print(time.perf_counter() - start, find_peak())
"""


def measure(rounds: int) -> Iterator[Figure]:
    """Score by turns with what people would write themselves, and with a clean file."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = make_files(STANDARD, ORGANISATIONS, folder)
        yield from _measure_peers(files, folder, rounds)
        yield from _measure_formats(files, folder, rounds)
        yield from _measure_growth(folder, rounds)


def _measure_peers(files: dict[str, Path], folder: Path, rounds: int) -> Iterator[Figure]:
    ours = partial(_ours, folder)
    yield compare(
        "integer CSV to themes.parquet, beside Polars alone",
        ours(files["integers.csv"], "parquet"),
        _peer("Polars", partial(polars_alone, STANDARD, files["integers.csv"], folder / "peer.parquet")),
        rounds=rounds,
        faster=False,
        target=at_most(1.5),
    )
    yield compare(
        "worded CSV to themes.csv, beside a loop with csv",
        ours(files["words.csv"], "csv"),
        _peer("csv loop", partial(csv_loop, STANDARD, files["words.csv"], folder / "peer.csv")),
        rounds=rounds,
        faster=True,
        target=at_least(8),
    )
    yield compare(
        "JSON Lines to themes.csv, beside a loop with pydantic",
        ours(files["lines.jsonl"], "csv"),
        _peer("pydantic loop", partial(pydantic_loop, STANDARD, files["lines.jsonl"], folder / "peer.csv")),
        rounds=rounds,
        faster=True,
        target=at_least(3),
    )


def _measure_formats(files: dict[str, Path], folder: Path, rounds: int) -> Iterator[Figure]:
    for kind, called in (("integers", "integer"), ("words", "worded")):
        yield compare(
            f"{called} CSV with 0.1 % bad cells, beside a clean one",
            _ours(folder, files[f"{kind}-bad.csv"], "parquet", "bad cells"),
            _ours(folder, files[f"{kind}.csv"], "parquet", "clean"),
            rounds=rounds,
            faster=False,
            target=at_most(1.5),
        )
    yield compare(
        "Parquet to themes.parquet, beside integer CSV",
        _ours(folder, files["integers.parquet"], "parquet", "Parquet"),
        _ours(folder, files["integers.csv"], "parquet", "CSV"),
        rounds=rounds,
        faster=True,
    )


def _ours(folder: Path, path: Path, ending: str, name: str = "ours") -> Contender:
    """From a file to the table of themes, and everything that is wrong with it to ``rejected.csv``."""

    def run() -> None:
        run_batch(path, standard=STANDARD, output=folder / "ours", format=ending, tables=("themes",))

    return Contender(name, run, ORGANISATIONS)


def _peer(name: str, run: Callable[[], object]) -> Contender:
    return Contender(name, run, ORGANISATIONS)


def _measure_growth(folder: Path, rounds: int) -> Iterator[Figure]:
    """The seconds and the most memory of processes of their own, up to a million organisations.

    Then those of one batch as it is without options: every table, as CSV.
    """
    base = folder / "base"
    base.mkdir()
    path = make_files(STANDARD, _BASE, base)["integers.csv"]
    paths = {_BASE * times: enlarge(path, times) for times in _TIMES}
    turns = range(min(rounds, _ROUNDS_AT_MOST))
    runs = [{size: _score_apart(large, folder, _FEW) for size, large in paths.items()} for _ in turns]
    for size in paths:
        taken = [run[size] for run in runs]
        yield from _tell_batch(f"{size:,} organisations, scores and themes as Parquet", size, taken)
    yield _tell_growth([[seconds for seconds, _ in run.values()] for run in runs], list(paths))
    taken = [_score_apart(paths[_DEFAULT], folder, {}) for _ in turns]
    yield from _tell_batch(f"{_DEFAULT:,} organisations, all four tables as CSV", _DEFAULT, taken)


def _tell_batch(subject: str, size: int, taken: Sequence[tuple[float, int]]) -> Iterator[Figure]:
    seconds, most = ([run[at] for run in taken] for at in (0, 1))
    rates = {"organisations": size / median(seconds)}
    yield Figure(subject, median(seconds), "seconds", spread=quartiles(seconds), rates=rates)
    yield Figure(f"most memory, {subject}", median(most) / 1024, "MiB", at_most(2048))


def _score_apart(path: Path, folder: Path, options: Mapping[str, Any]) -> tuple[float, int]:
    """Seconds, and the most memory in KiB, of a process that scores a table, with options of `run_batch`."""
    run = [sys.executable, "-c", _PROGRAM, str(path), str(folder / "large"), json.dumps(options)]
    said = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603 - our own script
    return float(said[0]), int(said[1])


def _tell_growth(runs: Sequence[Sequence[float]], sizes: Sequence[int]) -> Figure:
    """What one organisation more takes, among many beside among few; what every run takes anyhow is in neither."""
    few, some, many = sizes
    ratios = [((c - b) / (many - some)) / ((b - a) / (some - few)) for a, b, c in runs]
    subject = f"one more, {some:,} to {many:,}: beside {few:,} to {some:,}"
    return Figure(subject, median(ratios), "times as long", at_most(1.1), quartiles(ratios))
