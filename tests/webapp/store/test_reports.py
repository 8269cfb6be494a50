"""What was signed stays as it was, and a change behind the site's back is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import update

from selfassess import read_assessment
from tests.webapp.other_standard import forget, install_other_standard
from tests.webapp.reviewing import answer, example, sign
from webapp.clock import fixed_time
from webapp.db.tables import Answer as AnswerRow
from webapp.db.tables import KeptReport, SignedCopy
from webapp.db.work import session
from webapp.store.records import AssessmentRecord
from webapp.store.reports import ReportKind, find_kept_pdf, get_report_page, keep_pdf
from webapp.store.results import AlteredError, get_signed_answers, score_record
from webapp.store.scope import Scope
from webapp.store.signoff import hold_assessment


@pytest.fixture
def signed(owner: Scope) -> AssessmentRecord:
    """An assessment with the example's answers, signed."""
    assessment_id = answer(owner)
    sign(owner, assessment_id)
    return hold_assessment(owner, assessment_id)


def shown(scope: Scope, record: AssessmentRecord) -> tuple[object, ...]:
    """All that people can see of an assessment: its numbers and its reports."""
    return score_record(scope, record).to_dict(), *(get_report_page(scope, record, kind) for kind in ReportKind)


def test_signed_answers_are_an_assessment_file_with_its_checksum(signed: AssessmentRecord) -> None:
    kept = get_signed_answers(signed)
    assert kept.checksum == sha256(kept.document.encode()).hexdigest()
    assert list(json.loads(kept.document)) == sorted(json.loads(kept.document))


def test_signed_answers_are_read_by_the_library(signed: AssessmentRecord, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(get_signed_answers(signed).document, encoding="utf-8")
    assert read_assessment(file).answers == example()


def test_signed_results_do_not_follow_the_rows_of_answers(owner: Scope, signed: AssessmentRecord) -> None:
    before = score_record(owner, signed).to_dict()
    session().execute(update(AnswerRow).where(AnswerRow.assessment_id == signed.id).values(level="3"))
    assert score_record(owner, signed).to_dict() == before


def test_signed_results_and_reports_do_not_follow_the_standard(
    owner: Scope, signed: AssessmentRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shown(owner, signed)
    other = install_other_standard(tmp_path, monkeypatch)
    assert other.practices["POL-01"].title == "Something else"
    assert signed.standard.hash != other.hash
    assert shown(owner, signed) == before
    forget()


@pytest.mark.parametrize("kind", list(ReportKind))
def test_kept_page_that_was_changed_is_told(owner: Scope, signed: AssessmentRecord, kind: ReportKind) -> None:
    page = get_report_page(owner, signed, kind)
    session().execute(update(KeptReport).where(KeptReport.kind == kind.value).values(html=page + " "))
    with pytest.raises(AlteredError, match=f"pages of its {kind}"):
        get_report_page(owner, signed, kind)


def test_signed_answers_that_were_changed_are_told(owner: Scope, signed: AssessmentRecord) -> None:
    document = get_signed_answers(signed).document
    session().execute(update(SignedCopy).values(document=document.replace('"level":0', '"level":3', 1)))
    with pytest.raises(AlteredError, match="signed answers were changed"):
        score_record(owner, signed)


def test_signed_answers_that_are_gone_are_told(owner: Scope, signed: AssessmentRecord) -> None:
    session().delete(session().get_one(SignedCopy, signed.id))
    session().flush()
    with pytest.raises(AlteredError, match="are gone"):
        score_record(owner, signed)


def test_kept_page_that_is_gone_is_told(owner: Scope, signed: AssessmentRecord) -> None:
    session().delete(session().get_one(KeptReport, (signed.id, "gap_report")))
    session().flush()
    with pytest.raises(AlteredError, match="are gone"):
        get_report_page(owner, signed, ReportKind.GAP_REPORT)


def test_pdf_is_kept_once(signed: AssessmentRecord) -> None:
    assert find_kept_pdf(signed, ReportKind.GAP_REPORT) is None
    assert keep_pdf(signed, ReportKind.GAP_REPORT, pdf=b"first") == b"first"
    assert keep_pdf(signed, ReportKind.GAP_REPORT, pdf=b"second") == b"first"
    assert find_kept_pdf(signed, ReportKind.ACTION_PLAN) is None


def test_kept_pdf_that_was_changed_is_told(signed: AssessmentRecord) -> None:
    keep_pdf(signed, ReportKind.GAP_REPORT, pdf=b"first")
    session().execute(update(KeptReport).values(pdf=b"other"))
    with pytest.raises(AlteredError, match="bytes of its gap_report"):
        find_kept_pdf(signed, ReportKind.GAP_REPORT)


def test_report_of_an_open_assessment_follows_its_answers(owner: Scope) -> None:
    record = hold_assessment(owner, answer(owner))
    before = get_report_page(owner, record, ReportKind.GAP_REPORT)
    session().execute(update(AnswerRow).where(AnswerRow.assessment_id == record.id).values(note="A new note"))
    assert "A new note" not in before
    assert "A new note" in get_report_page(owner, record, ReportKind.GAP_REPORT)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_kept_page_says_who_signed_when_and_what(owner: Scope, kind: ReportKind) -> None:
    record = hold_assessment(owner, answer(owner))
    token = fixed_time.set(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))  # already July where the people are
    sign(owner, record.id)
    fixed_time.reset(token)
    signed = hold_assessment(owner, record.id)
    page = get_report_page(owner, signed, kind)
    assert "Signed by HMP Example Owner on 1 July 2026" in page
    assert get_signed_answers(signed).checksum in page


@pytest.mark.parametrize("kind", list(ReportKind))
def test_page_of_an_open_assessment_says_that_nobody_signed(owner: Scope, kind: ReportKind) -> None:
    page = get_report_page(owner, hold_assessment(owner, answer(owner)), kind)
    assert "Draft: not signed" in page
    assert "Signed answers" not in page


def test_report_looks_back_to_the_assessment_signed_before(owner: Scope) -> None:
    earlier = answer(owner, year=2025, answers=example("hmp-example-2025"))
    sign(owner, earlier)
    later = answer(owner)
    sign(owner, later)
    assert "Since the last assessment" in get_report_page(owner, hold_assessment(owner, later), ReportKind.GAP_REPORT)
