"""A prison with a plan: a few gaps, of which each stands for a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from selfassess import Answer
from tests.webapp.conftest import TestTeam
from webapp.clock import fixed_time
from webapp.site import Site
from webapp.store.answers import Draft, save_answers
from webapp.store.assessments import create_assessment, get_open_assessment
from webapp.store.plans import get_living_plan, make_plan
from webapp.store.scope import Scope, get_scope

__all__ = ["GAPS", "LATER", "START", "add_assessment", "add_plan", "answer", "at", "ids_of"]

START = date(2026, 11, 22)

GAPS: Mapping[str, Answer] = {
    "PRO-03": Answer(level=0),
    "POL-01": Answer(level=1, note="A draft is with the governor."),
    "POL-03": Answer(level="DK"),
    "REC-01": Answer(level=2),
}
"""A must, two core practices of which nobody knows one, and no gap."""

LATER: Mapping[str, Answer] = {
    "PRO-03": Answer(level=3),
    "POL-01": Answer(level=1),
    "POL-03": Answer(level=0),
    "REC-01": Answer(level=1),
}
"""A year later: one gap has closed, one has opened."""


def answer(scope: Scope, answers: Mapping[str, Answer] = GAPS, *, year: int = 2026) -> str:
    """An open assessment with answers."""
    assessment_id = create_assessment(scope, title=str(year), day=date(year, 11, 1))
    drafts = [Draft(key, given, 0) for key, given in answers.items()]
    save_answers(scope, get_open_assessment(scope, assessment_id), drafts)
    return assessment_id


def add_assessment(app: Site, team: TestTeam, answers: Mapping[str, Answer] = GAPS, *, year: int = 2026) -> str:
    """An assessment of a team, committed."""
    with app.run_work(write=True) as work:
        assessment_id = answer(_owner(team), answers, year=year)
        work.commit()
    return assessment_id


def add_plan(app: Site, team: TestTeam, answers: Mapping[str, Answer] = GAPS) -> str:
    """The address of a team's plan, made from its first assessment."""
    with app.run_work(write=True) as work:
        scope = _owner(team)
        make_plan(scope, assessment_id=answer(scope, answers), start=START)
        work.commit()
    return f"{team.address}/plan"


def ids_of(app: Site, team: TestTeam) -> dict[str, str]:
    """The id of each action by its reference."""
    with app.run_work(write=False):
        return {record.reference: record.id for record in get_living_plan(_owner(team)).kept}


@contextmanager
def at(day: date) -> Iterator[None]:
    """Pretend that it is noon of another day."""
    token = fixed_time.set(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    try:
        yield
    finally:
        fixed_time.reset(token)


def _owner(team: TestTeam) -> Scope:
    return get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
