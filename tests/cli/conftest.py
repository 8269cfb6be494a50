"""Running the command line inside the test, and files to run it on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from selfassess.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"

HEAD = """\
standard: prison-volunteering
organisation: {name: HMP Test, kind: prison}
"""


class Result(NamedTuple):
    """What one command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command and return its exit status and what it printed."""

    def run(*arguments: str | Path) -> Result:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        return Result(status, *capsys.readouterr())

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write an assessment of a prison and return its path."""

    def write(answers: str, name: str = "answers.yaml", head: str = HEAD) -> Path:
        path = tmp_path / name
        path.write_text(f"{head}answers:\n{answers}", encoding="utf-8")
        return path

    return write
