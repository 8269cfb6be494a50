"""An organisation's data in a browser: taken along as one file, and deleted for good."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.webapp.browser.server import Server
from tests.webapp.browser.steps import enter
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import TestTeam
from tests.webapp.signing import sign
from webapp.site import Site

pytestmark = pytest.mark.slow


def test_owner_takes_everything_along_and_deletes_the_organisation(
    visitor: Visitor, app: Site, crew: TestTeam, server: Server
) -> None:
    sign(app, crew, day=date(2026, 11, 1), level=2)
    enter(visitor, crew.owner, server).go(crew.address).follow("Download or delete our data")
    data = json.loads(visitor.download("Download the file", role="button"))
    assert data["organisation"]["name"] == crew.name
    assert len(data["assessments"]) == 1
    visitor.follow(f"Delete {crew.name}").heading(f"Delete {crew.name}")
    visitor.fill("Name of the organisation", "HMP Elsewhere").press("Delete it for good").reads("Type the name as it")
    visitor.fill("Name of the organisation", crew.name).press("Delete it for good")
    visitor.heading("Your organisations").reads(f"{crew.name} and everything it had written have been deleted")
    visitor.go(crew.address).heading("Page not found")
