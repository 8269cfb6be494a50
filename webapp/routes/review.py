"""The way to a signature: submit, take back, send back, sign, correct."""

from __future__ import annotations

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from selfassess.reports.view.cover import show_cover, show_summary
from webapp.forms.review import ConfirmForm, CorrectionForm, SendBackForm, SignForm
from webapp.guards import guard, scope
from webapp.pages.review import count_open_things, list_open_things, make_state
from webapp.routes.shown import go_to, show_form, show_refusal
from webapp.routes.telling import tell_sent_back, tell_signed, tell_submitted
from webapp.store.assessments import get_assessment, list_assessments
from webapp.store.corrections import find_correction, start_correction
from webapp.store.errors import ChangedMeanwhileError, NotAllowedError
from webapp.store.people import get_person
from webapp.store.records import AssessmentRecord, Status
from webapp.store.results import list_to_confirm, score_record
from webapp.store.scope import Role
from webapp.store.signoff import list_events, send_back, sign_assessment, submit_assessment, take_back

__all__ = ["blueprint"]

blueprint = Blueprint("review", __name__)

_HERE = "/organisations/<organisation_id>/assessments/<assessment_id>"
_RESULTS = "results.show_results"
_BOTH = ("GET", "POST")


@blueprint.errorhandler(NotAllowedError)
@blueprint.errorhandler(ChangedMeanwhileError)
def show_refused(error: Exception) -> ResponseReturnValue:
    """Say why a step cannot be taken, as where somebody else was there first; nothing was written."""
    record = get_assessment(scope(), (request.view_args or {})["assessment_id"])
    return show_refusal("review/refused.html", error, scope=scope(), record=record)


@blueprint.route(f"{_HERE}/submit", methods=_BOTH)
@guard(Role.CONTRIBUTOR)
def submit(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """Give the assessment to the approver, having read what is not finished."""
    held, record = scope(), get_assessment(scope(), assessment_id)
    if record.status is not Status.OPEN:
        raise NotAllowedError("This assessment has been submitted already.")
    form = ConfirmForm()
    if form.validate_on_submit():
        submit_assessment(held, assessment_id)
        tell_submitted(held, record)
        flash(f"{record.title} has been submitted. Its answers are locked until it is signed or sent back.", "success")
        return go_to(_RESULTS, organisation_id=organisation_id, assessment_id=assessment_id)
    things = list_open_things(score_record(held, record), list_to_confirm(record))
    return show_form("review/submit.html", form, scope=held, record=record, things=things)


@blueprint.route(f"{_HERE}/take-back", methods=_BOTH)
@guard(Role.OWNER)
def take_back_assessment(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """Open a submitted assessment again."""
    record = _get_waiting(assessment_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        take_back(scope(), assessment_id)
        flash(f"{record.title} has been taken back. Its answers can be changed again.", "success")
        return go_to(_RESULTS, organisation_id=organisation_id, assessment_id=assessment_id)
    return show_form("review/take_back.html", form, scope=scope(), record=record)


@blueprint.route(f"{_HERE}/sign", methods=_BOTH)
@guard(Role.APPROVER)
def sign(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """Sign the assessment off."""
    record = _get_waiting(assessment_id)
    form = SignForm()
    if form.validate_on_submit():
        sign_assessment(scope(), assessment_id, submission=_number(form.submission.data))
        tell_signed(scope(), record)
        flash(f"{record.title} has been signed off. Its answers and reports are kept as they are now.", "success")
        return go_to(_RESULTS, organisation_id=organisation_id, assessment_id=assessment_id)
    return _show_decision("review/sign.html", form, record)


@blueprint.route(f"{_HERE}/send-back", methods=_BOTH)
@guard(Role.APPROVER)
def send_back_assessment(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """Give the assessment back to the team, and say why."""
    record = _get_waiting(assessment_id)
    form = SendBackForm()
    if form.validate_on_submit():
        send_back(scope(), assessment_id, reason=form.reason.data.strip(), submission=_number(form.submission.data))
        tell_sent_back(scope(), record)
        flash(f"{record.title} has been sent back. The team can read why, and change the answers.", "success")
        return go_to(_RESULTS, organisation_id=organisation_id, assessment_id=assessment_id)
    return _show_decision("review/send_back.html", form, record)


@blueprint.route(f"{_HERE}/correct", methods=_BOTH)
@guard(Role.OWNER)
def correct(organisation_id: str, assessment_id: str) -> ResponseReturnValue:
    """Start a correction of a signed assessment."""
    held, record = scope(), get_assessment(scope(), assessment_id)
    form = CorrectionForm()
    if form.validate_on_submit():
        correction = start_correction(held, assessment_id, reason=form.reason.data.strip())
        flash("The correction has been started, with the answers that were signed.", "success")
        return go_to(_RESULTS, organisation_id=organisation_id, assessment_id=correction)
    if record.status is not Status.SIGNED:
        raise NotAllowedError("Only a signed assessment is corrected. This one can still be changed.")
    found = find_correction(record, list_assessments(held))
    return show_form("review/correct.html", form, scope=held, record=record, correction=found)


def _get_waiting(assessment_id: str) -> AssessmentRecord:
    record = get_assessment(scope(), assessment_id)
    if record.status is not Status.SUBMITTED:
        raise NotAllowedError("This assessment is not waiting for a signature: it is open, or has been signed.")
    return record


def _show_decision(template: str, form: SignForm | SendBackForm, record: AssessmentRecord) -> ResponseReturnValue:
    """What the approver decides on: the results in short, who submitted them, and the form."""
    held = scope()
    card = score_record(held, record)
    state = make_state(record, list_events(record), held, is_corrected=False)
    form.submission.data = form.submission.data or str(state.submission)
    return show_form(
        template,
        form,
        scope=held,
        record=record,
        state=state,
        cover=show_cover(card),
        open_things=count_open_things(card, list_to_confirm(record)),
        summary=show_summary(card),
        name=get_person(held.user_id).name,
    )


def _number(text: str | None) -> int:
    """A submission's number; 0, which none has, for anything else."""
    return int(text) if text and text.isdecimal() else 0
