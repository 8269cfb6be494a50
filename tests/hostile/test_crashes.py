"""Every input that once crashed a reader is taken or refused now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.figures import Figure
from tests.hostile.targets import TARGETS

KEPT = sorted(Path(__file__).with_name("crashes").glob("*/*"))
"""The files, each in the folder of its reader."""


@pytest.mark.parametrize("path", KEPT, ids=[f"{path.parent.name}/{path.name}" for path in KEPT])
def test_input_that_crashed_a_reader_once_is_refused(path: Path) -> None:
    assert TARGETS[path.parent.name].take(path.read_bytes()) in (True, False)


def test_crashes_are_kept(figure: Figure) -> None:
    assert len(KEPT) >= 4
    figure("inputs kept that once crashed a reader", len(KEPT))
