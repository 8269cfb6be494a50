"""A plan that a team keeps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.webapp.conftest import TestTeam
from tests.webapp.planning import START, add_plan, at
from webapp.site import Site


@pytest.fixture(autouse=True)
def _on_the_day_it_starts() -> Iterator[None]:
    with at(START):
        yield


@pytest.fixture
def plan(app: Site, team: TestTeam) -> str:
    """The plan's address."""
    return add_plan(app, team)
