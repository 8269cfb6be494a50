"""All answers on one page, to check them before they are submitted."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp.guards import guard, scope
from webapp.pages.check import make_check_page
from webapp.routes.answering.blueprint import blueprint
from webapp.routes.answering.opening import may_answer
from webapp.store.answers import list_answers
from webapp.store.assessments import get_assessment, score_answers
from webapp.store.scope import Role

__all__ = ["check_answers"]


@blueprint.get("/check")
@guard(Role.READER)
def check_answers(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """Every answer with a way to change it, and what is left to do."""
    del organisation_id
    held = scope()
    record = get_assessment(held, assessment_id)
    answers = list_answers(record)
    return render_template(
        "answering/check.html",
        scope=held,
        record=record,
        check=make_check_page(score_answers(held, record, answers), answers),
        may_answer=record.is_open and may_answer(held),
    )
