from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("ending", ["xlsx", "csv", "yaml"])
def test_template_is_written_and_its_path_printed(run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"blank.{ending}"
    assert run("template", "prison-volunteering", "-o", path) == (0, f"{path}\n", "")
    assert path.stat().st_size > 1_000


def test_template_of_a_questionnaire_for_a_kind_is_shorter(run: Run, tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.csv", tmp_path / "part.csv"
    run("template", "prison-volunteering", "-o", whole)
    about = ("--questionnaire", "quick-check", "--kind", "prison")
    assert run("template", "prison-volunteering", "-o", part, *about).status == 0
    assert part.stat().st_size < whole.stat().st_size / 2


@pytest.mark.parametrize(
    "misuse",
    [
        ("-o", "x.ods"),
        ("-o", "x.csv", "--kind", "jail"),
        ("-o", "x.csv", "--questionnaire", "half"),
        ("-o", "no/x.csv"),
    ],
)
def test_misuse_is_status_2_and_leaves_nothing(run: Run, tmp_path: Path, misuse: tuple[str, ...]) -> None:
    result = run("template", "prison-volunteering", *(str(tmp_path / part) if "." in part else part for part in misuse))
    assert (result.status, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_unknown_standard_is_status_1(run: Run, tmp_path: Path) -> None:
    assert run("template", "none", "-o", tmp_path / "x.csv").status == 1
