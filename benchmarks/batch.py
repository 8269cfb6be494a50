"""How fast many assessments are scored, and how much memory that takes.

The targets are those of the batch as it was planned: each is a ratio, or a bound of memory.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.cohorts import enlarge, make_files
from benchmarks.measuring import Contender, Figure, at_least, at_most, compare
from benchmarks.peers import csv_loop, polars_alone, pydantic_loop
from selfassess import load_standard, run_batch

__all__ = ["measure"]

STANDARD = load_standard("prison-volunteering")
ORGANISATIONS = 25_000
MEMORY_TIMES = 40
"""The memory is that of so many times the organisations: a million."""


def measure(rounds: int) -> Iterator[Figure]:
    """Score by turns with what people would write themselves, and with a clean file."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = make_files(STANDARD, ORGANISATIONS, folder)
        yield from _measure_peers(files, folder, rounds)
        yield from _measure_formats(files, folder, rounds)
        yield _measure_memory(files["integers.csv"], folder)


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


def _measure_memory(path: Path, folder: Path) -> Figure:
    """The most memory of a process of its own that scores a million organisations."""
    large = enlarge(path, MEMORY_TIMES)
    script = (
        "import resource, sys; from selfassess import run_batch; "
        "run_batch(sys.argv[1], output=sys.argv[2], format='parquet', tables=('scores', 'themes')); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    run = [sys.executable, "-c", script, str(large), str(folder / "large")]
    most = int(subprocess.run(run, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - our own script
    number = f"{MEMORY_TIMES * ORGANISATIONS:,}"
    return Figure(f"most memory, {number} organisations", most / 1024, "MiB", at_most(2048))
