"""Assessments with the examples' answers, as far on the way to their signature as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from selfassess import Answer, read_assessment
from tests.webapp.conftest import TestTeam
from webapp.site import Site
from webapp.store.answers import Draft, save_answers
from webapp.store.assessments import create_assessment, get_open_assessment
from webapp.store.scope import Scope, get_scope
from webapp.store.signoff import find_last_event, hold_assessment, sign_assessment, submit_assessment

__all__ = ["add_assessment", "answer", "example", "sign", "submission_of"]


@cache
def example(name: str = "hmp-example") -> Mapping[str, Answer]:
    """The answers of one of the examples."""
    return read_assessment(f"examples/{name}.yaml").answers


def answer(scope: Scope, *, year: int = 2026, answers: Mapping[str, Answer] | None = None) -> str:
    """An open assessment; with the example's answers where none are given."""
    assessment_id = create_assessment(scope, title=str(year), day=date(year, 11, 1))
    drafts = [Draft(key, given, 0) for key, given in (example() if answers is None else answers).items()]
    save_answers(scope, get_open_assessment(scope, assessment_id), drafts)
    return assessment_id


def submission_of(scope: Scope, assessment_id: str) -> int:
    """The number of the submission that waits."""
    last = find_last_event(hold_assessment(scope, assessment_id))
    assert last is not None
    return last.id


def sign(scope: Scope, assessment_id: str) -> None:
    """Submit it and sign it."""
    submit_assessment(scope, assessment_id)
    sign_assessment(scope, assessment_id, submission=submission_of(scope, assessment_id))


def add_assessment(
    app: Site, team: TestTeam, status: str = "open", *, year: int = 2026, answers: Mapping[str, Answer] | None = None
) -> str:
    """The address of an assessment of a team, as far as its status says."""
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        assessment_id = answer(scope, year=year, answers=answers)
        if status == "signed":
            sign(scope, assessment_id)
        elif status == "submitted":
            submit_assessment(scope, assessment_id)
        work.commit()
    return f"{team.address}/assessments/{assessment_id}"
