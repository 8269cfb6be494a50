"""The example for consultants in the README runs as it stands, and says what it should."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.cohorts import write_csv, write_xlsx
from tests.places import ROOT

HEADER = ["organisation", "kind", "LEA-01", "POL-01"]


def read_example() -> str:
    """The block of Python under “Many at once”."""
    section = (ROOT / "README.md").read_text("utf-8").partition("\n## Many at once\n")[2].partition("\n## ")[0]
    (block,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    return str(block)


def test_example_has_ten_lines() -> None:
    assert len([line for line in read_example().splitlines() if line.strip()]) <= 10


def test_example_runs_as_it_stands(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "north.xlsx", [HEADER, ["HMP North", "prison", 2, 0]])
    write_csv(tmp_path / "south.csv", [HEADER, ["HMP South", "prison", "3", "1"], ["HMP West", "prison", "9", ""]])
    (tmp_path / "example.py").write_text(read_example(), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "example.py"], cwd=tmp_path, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert said[0] == "2 scored, 1 rejected"
    assert said[1].startswith("south.csv:3: LEA-01: says “9”, which is no level.")
    assert "organisation" in done.stdout
    assert len(list((tmp_path / "out" / "reports").glob("*.pdf"))) == 4
    assert (tmp_path / "out" / "group-report.pdf").is_file()


@pytest.mark.parametrize("table", ["scores", "themes", "gaps", "readiness", "rejected"])
def test_readme_names_every_table_of_the_result(table: str) -> None:
    assert f"`{table}" in (ROOT / "README.md").read_text("utf-8")
