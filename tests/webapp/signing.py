"""Signed assessments for tests."""

from __future__ import annotations

from datetime import date

from selfassess import Answer
from tests.webapp.conftest import TestTeam
from webapp.site import Site
from webapp.store.answers import Draft, save_answers
from webapp.store.assessments import create_assessment, get_open_assessment
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Scope, get_scope
from webapp.store.signoff import find_last_event, sign_assessment, submit_assessment


def answer_all(scope: Scope, record: AssessmentRecord, level: int, changes: dict[str, Answer]) -> None:
    """Give every practice the same level, but for some."""
    asked = record.standard.asked(record.questionnaire, scope.kind)
    answers = {practice.id: Answer.model_validate(level) for practice in asked} | changes
    save_answers(scope, record, [Draft(practice=key, answer=answer, version=0) for key, answer in answers.items()])


def start(app: Site, team: TestTeam, *, day: date, level: int, changes: dict[str, Answer] | None = None) -> str:
    """An open assessment with answers."""
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        record = get_open_assessment(scope, create_assessment(scope, title=str(day.year), day=day))
        answer_all(scope, record, level, changes or {})
        work.commit()
    return record.id


def sign(app: Site, team: TestTeam, *, day: date, level: int, changes: dict[str, Answer] | None = None) -> str:
    """A signed assessment."""
    assessment_id = start(app, team, day=day, level=level, changes=changes)
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        record = get_open_assessment(scope, assessment_id)
        submit_assessment(scope, assessment_id)
        last = find_last_event(record)
        assert last
        sign_assessment(scope, assessment_id, submission=last.id)
        work.commit()
    return assessment_id
