"""Exit statuses, help, and what every command does with faulty input."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Run, Write

PRISON = EXAMPLES / "hmp-example.yaml"

FAULTY = """\
  POL-01: 4
  POL-99: 2
  LEA-01: NA
  VET-03: NA
"""


@pytest.mark.parametrize("command", ["standards", "check", "score", "report", "plan", "compare"])
def test_help_of_a_command_names_the_exit_statuses(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.status == 0
    assert "2 the command was misused" in " ".join(result.out.split())


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["scoer"],
        ["score"],
        ["score", "x.yaml", "--json", "--explain", "POL-01"],
        ["report", "x.yaml"],
        ["plan", "x.yaml", "-o", "p.csv", "--start", "tomorrow"],
        ["plan", "x.yaml", "-o", "p.csv", "--start", "9999-12-31"],
    ],
)
def test_misuse_exits_2_and_prints_nothing_on_standard_output(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.status == 2
    assert result.out == ""
    assert result.err


@pytest.mark.parametrize("command", [["score"], ["report", "-o", "out.pdf"], ["plan", "-o", "out.csv"]])
def test_faulty_assessment_exits_1_with_one_line_for_each_fault(
    run: Run, write: Write, command: list[str], tmp_path: Path
) -> None:
    path = write(FAULTY)
    if "-o" in command:
        command[-1] = str(tmp_path / command[-1])
    before = sorted(tmp_path.iterdir())
    result = run(command[0], path, *command[1:])
    lines = result.err.splitlines()
    assert result.status == 1
    assert result.out == ""
    assert len(lines) >= 1
    assert all(line.startswith(f"{path}:") for line in lines)
    assert "Traceback" not in result.err
    assert sorted(tmp_path.iterdir()) == before


def test_fault_names_line_place_and_remedy(run: Run, write: Write) -> None:
    path = write("  POL-01: 2\n  POL-99: 2\n")
    line = run("score", path).err.strip()
    assert line.startswith(f"{path}:5: POL-99: is not a practice of this standard.")
    assert "Did you mean" in line


@pytest.mark.parametrize("name", ["missing.yaml", "answers.docx", "."])
def test_unusable_file_exits_1_naming_it(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "answers.docx").write_bytes(b"PK")
    result = run("score", tmp_path / name)
    assert result.status == 1
    assert str(tmp_path) in result.err
    assert len(result.err.splitlines()) == 1


def test_unknown_standard_exits_1_and_lists_those_there_are(run: Run) -> None:
    result = run("score", PRISON, "--standard", "nowhere")
    assert result.status == 1
    assert "nowhere: is not a standard" in result.err
    assert "prison-volunteering" in result.err


@pytest.mark.parametrize("command", [["report", "x.docx"], ["plan", "x.doc"], ["report", "missing/x.pdf"]])
def test_unusable_output_exits_2_and_leaves_nothing(run: Run, tmp_path: Path, command: list[str]) -> None:
    result = run(command[0], PRISON, "-o", tmp_path / command[1])
    assert result.status == 2
    assert len(result.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_control_characters_in_a_file_cannot_act_on_the_terminal(run: Run, write: Write) -> None:
    path = write('  "\\e[2J\\u202eEVIL": 2\n')
    result = run("score", path)
    assert result.status == 1
    assert "\x1b" not in result.err
    assert "\u202e" not in result.err


def test_module_runs_as_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "selfassess", "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)  # noqa: S603
    assert done.returncode == 0
    assert done.stdout.startswith("prison-volunteering ")


def test_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m selfassess score {PRISON} --json | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_full_disk_behind_standard_output_is_one_line() -> None:
    command = f"{sys.executable} -m selfassess score {PRISON} > /dev/full"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_console_without_welsh_letters_still_prints(write: Write) -> None:
    path = write("  POL-01: 2\n", head="standard: prison-volunteering\norganisation: {name: Tŷ Ŵyn, kind: prison}\n")
    command = [sys.executable, "-m", "selfassess", "score", str(path)]
    environment = {"PYTHONIOENCODING": "cp1252", "PATH": ""}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert b"\\u0177" in done.stdout
