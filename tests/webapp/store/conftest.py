"""A unit of work that writes, and scopes for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.webapp.conftest import MakeTeam, TestTeam
from webapp.site import Site
from webapp.store.assessments import create_assessment, get_open_assessment
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Scope, get_scope


@pytest.fixture
def work(app: Site, team: TestTeam) -> Iterator[Session]:
    """A unit of work; never committed unless the test does."""
    assert team.organisation_id
    with app.run_work(write=True) as opened:
        yield opened


@pytest.fixture
def owner(work: Session, team: TestTeam) -> Scope:
    """The owner's scope."""
    assert work.is_active
    return get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)


@pytest.fixture
def colleague(work: Session, team: TestTeam) -> Scope:
    """The contributor's scope."""
    assert work.is_active
    return get_scope(user_id=team.contributor.id, organisation_id=team.organisation_id)


@pytest.fixture
def theirs(other_team: TestTeam, work: Session) -> Scope:
    """The scope of another organisation's owner; asked for before those of this one, because it makes people."""
    assert work.is_active
    return get_scope(user_id=other_team.owner.id, organisation_id=other_team.organisation_id)


@pytest.fixture
def other_team(make_team: MakeTeam) -> TestTeam:
    """Another prison with one person in each role."""
    return make_team("HMP Other")


@pytest.fixture
def record(owner: Scope) -> AssessmentRecord:
    """An open assessment without answers."""
    return get_open_assessment(owner, create_assessment(owner, title="2026", day=date(2026, 11, 1)))
