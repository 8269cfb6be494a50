"""Fuzzing: every reader in turn is tried with inputs that grow out of the examples, led by the code that they reach.

Run by ``script/fuzz``. What crashes a reader is written to a folder, and is put right, and then kept below
``tests/hostile/crashes``, from where a test takes it again on every run.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic

__all__ = ["main"]

ROOT = Path(__file__).parents[2]
"""Not from `tests.places`, which would load what must not be loaded before it is watched."""

FOUND = ROOT / "build" / "fuzz"
"""Where crashes are written; nothing of it is committed."""

_LONGEST_INPUT = 100_000
_SECONDS_FOR_ONE = 15
"""An input that takes longer is a crash; the slowest honest one takes a tenth."""
_MEGABYTES = 1024
_COUNTED = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


@dataclass
class Tally:
    """What trying one reader came to."""

    inputs: int = 0
    crashes: tuple[Path, ...] = ()


def main(arguments: Sequence[str]) -> int:
    """Run what the command line asks for; the exit status."""
    match list(arguments):
        case []:
            return fuzz_all(60)
        case [seconds] if seconds.isdecimal():
            return fuzz_all(int(seconds))
        case ["--child", name, seconds, folder]:
            fuzz(name, int(seconds), Path(folder))
        case [name, *paths] if paths:
            return replay(name, paths)
    say("usage: script/fuzz [SECONDS] | script/fuzz READER FILE...")
    return 2


def say(text: str) -> None:
    """Tell whoever runs it."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def fuzz_all(seconds: int) -> int:
    """Try every reader for its part of the time; 1 where any crashed, or could not be tried."""
    from tests.hostile.targets import TARGETS

    tallies = {}
    for name in TARGETS:
        tallies[name] = try_for(name, seconds / len(TARGETS))
        say(f"{name}: {tallies[name].inputs:,} inputs, {len(tallies[name].crashes)} crashes")
    crashes = [(name, path) for name, tally in tallies.items() for path in tally.crashes]
    say(f"inputs tried: {sum(tally.inputs for tally in tallies.values()):,}; crashes found: {len(crashes)}")
    for name, path in crashes:
        say(f"see it again with: script/fuzz {name} {path}")
    untried = [name for name, tally in tallies.items() if not tally.inputs]
    if untried:
        say(f"not tried at all: {', '.join(untried)}")
    return 1 if crashes or untried else 0


def try_for(name: str, seconds: float) -> Tally:
    """Try one reader in processes of its own: each ends with its first crash."""
    folder = FOUND / name
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.iterdir())
    tally, end = Tally(), monotonic() + seconds
    while (left := end - monotonic()) > 0:
        command = [
            sys.executable,
            "-m",
            "tests.hostile.fuzzing",
            "--child",
            name,
            str(max(1, round(left))),
            str(folder),
        ]
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=ROOT, check=False)  # noqa: S603 - our own
        counted = _COUNTED.search(run.stderr)
        tally.inputs += int(counted[1]) if counted else 0
        if counted is None or run.returncode == 0:
            if run.returncode:
                say(run.stderr[-2000:])
            break
    tally.crashes = tuple(sorted(set(folder.iterdir()) - before))
    return tally


def fuzz(name: str, seconds: int, folder: Path) -> None:
    """Try a reader until the time is over or it crashes; does not return.

    Args:
        name: The reader.
        seconds: For how long.
        folder: Where the input that crashes it is written.
    """
    import atheris

    with atheris.instrument_imports(include=["selfassess", "yaml", "zipfile"]):
        from tests.hostile.targets import TARGETS
    target = TARGETS[name]
    seeds = target.seeds()

    def change(data: bytes, size: int, seed: int) -> bytes:
        random = Random(seed)  # noqa: S311 - nothing secret
        changed = target.mutate(data, random, seeds) if random.random() < _OURS else atheris.Mutate(data, size)
        return bytes(changed[:size])

    with TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds):
            Path(corpus, f"seed-{number}").write_bytes(seed)
        atheris.Setup([sys.argv[0], *_options(seconds, folder), corpus], target.take, custom_mutator=change)
        atheris.Fuzz()


_OURS = 0.7
"""The share of inputs that are changed by `tests.hostile.mutating`, which knows what workbooks are made of."""


def _options(seconds: int, folder: Path) -> Iterator[str]:
    yield f"-max_total_time={seconds}"
    yield f"-artifact_prefix={folder}/"
    yield f"-max_len={_LONGEST_INPUT}"
    yield f"-timeout={_SECONDS_FOR_ONE}"
    yield f"-rss_limit_mb={_MEGABYTES}"
    yield "-print_final_stats=1"


def replay(name: str, paths: Sequence[str]) -> int:
    """Give files to a reader once more; what it crashes with is raised."""
    from tests.hostile.targets import TARGETS

    for path in paths:
        is_taken = TARGETS[name].take(Path(path).read_bytes())
        say(f"{path}: {'taken' if is_taken else 'refused, as it should be'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
