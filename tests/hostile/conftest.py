"""The site's own fixtures, and a site in which every form can be found."""

from __future__ import annotations

import pytest

from tests.hostile.world import World, make_world
from tests.webapp.conftest import *  # noqa: F403 - the site's fixtures, whatever they need of each other
from tests.webapp.conftest import MakePerson, MakeTeam
from webapp.site import Site


@pytest.fixture
def world(app: Site, make_team: MakeTeam, make_person: MakePerson) -> World:
    """A site with something of everything in it."""
    return make_world(app, make_team, make_person)
