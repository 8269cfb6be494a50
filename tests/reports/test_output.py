"""Files are written whole or not at all, and refusals say what to do."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from selfassess import OutputError, write_plan, write_report
from selfassess.reports import output
from tests.reports.cases import build
from tests.reports.conftest import plan_for

CARD = build({})


def test_unknown_ending_is_refused_with_those_allowed(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"report\.odt has no ending .* use \.pdf or \.html"):
        write_report(CARD, tmp_path / "report.odt")
    with pytest.raises(OutputError, match=r"plan has no ending"):
        write_plan(plan_for("all-met"), tmp_path / "plan")


def test_ending_in_capitals_is_understood(tmp_path: Path) -> None:
    assert write_report(CARD, tmp_path / "REPORT.HTML").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_path_as_text_is_accepted_and_given_back(tmp_path: Path) -> None:
    assert write_report(CARD, str(tmp_path / "report.html")) == tmp_path / "report.html"


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"folder .* is not there: make it first"):
        write_report(CARD, tmp_path / "nowhere" / "report.html")


def test_folder_as_target_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write_report(CARD, tmp_path / "report.html")


def test_folder_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(output, "mkstemp", refuse)
    with pytest.raises(OutputError, match=r"cannot be written \(Permission denied\)"):
        write_report(CARD, tmp_path / "report.html")


@pytest.mark.parametrize("error", [RuntimeError("broken"), KeyboardInterrupt(), OSError(28, "No space left")])
def test_failure_leaves_the_old_file_and_no_other(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "report.html"
    path.write_text("old", "utf-8")

    def fail() -> bytes:
        raise error

    with pytest.raises(OutputError if isinstance(error, OSError) else type(error)):
        output.write_atomically(path, fail)
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert path.read_text("utf-8") == "old"


def test_written_file_may_be_read_by_others_as_usual(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    assert output.write_atomically(tmp_path / "new", lambda: b"x").stat().st_mode == plain.stat().st_mode


def test_missing_engine_is_named_and_html_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "selfassess.reports.pdf", raising=False)
    _hide(monkeypatch, "weasyprint")
    with pytest.raises(OutputError, match=r'pip install "selfassess\[pdf\]".*libpango'):
        write_report(CARD, tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []
    assert write_report(CARD, tmp_path / "report.html").exists()


def test_importing_the_reports_loads_no_engine() -> None:
    import subprocess

    code = "import sys, selfassess.reports; print([n for n in ('weasyprint', 'jinja2') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def _hide(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    real = builtins.__import__

    def find(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - the real one's names
        locals: Mapping[str, object] | None = None,  # noqa: A002
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        if name.split(".")[0] == package:
            raise ImportError(f"No module named {name!r}")
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", find)
