"""The reports of assessments: drawn anew while one can change, and kept word for word once it is signed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import ColumnElement, select, update

from selfassess import Assessment as AnswerSheet
from selfassess import Scorecard, plan_actions
from selfassess.reports.html import render_plan_html, render_report_html
from selfassess.reports.words import day
from webapp.clock import HERE, now, today
from webapp.db.tables import KeptReport, SignedCopy
from webapp.db.work import session
from webapp.store.assessments import score_assessment
from webapp.store.records import AssessmentRecord, Status
from webapp.store.results import AlteredError, check_unaltered, compare_with_previous
from webapp.store.scope import Scope

__all__ = ["ReportKind", "find_kept_pdf", "freeze_reports", "get_report_page", "keep_pdf"]


class ReportKind(StrEnum):
    """The reports of one assessment."""

    GAP_REPORT = "gap_report"
    ACTION_PLAN = "action_plan"


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a report says of its signature.

    Attributes:
        words: For the cover.
        checksum: Of the signed answers; empty where nobody signed them.
    """

    words: str
    checksum: str


_DRAFT = _Standing("Draft: not signed", "")


def get_report_page(scope: Scope, record: AssessmentRecord, kind: ReportKind) -> str:
    """A report as the page from which its PDF is made: the kept one, or one from the answers as they are now.

    Raises:
        AlteredError: The kept one was changed in the database, or is gone.
    """
    if record.status is not Status.SIGNED:
        return _render(scope, record, score_assessment(scope, record), kind, _DRAFT)
    query = select(KeptReport.html, KeptReport.checksum).where(_is(record, kind))
    row = session().execute(query).one_or_none()
    if row is None:
        raise AlteredError(f"assessment {record.id}: the pages of its {kind} are gone")
    check_unaltered(row.html.encode(), row.checksum, f"assessment {record.id}: the pages of its {kind}")
    html: str = row.html
    return html


def find_kept_pdf(record: AssessmentRecord, kind: ReportKind) -> bytes | None:
    """A report of a signed assessment as PDF; None while nobody has asked for it yet.

    Raises:
        AlteredError: It was changed in the database.
    """
    query = select(KeptReport.pdf, KeptReport.pdf_checksum).where(_is(record, kind))
    row = session().execute(query).one_or_none()
    if row is None or row.pdf is None:
        return None
    check_unaltered(row.pdf, row.pdf_checksum, f"assessment {record.id}: the bytes of its {kind}")
    pdf: bytes = row.pdf
    return pdf


def keep_pdf(record: AssessmentRecord, kind: ReportKind, *, pdf: bytes) -> bytes:
    """Keep a report that was made from its kept page.

    Returns:
        The one that is kept: whoever was first made it.
    """
    query = (
        update(KeptReport)
        .where(_is(record, kind), KeptReport.pdf.is_(None))
        .values(pdf=pdf, pdf_checksum=sha256(pdf).hexdigest(), made_at=now())
    )
    session().execute(query)
    return find_kept_pdf(record, kind) or pdf


def freeze_reports(scope: Scope, record: AssessmentRecord, *, signer: str, moment: datetime) -> dict[str, object]:
    """Keep an assessment and its reports as they are at this moment; called within the transaction that signs.

    Args:
        scope: Who signs.
        record: What.
        signer: The name of who signs, which the reports tell.
        moment: When.

    Returns:
        The checksum of each.
    """
    card = score_assessment(scope, record)
    document = _write_document(card.assessment)
    checksum = sha256(document.encode()).hexdigest()
    session().add(
        SignedCopy(assessment_id=record.id, document=document, checksum=checksum, signed_at=moment),
    )
    standing = _Standing(f"Signed by {signer} on {day(moment.astimezone(HERE).date())}", checksum)
    kept = [_keep(record, kind, _render(scope, record, card, kind, standing), moment) for kind in ReportKind]
    return {"answers": checksum, **{report.kind: report.checksum for report in kept}}


def _keep(record: AssessmentRecord, kind: ReportKind, page: str, moment: datetime) -> KeptReport:
    checksum = sha256(page.encode()).hexdigest()
    report = KeptReport(assessment_id=record.id, kind=kind.value, html=page, checksum=checksum, made_at=moment)
    session().add(report)
    return report


def _render(scope: Scope, record: AssessmentRecord, card: Scorecard, kind: ReportKind, standing: _Standing) -> str:
    words, checksum = standing.words, standing.checksum
    if kind is ReportKind.ACTION_PLAN:
        plan = plan_actions(card, start=today())
        return render_plan_html(plan, styled=False, standing=words, checksum=checksum)
    comparison = compare_with_previous(scope, record, card)
    return render_report_html(card, comparison, styled=False, standing=words, checksum=checksum)


def _write_document(sheet: AnswerSheet) -> str:
    """An assessment file in which the same answers are always the same bytes."""
    plain = sheet.model_dump(mode="json", exclude_none=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is(record: AssessmentRecord, kind: ReportKind) -> ColumnElement[bool]:
    return (KeptReport.assessment_id == record.id) & (KeptReport.kind == kind.value)
