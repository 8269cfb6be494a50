"""Another text of the standard, installed in place of the one that was answered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from selfassess import Standard, load_standard
from webapp.store import results, standards

__all__ = ["forget", "install_other_standard"]


def install_other_standard(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Standard:
    """Install a standard in which POL-01 is something else; whoever calls it calls `forget` at its end."""
    copy = folder / "prison-volunteering"
    shutil.copytree("standards/prison-volunteering", copy)
    file = copy / "practices" / "policy.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("title: There is a current volunteering policy", "title: Something else"), "utf-8")
    other = load_standard(copy)
    monkeypatch.setattr(standards, "main_standard", lambda: other)
    forget()
    return other


def forget() -> None:
    """Forget what is remembered of standards and scores, as a process that begins does."""
    standards._get.cache_clear()
    results._score_signed.cache_clear()
