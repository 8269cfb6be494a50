"""Submit, take back, send back, sign, correct: each by whom it is for, and nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from selfassess import Answer, Standard
from tests.webapp.conftest import TestPerson, TestTeam
from tests.webapp.pages import words_of
from tests.webapp.reviewing import add_assessment
from webapp.site import Site
from webapp.store.assessments import create_assessment
from webapp.store.scope import get_scope


def state(person: TestPerson, address: str) -> str:
    """Where an assessment stands, as its results say."""
    return person.client.page(f"{address}/results").words(".govuk-tag")


def test_contributor_submits_having_read_what_is_open(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team)
    client = team.contributor.client
    text = client.page(f"{address}/submit").words("main")
    assert "2 practices are not answered. What is not answered never counts as met." in text
    assert "Good examples of volunteering are shared" in text
    assert client.send(f"{address}/submit").status_code == 303
    assert state(team.reader, address) == "Waiting for sign-off"


def carry(app: Site, team: TestTeam) -> str:
    """The address of an assessment with two answers carried over."""
    earlier = add_assessment(app, team, answers={"POL-01": Answer(level=2), "POL-02": Answer(level=1)})
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        carried = create_assessment(scope, title="2027", day=date(2027, 1, 1), carry_from=earlier.rpartition("/")[2])
        work.commit()
    return f"{team.address}/assessments/{carried}"


TO_CONFIRM = "2 answers are still to confirm: they were carried over. They count as they stand."


def test_carried_answers_are_told_before_submitting(app: Site, team: TestTeam) -> None:
    assert TO_CONFIRM in team.owner.client.page(f"{carry(app, team)}/submit").words("main")


def test_carried_and_missing_answers_are_told_wherever_a_signer_reads(app: Site, team: TestTeam) -> None:
    address = carry(app, team)
    team.contributor.client.send(f"{address}/submit")
    for path in ("sign", "send-back", "results"):
        page = team.approver.client.page(f"{address}/{path}")
        warning = page.words(".govuk-warning-text")
        assert f"71 practices are not answered. What is not answered never counts as met. {TO_CONFIRM}" in warning
        assert page.one(".govuk-warning-text a").get("href") == f"{address}/check"
    assert team.approver.client.page(f"{address}/check").words("main").count("To confirm") == 2


def test_what_was_signed_unconfirmed_is_told_for_good(app: Site, team: TestTeam) -> None:
    address = carry(app, team)
    client = team.owner.client
    client.send(f"{address}/submit")
    submission = client.page(f"{address}/sign").one("input[name=submission]").get("value")
    client.send(f"{address}/sign", {"submission": submission, "confirmed": "y"})
    assert (
        f"As it was signed: 71 practices are not answered. What is not answered never counts as met. {TO_CONFIRM}"
        in (team.reader.client.page(f"{address}/results").words(".govuk-warning-text"))
    )


def test_signer_of_finished_answers_reads_no_warning(app: Site, team: TestTeam, prison_standard: Standard) -> None:
    full = {practice.id: Answer(level=2) for practice in prison_standard.asked("full", "prison")}
    address = add_assessment(app, team, "submitted", answers=full)
    for path in ("sign", "results"):
        assert not team.approver.client.page(f"{address}/{path}").all(".govuk-warning-text")


def test_signer_reads_the_titles_of_the_must_gaps(app: Site, team: TestTeam) -> None:
    page = team.approver.client.page(f"{add_assessment(app, team, 'submitted')}/sign")
    assert "gaps: " not in page.words("main")
    titles = [words_of(link) for link in page.all("details a[href*=explain]")]
    assert titles
    assert not any(title[:3].isupper() for title in titles)


def test_finished_assessment_is_submitted_without_a_warning(
    app: Site, team: TestTeam, prison_standard: Standard
) -> None:
    full = {practice.id: Answer(level=2) for practice in prison_standard.asked("full", "prison")}
    page = team.owner.client.page(f"{add_assessment(app, team, answers=full)}/submit")
    assert "73 of 73 practices met" in page.words("main")
    assert not page.all(".govuk-warning-text")


def test_submitting_twice_is_told(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "submitted")
    page = team.contributor.client.page(f"{address}/submit", status=422)
    assert "submitted already" in page.words(".govuk-error-summary")


def test_approver_signs_after_ticking_the_box(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "submitted")
    client = team.approver.client
    page = client.page(f"{address}/sign")
    assert "Submitted by HMP Example Owner" in page.words("main")
    assert "You sign as HMP Example Approver." in page.words("main")
    submission = page.one("input[name=submission]").get("value")
    refused = client.send(f"{address}/sign", {"submission": submission})
    assert refused.status_code == 422
    assert "Tick the box" in refused.text
    assert client.send(f"{address}/sign", {"submission": submission, "confirmed": "y"}).status_code == 303
    assert state(team.reader, address) == "Signed off"
    assert "Signed off by HMP Example Approver" in team.reader.client.page(f"{address}/results").words("main")


def test_one_person_may_submit_and_sign_and_both_are_told(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "submitted")
    submission = team.owner.client.page(f"{address}/sign").one("input[name=submission]").get("value")
    team.owner.client.send(f"{address}/sign", {"submission": submission, "confirmed": "y"})
    text = team.reader.client.page(f"{address}/results").words("main")
    assert "Signed off by HMP Example Owner" in text
    assert "Submitted by HMP Example Owner" in text


@pytest.mark.parametrize("submission", ["", "0", "99999", "½", "-1"])
def test_signature_on_what_was_not_read_is_refused(app: Site, team: TestTeam, submission: str) -> None:
    address = add_assessment(app, team, "submitted")
    sent = {"submission": submission or "x", "confirmed": "y"}
    answer = team.approver.client.send(f"{address}/sign", sent)
    assert answer.status_code == 422
    assert "Read the results again" in answer.text
    assert state(team.reader, address) == "Waiting for sign-off"


def test_sending_back_needs_a_reason_and_tells_the_team(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "submitted")
    client = team.approver.client
    submission = client.page(f"{address}/send-back").one("input[name=submission]").get("value")
    refused = client.send(f"{address}/send-back", {"submission": submission, "reason": "   "})
    assert refused.status_code == 422
    assert "Say what should be changed" in refused.text
    done = client.send(f"{address}/send-back", {"submission": submission, "reason": "Check <b>insurance</b>."})
    assert done.status_code == 303
    assert state(team.reader, address) == "Being answered"
    text = team.contributor.client.page(f"{address}/results").words("main")
    assert "Sent back by HMP Example Approver" in text
    assert "Check <b>insurance</b>." in text


def test_reason_that_is_too_long_is_kept_to_be_shortened(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "submitted")
    long = "a long reason " * 400
    answer = team.approver.client.send(f"{address}/send-back", {"reason": long})
    assert answer.status_code == 422
    assert "Use 5,000 characters or fewer" in answer.text
    assert long.strip() in answer.text


def test_owner_takes_back_what_is_not_signed(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "submitted")
    assert team.owner.client.send(f"{address}/take-back").status_code == 303
    assert state(team.reader, address) == "Being answered"
    assert "Taken back by HMP Example Owner" in team.reader.client.page(f"{address}/results").words("main")
    team.owner.client.page(f"{address}/take-back", status=422)


def test_correction_is_told_on_both(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "signed")
    client = team.owner.client
    assert client.send(f"{address}/correct").status_code == 422
    answer = client.send(f"{address}/correct", {"reason": "POL-01 was too high."})
    assert answer.status_code == 303
    correction = answer.headers["Location"].removesuffix("/results")
    assert "This corrects 2026, because: POL-01 was too high." in client.page(f"{correction}/results").words("main")
    assert "A correction of this has been started" in client.page(f"{address}/results").words("main")
    assert "There is a correction of it already" in client.page(f"{address}/correct").words("main")
    team.owner.client.page(f"{correction}/correct", status=422)


def test_second_correction_is_refused(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "signed")
    team.owner.client.send(f"{address}/correct", {"reason": "One"})
    answer = team.owner.client.send(f"{address}/correct", {"reason": "Two"}, page=f"{address}/results")
    assert answer.status_code == 422
    assert "finish that one" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "may"),
    [
        ("submit", "open", {"owner", "contributor"}),
        ("take-back", "submitted", {"owner"}),
        ("sign", "submitted", {"owner", "approver"}),
        ("send-back", "submitted", {"owner", "approver"}),
        ("correct", "signed", {"owner"}),
    ],
)
def test_step_is_for_its_roles_only(app: Site, team: TestTeam, path: str, status: str, may: set[str]) -> None:
    address = add_assessment(app, team, status)
    for role in ("owner", "approver", "contributor", "reader"):
        person: TestPerson = getattr(team, role)
        answer = person.client.get(f"{address}/{path}")
        assert answer.status_code == (200 if role in may else 403), role
