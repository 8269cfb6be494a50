"""A batch that is killed leaves nothing by halves, and gives the same tables when it is run again."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.cohorts import assess, wide_rows, write_csv
from tests.builders import Given
from tests.figures import Figure
from tests.places import ROOT
from tests.test_properties import real_standard

pytestmark = pytest.mark.slow

KILLS = 20
SEED = 20261122
ORGANISATIONS = 600
INCOMPLETE = "INCOMPLETE.txt"


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    """So many organisations that writing their tables takes a while."""
    standard, chance = real_standard(), random.Random(SEED)  # noqa: S311 - to be repeated
    asked = [practice.id for practice in standard.asked("full", "prison")]
    levels: list[Given] = [0, 1, 2, 3, "DK"]
    sheets = [
        assess(standard, f"HMP {number}", {key: chance.choice(levels) for key in asked})
        for number in range(ORGANISATIONS)
    ]
    return write_csv(tmp_path / "cohort.csv", wide_rows(standard, sheets))


def start(cohort: Path, output: Path) -> subprocess.Popen[bytes]:
    """A batch in a process of its own."""
    command = [sys.executable, "-m", "selfassess", "batch", str(cohort), "-o", str(output)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def tables_in(folder: Path) -> dict[str, bytes]:
    """The files that a batch is for; those in hidden folders are on their way."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_twenty_kills_leave_no_half_table_and_running_again_gives_the_same(
    cohort: Path, tmp_path: Path, figure: Figure
) -> None:
    began = time.monotonic()
    assert start(cohort, tmp_path / "whole").wait() == 0
    seconds = time.monotonic() - began
    whole = tables_in(tmp_path / "whole")
    assert {"scores.csv", "gaps.csv", "themes.csv", "readiness.csv", "rejected.csv"} <= set(whole)
    chance, output, killed, at_work = random.Random(SEED), tmp_path / "killed", 0, 0  # noqa: S311
    for turn in range(2 * KILLS):  # a batch may be done before it is killed
        process = start(cohort, output)
        wait_for_work(process, output, chance, seconds)
        process.send_signal(signal.SIGKILL)
        is_killed = process.wait() == -signal.SIGKILL
        killed, at_work = killed + is_killed, at_work + (is_killed and (output / ".partial").exists())
        check_whole_tables(output, whole)
        if turn % 5 == 4 or killed == KILLS:
            check_again(cohort, output, whole)
            clear(output, chance)
        if killed == KILLS:
            break
    assert killed == KILLS
    assert at_work >= KILLS / 4, "the kills met nobody who was writing"
    figure("kills of a batch survived", killed)
    figure("of these, while it was writing", at_work)


def wait_for_work(process: subprocess.Popen[bytes], output: Path, chance: random.Random, seconds: float) -> None:
    """Any moment of the run, but more often one in which tables are written or take their place."""
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0, seconds))
        return
    while process.poll() is None and not any((output / ".partial").glob("*.csv")):
        time.sleep(0.002)
    time.sleep(chance.uniform(0, seconds / 8))


def check_whole_tables(output: Path, whole: dict[str, bytes]) -> None:
    """Whatever has its name is whole, and of this batch."""
    found = tables_in(output) if output.exists() else {}
    found.pop(INCOMPLETE, None)
    for name, content in found.items():
        assert content == whole[name], f"half of {name}"


def check_again(cohort: Path, output: Path, whole: dict[str, bytes]) -> None:
    assert start(cohort, output).wait() == 0
    assert tables_in(output) == whole
    assert sorted(path.name for path in output.iterdir()) == sorted(whole), "nothing else is left"


def clear(output: Path, chance: random.Random) -> None:
    """Begin with an empty folder, or with the tables of the run before."""
    if chance.random() < 0.5:
        for path in output.iterdir():
            path.unlink()
