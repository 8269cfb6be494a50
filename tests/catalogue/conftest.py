"""A standard on disk that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.places import ALLOTMENTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the allotment society's standard, without faults."""
    return Path(shutil.copytree(ALLOTMENTS, tmp_path / ALLOTMENTS.name))
