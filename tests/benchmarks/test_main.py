"""A run of hours loses nothing that it has found, and misses nothing late that it could have missed early."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import __main__ as program
from benchmarks.measuring import Figure


@pytest.fixture(autouse=True)
def _keep_signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, **parts: object) -> None:
    """Run the program with parts that measure what a test says."""
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    made = {f"benchmarks.{name}": SimpleNamespace(measure=measure) for name, measure in parts.items()}
    monkeypatch.setattr(program, "import_module", made.__getitem__)
    program.main()


def measure_well(rounds: int) -> Iterator[Figure]:
    yield Figure("well", rounds, "rounds")


def measure_badly(rounds: int) -> Iterator[Figure]:
    yield Figure("badly", rounds, "rounds")
    raise OSError("the disk is full")


def test_figures_before_a_failure_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    with pytest.raises(OSError, match="the disk is full"):
        run(monkeypatch, "start", "batch", "--json", str(kept), start=measure_well, batch=measure_badly)
    said = json.loads(kept.read_text("utf-8"))
    assert [(figure["part"], figure["subject"]) for figure in said["figures"]] == [
        ("start", "well"),
        ("batch", "badly"),
    ]
    assert len(said["load_average"]) == 3
    assert said["commit"]


def test_commit_is_unknown_without_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    monkeypatch.setenv("PATH", str(tmp_path))
    run(monkeypatch, "start", "--json", str(kept), start=measure_well)
    assert json.loads(kept.read_text("utf-8"))["commit"] == "unknown"


@pytest.mark.parametrize(("last", "missing"), [("site", "wrk"), ("size", "wrk"), ("pdf", "Chromium")])
def test_missing_tool_of_the_last_part_stops_before_the_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], last: str, missing: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=f"“{last}” needs {missing}"):
        run(monkeypatch, "start", last, start=measure_well)
    assert not capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--json", "no-such-folder/kept.json", "cannot be written: No such file"),
        ("--minutes", "0", "--minutes must be more than 0"),
        ("--minutes", "nan", "--minutes must be more than 0"),
        ("--rounds", "0", "--rounds must be 1 or more"),
    ],
)
def test_what_cannot_be_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], option: str, value: str, said: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(monkeypatch, option, value)
    assert said in capsys.readouterr().err


def test_end_from_outside_cleans_up(monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned = []

    def measure(rounds: int) -> Iterator[Figure]:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            yield Figure("never", rounds, "rounds")
        finally:
            cleaned.append(rounds)

    with pytest.raises(SystemExit, match="143"):
        run(monkeypatch, "start", "--rounds", "2", start=measure)
    assert cleaned == [2]
