"""What every test may ask for."""

from __future__ import annotations

import pytest
from hypothesis import settings

from selfassess.catalogue import load_standard
from selfassess.model.standard import Standard
from tests.figures import Figure, find_figures, make_figure

# The same examples on every run and every machine; --hypothesis-profile=explore looks for new ones.
settings.register_profile("repeatable", derandomize=True, max_examples=100, deadline=None, database=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """On which database the tests of the site run."""
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database of the site's tests; PostgreSQL is started by script/postgresql",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is true of the other database alone."""
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[config.getoption("--database")]
    for item in items:
        if item.get_closest_marker(f"{other}_only"):
            item.add_marker(pytest.mark.skip(reason=f"on {other} only"))


@pytest.fixture(scope="session")
def prison_standard() -> Standard:
    """The real standard, read once."""
    return load_standard("prison-volunteering")


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Notes what the test counted: ``figure("kills survived", 50)``."""
    return make_figure(request)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests earned."""
    passed = terminalreporter.getreports("passed")
    figures = find_figures(passed)
    if terminalreporter.config.getoption("--database") == "postgresql":
        figures.append(("tests passed on PostgreSQL", str(len(passed))))
    if figures:
        terminalreporter.section("figures")
    for name, value in figures:
        terminalreporter.line(f"{name}: {value}")
