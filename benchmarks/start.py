"""How long things take to start: commands as whole processes, and the site until it answers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measuring import Contender, Figure, at_most, quartiles, run_by_turns, summarise
from benchmarks.site_data import fill
from benchmarks.site_server import BARE, SITE, serve

__all__ = ["measure"]

EXAMPLE = Path(__file__).parents[1] / "examples" / "hmp-example.yaml"
ROUNDS_AT_MOST = 5
"""Of the servers; each takes some seconds."""

_MOST_MILLISECONDS = {"selfassess score": at_most(400)}
_MOST_TIMES = {"selfassess --help": at_most(3)}
"""As long as what it is told beside."""


def measure(rounds: int) -> Iterator[Figure]:
    """Everything by turns; each beside an empty program of Python, and the site beside a bare application."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        commands = _list_commands(folder / "report.pdf")
        contenders = [Contender(name, partial(_run, command), 1) for name, command in commands.items()]
        taken = run_by_turns(contenders, rounds=rounds)
        yield from _figures(dict(zip(commands, taken, strict=True)), beside="an empty program")
        fill(folder)
        yield from _figures(_start_servers(folder, min(rounds, ROUNDS_AT_MOST)), beside="a bare application, served")


def _list_commands(report: Path) -> dict[str, list[str]]:
    command = ["-m", "selfassess"]
    return {
        "an empty program": ["-c", "pass"],
        "import selfassess": ["-c", "import selfassess"],
        "selfassess --help": [*command, "--help"],
        "selfassess score": [*command, "score", str(EXAMPLE)],
        "selfassess report, PDF": [*command, "report", str(EXAMPLE), "-o", str(report)],
        "selfassess report, HTML": [*command, "report", str(EXAMPLE), "-o", str(report.with_suffix(".html"))],
    }


def _run(arguments: list[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own


def _start_servers(folder: Path, rounds: int) -> dict[str, list[float]]:
    """The seconds until each gives its first answer, whichever of its workers gives it."""
    taken: dict[str, list[float]] = {"a bare application, served": [], "the site, served": []}
    for _ in range(rounds):
        for application, seconds in zip((BARE, SITE), taken.values(), strict=True):
            with serve(application, folder) as server:
                seconds.append(server.seconds_to_start)
    return taken


def _figures(taken: dict[str, list[float]], *, beside: str) -> Iterator[Figure]:
    for name, seconds in taken.items():
        if name != beside:
            milliseconds = [1000 * each for each in seconds]
            times = {beside: 1000 * median(taken[beside])}
            target, spread = _MOST_MILLISECONDS.get(name), quartiles(milliseconds)
            yield Figure(name, median(milliseconds), "ms", target, spread, times=times)
        if name in _MOST_TIMES:
            ours, other = (Contender(each, lambda: None, 1) for each in (name, beside))
            target = _MOST_TIMES[name]
            subject = f"{name}: beside {beside}"
            yield summarise(subject, (ours, seconds), (other, taken[beside]), faster=False, target=target)
