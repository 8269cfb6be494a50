"""The way to a signature: one step at a time, and nobody signs what they did not read."""

from __future__ import annotations

import pytest

from tests.webapp.reviewing import answer, sign, submission_of
from webapp.store.answers import list_answers
from webapp.store.assessments import get_open_assessment
from webapp.store.audit import list_events as list_log
from webapp.store.errors import ChangedMeanwhileError, NotAllowedError, NotFoundError
from webapp.store.records import AssessmentRecord, Status
from webapp.store.scope import Scope
from webapp.store.signoff import (
    StepKind,
    find_last_event,
    hold_assessment,
    list_events,
    send_back,
    sign_assessment,
    submit_assessment,
    take_back,
)


def status(scope: Scope, assessment_id: str) -> Status:
    """How far an assessment has come."""
    return hold_assessment(scope, assessment_id).status


def test_assessment_that_nobody_submitted_has_no_step(record: AssessmentRecord) -> None:
    assert find_last_event(record) is None


def test_submitted_assessment_takes_no_answers(colleague: Scope, record: AssessmentRecord) -> None:
    submit_assessment(colleague, record.id)
    assert status(colleague, record.id) is Status.SUBMITTED
    with pytest.raises(NotAllowedError):
        get_open_assessment(colleague, record.id)


def test_submitting_twice_is_refused(owner: Scope, colleague: Scope, record: AssessmentRecord) -> None:
    submit_assessment(colleague, record.id)
    with pytest.raises(NotAllowedError, match="submitted already"):
        submit_assessment(owner, record.id)


def test_open_assessment_cannot_be_signed(owner: Scope, record: AssessmentRecord) -> None:
    with pytest.raises(NotAllowedError, match="not waiting for a signature"):
        sign_assessment(owner, record.id, submission=1)


def test_assessment_sent_back_is_open_and_says_why(owner: Scope, record: AssessmentRecord) -> None:
    submit_assessment(owner, record.id)
    send_back(owner, record.id, reason="Add the insurance.", submission=submission_of(owner, record.id))
    last = find_last_event(record)
    assert last is not None
    assert (last.kind, last.reason, last.user_name) == (StepKind.SENT_BACK, "Add the insurance.", "HMP Example Owner")
    assert not last.is_taken_back
    assert get_open_assessment(owner, record.id).is_open


def test_assessment_taken_back_is_open(owner: Scope, record: AssessmentRecord) -> None:
    submit_assessment(owner, record.id)
    take_back(owner, record.id)
    assert status(owner, record.id) is Status.OPEN
    assert [step.is_taken_back for step in list_events(record)] == [True, False]


def test_signature_on_an_earlier_submission_is_refused(owner: Scope, record: AssessmentRecord) -> None:
    submit_assessment(owner, record.id)
    read = submission_of(owner, record.id)
    take_back(owner, record.id)
    submit_assessment(owner, record.id)
    with pytest.raises(ChangedMeanwhileError, match="Read the results again"):
        sign_assessment(owner, record.id, submission=read)
    assert status(owner, record.id) is Status.SUBMITTED


def test_signed_assessment_takes_no_further_step(owner: Scope) -> None:
    assessment_id = answer(owner)
    sign(owner, assessment_id)
    last = submission_of(owner, assessment_id)
    assert status(owner, assessment_id) is Status.SIGNED
    with pytest.raises(NotAllowedError):
        submit_assessment(owner, assessment_id)
    with pytest.raises(NotAllowedError):
        take_back(owner, assessment_id)
    with pytest.raises(NotAllowedError):
        send_back(owner, assessment_id, reason="No", submission=last)
    with pytest.raises(NotAllowedError):
        sign_assessment(owner, assessment_id, submission=last)


def test_steps_keep_the_names_of_both(owner: Scope, colleague: Scope, record: AssessmentRecord) -> None:
    submit_assessment(colleague, record.id)
    sign_assessment(owner, record.id, submission=submission_of(owner, record.id))
    assert [(step.kind, step.user_name) for step in list_events(record)] == [
        (StepKind.SIGNED, "HMP Example Owner"),
        (StepKind.SUBMITTED, "HMP Example Contributor"),
    ]


def test_signing_leaves_the_answers_as_they_were(owner: Scope) -> None:
    assessment_id = answer(owner)
    before = list_answers(hold_assessment(owner, assessment_id))
    sign(owner, assessment_id)
    assert list_answers(hold_assessment(owner, assessment_id)) == before


def test_assessment_of_somebody_else_is_not_there(owner: Scope, record: AssessmentRecord) -> None:
    stranger = Scope("0" * 20, "Other", "prison", None, None, owner.user_id, owner.role)
    with pytest.raises(NotFoundError):
        submit_assessment(stranger, record.id)


def test_log_tells_of_each_step_without_answers(owner: Scope) -> None:
    assessment_id = answer(owner)
    sign(owner, assessment_id)
    told = list_log(number=1, organisation=owner.organisation_id).items
    assert [event.event for event in told][:2] == ["assessment_signed", "assessment_submitted"]
    checksums = told[0].details["checksums"]
    assert isinstance(checksums, dict)
    assert set(checksums) == {"answers", "gap_report", "action_plan"}
