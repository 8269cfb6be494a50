"""Figures that tests earn reach the end of the run."""

from __future__ import annotations

import pytest

from tests.figures import Figure, find_figures


def report(outcome: str, *noted: tuple[str, object]) -> pytest.TestReport:
    return pytest.TestReport("t", ("t.py", 1, "t"), {}, outcome, None, "call", user_properties=list(noted))  # type: ignore[arg-type]


def test_figures_of_a_passed_test_are_found_in_order() -> None:
    noted = report("passed", ("figure: b", 2), ("other", 3), ("figure: a", 1))
    assert find_figures([noted, "no report"]) == [("a", "1"), ("b", "2")]


def test_figure_of_a_failed_test_is_not_shown() -> None:
    assert find_figures([report("failed", ("figure: a", 1))]) == []


def test_noted_figure_travels_with_the_report(figure: Figure, request: pytest.FixtureRequest) -> None:
    figure("figures noted by this test", 1)
    assert ("figure: figures noted by this test", 1) in request.node.user_properties
