"""The task list of an assessment."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp.guards import guard, scope
from webapp.pages.tasklist import make_task_list
from webapp.routes.answering.blueprint import blueprint
from webapp.routes.answering.opening import may_answer
from webapp.store.answers import list_answers
from webapp.store.assessments import find_title, get_assessment, score_answers
from webapp.store.assignments import list_assignments
from webapp.store.comments import count_open, list_open_for
from webapp.store.records import Status
from webapp.store.scope import Role
from webapp.store.signoff import find_last_event

__all__ = ["show_tasks"]


@blueprint.get("")
@guard(Role.READER)
def show_tasks(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """Where each theme stands, and what is next."""
    del organisation_id
    held = scope()
    record = get_assessment(held, assessment_id)
    answers = list_answers(record)
    card = score_answers(held, record, answers)
    tasks = make_task_list(card, answers, list_assignments(record), count_open(held, record))
    return render_template(
        "answering/tasks.html",
        scope=held,
        record=record,
        tasks=tasks,
        following=tasks.next_for(held.user_id),
        may_answer=record.is_open and may_answer(held),
        may_sign=record.status is Status.SUBMITTED and held.may_act_as(Role.APPROVER),
        carried_from=find_title(held, record.carried_from_id),
        corrects=find_title(held, record.corrects_id),
        for_me=[each for each in list_open_for(held) if each.assessment_id == record.id],
        titles={practice.id: practice.title for practice, _ in card.entries},
        last_step=find_last_event(record),
    )
