"""The results of an assessment: the scorecard, its practices, what explains a number, and what moved since another."""

from __future__ import annotations

import logging

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from selfassess import ComparisonError
from selfassess.reports.view.change import ChangeView, show_change
from selfassess.reports.view.readiness import show_readiness
from webapp.guards import guard, scope
from webapp.pages import results as pages
from webapp.pages.practices import list_practices
from webapp.pages.review import count_open_things, make_state
from webapp.store.assessments import get_assessment, list_assessments
from webapp.store.corrections import find_correction
from webapp.store.records import AssessmentRecord, Status
from webapp.store.results import (
    AlteredError,
    compare_cards,
    compare_with_previous,
    get_signed_answers,
    list_to_confirm,
    score_record,
)
from webapp.store.scope import Role
from webapp.store.signoff import list_events

__all__ = ["blueprint"]

blueprint = Blueprint("results", __name__)

_HERE = "/organisations/<organisation_id>/assessments/<assessment_id>/results"


@blueprint.app_errorhandler(AlteredError)
def show_altered(error: AlteredError) -> ResponseReturnValue:
    """Say that something signed was changed behind the site's back, and log what, without what it says."""
    current_app.logger.log(logging.CRITICAL, "%s", error)
    return render_template("results/altered.html"), 500


@blueprint.get(_HERE)
@guard(Role.READER)
def show_results(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """The results on one page."""
    del organisation_id
    held, record = scope(), get_assessment(scope(), assessment_id)
    card = score_record(held, record)
    records = list_assessments(held)
    correction = find_correction(record, records)
    return render_template(
        "results/show.html",
        scope=held,
        record=record,
        results=pages.show_results(card, compare_with_previous(held, record, card, records)),
        state=make_state(record, list_events(record), held, is_corrected=correction is not None),
        open_things=count_open_things(card, list_to_confirm(record)),
        signed=get_signed_answers(record) if record.status is Status.SIGNED else None,
        correction=correction,
        corrected=_find(records, record.corrects_id),
        others=tuple(other for other in records if other.id != record.id),
        has_tasks="answering.show_tasks" in current_app.view_functions,
    )


@blueprint.get(f"{_HERE}/practices")
@guard(Role.READER)
def show_practices(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """The practices of a theme, tier and status; the address says which, so that it can be passed on."""
    del organisation_id
    held, record = scope(), get_assessment(scope(), assessment_id)
    found = list_practices(score_record(held, record), request.args)
    return render_template("results/practices.html", scope=held, record=record, found=found)


@blueprint.get(f"{_HERE}/readiness")
@guard(Role.READER)
def show_requirements(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """Each source's requirements, one by one."""
    del organisation_id
    held, record = scope(), get_assessment(scope(), assessment_id)
    card = score_record(held, record)
    return render_template(
        "results/readiness.html",
        scope=held,
        record=record,
        readiness=show_readiness(card),
        sources=pages.name_sources(card),
    )


@blueprint.get(f"{_HERE}/explain/<path:subject>")
@guard(Role.READER)
def explain(organisation_id: str, assessment_id: str, subject: str) -> ResponseReturnValue:
    """Why a number, a rating or a place is what it is."""
    del organisation_id
    held, record = scope(), get_assessment(scope(), assessment_id)
    try:
        explanation = pages.show_explanation(score_record(held, record), subject)
    except KeyError:
        abort(404)
    return render_template("results/explain.html", scope=held, record=record, explanation=explanation)


@blueprint.get(f"{_HERE}/compare/<other>")
@guard(Role.READER)
def compare(organisation_id: str, assessment_id: str, other: str) -> ResponseReturnValue:
    """What moved between two assessments; the one of the earlier day is the older, whichever comes first."""
    del organisation_id
    held = scope()
    pair = get_assessment(held, other), get_assessment(held, assessment_id)
    older, newer = sorted(pair, key=lambda record: (record.date, record.created_at))
    change: ChangeView | None = None
    refusal: tuple[str, ...] = ()
    try:
        change = show_change(compare_cards(score_record(held, older), score_record(held, newer)))
    except ComparisonError as error:
        refusal = tuple(f"{fault.problem}. {fault.remedy}." for fault in error.faults)
    return render_template(
        "results/compare.html", scope=held, record=pair[1], older=older, newer=newer, change=change, refusal=refusal
    )


def _find(records: tuple[AssessmentRecord, ...], wanted: str | None) -> AssessmentRecord | None:
    return next((record for record in records if record.id == wanted), None)
