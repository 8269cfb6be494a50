"""Every reader takes any bytes, and spoilt files that were once right: without a crash, in little time and memory.

The limit on memory holds for this process while a test runs, so that a file which asks for gigabytes is found out.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.figures import Figure
from tests.hostile.targets import TARGETS, Target

SECONDS = 5
"""Of processor time for one file; the slowest honest one takes a tenth."""

MEMORY = 2 * 1024**3
"""Bytes of address space that a reader may take beyond what the process has."""

EXAMPLES = {".xlsx": 60, ".parquet": 60, ".csv": 60, ".jsonl": 80}
"""How many spoilt files are tried by ending; 150 of the others, which are quicker."""

SLOW = 5
"""So many times as many are tried with the slow tests."""

unbounded = settings(suppress_health_check=list(HealthCheck), deadline=None)
"""The fixtures of these tests are the same for every example."""


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """No more memory than a reader may need."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def take(target: Target, data: bytes) -> bool:
    """Whether the reader took it, in time."""
    before = process_time()
    is_taken = target.take(data)
    assert process_time() - before < SECONDS
    return is_taken


def spoil(target: Target, count: int, salt: str = "") -> tuple[int, int]:
    """Give a reader spoilt files: how many it was given, and how many it took."""
    seeds, taken = target.seeds(), 0
    for number in range(count):
        random = Random(f"{salt}{number}")  # noqa: S311 - nothing secret
        taken += take(target, target.mutate(random.choice(seeds), random, seeds))
    return count, taken


@pytest.mark.parametrize("name", list(TARGETS))
def test_files_to_start_from_are_taken(name: str) -> None:
    taken = [take(TARGETS[name], seed) for seed in TARGETS[name].seeds()]
    assert any(taken)


@pytest.mark.parametrize("name", list(TARGETS))
@unbounded
@given(data=st.binary(max_size=300))
def test_any_bytes_are_taken_or_refused(name: str, data: bytes) -> None:
    take(TARGETS[name], data)


@pytest.mark.parametrize(
    "name", [name for name, target in TARGETS.items() if target.suffix in (".yaml", ".json", ".csv")]
)
@unbounded
@given(text=st.text(max_size=200))
def test_any_text_is_taken_or_refused(name: str, text: str) -> None:
    take(TARGETS[name], text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", list(TARGETS))
def test_spoilt_files_are_taken_or_refused(name: str, figure: Figure) -> None:
    target = TARGETS[name]
    given, _ = spoil(target, EXAMPLES.get(target.suffix, 150))
    figure(f"spoilt files tried, {name}", given)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(TARGETS))
def test_many_spoilt_files_are_taken_or_refused(name: str, figure: Figure) -> None:
    target = TARGETS[name]
    given, taken = spoil(target, SLOW * EXAMPLES.get(target.suffix, 150), "many")
    assert taken, "all were refused, so that nothing behind the first check was tried"
    figure(f"many spoilt files tried, {name}", f"{given}, of which {taken} were taken")
