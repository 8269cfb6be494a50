"""What a test counted, for the reader of a run: kept in ``docs/assurance/figures.md``, printed at the end.

A test that earns a figure asks for the fixture ``figure`` and says ``figure("routes x roles checked", 1234)``. The
figure travels with the test's report, so it also arrives from a worker process of pytest-xdist.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pytest

__all__ = ["Figure", "find_figures", "make_figure"]

_PREFIX = "figure: "


class Figure(Protocol):
    """Notes a figure of the running test."""

    def __call__(self, name: str, value: int | float | str) -> None: ...


def make_figure(request: pytest.FixtureRequest) -> Figure:
    """The function that notes figures of the test that asks."""

    def figure(name: str, value: int | float | str) -> None:
        request.node.user_properties.append((_PREFIX + name, value))

    return figure


def find_figures(reports: Iterable[object]) -> list[tuple[str, str]]:
    """The figures of tests that passed, as name and value, in order of name: one that failed earned none."""
    passed = (r for r in reports if isinstance(r, pytest.TestReport) and r.when == "call" and r.passed)
    noted = (pair for report in passed for pair in report.user_properties)
    return sorted((str(name).removeprefix(_PREFIX), str(value)) for name, value in noted if name.startswith(_PREFIX))
