"""The world that the doors are tried in."""

from __future__ import annotations

import pytest

from tests.webapp.access.world import World, make_world
from tests.webapp.conftest import MakePerson, MakeTeam
from webapp import pdfs
from webapp.site import Site


@pytest.fixture
def lasting_world(app: Site, make_team: MakeTeam, make_person: MakePerson, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which what is done is done; only PDFs are made in no time."""
    monkeypatch.setattr(pdfs, "make_pdf", lambda _: b"%PDF-")
    teams = make_team("HMP Example"), make_team("HMP Elsewhere")
    people = {"group reader": make_person("Regina Reader"), "administrator": make_person("Ada Ministrator")}
    return make_world(app, teams, people)


@pytest.fixture
def world(lasting_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which nothing that is asked for lasts, so that every door can be tried in any order."""
    monkeypatch.setattr("webapp.site.commit", lambda: None)
    return lasting_world
