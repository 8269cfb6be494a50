"""The reports of an assessment as PDF, and its answers as a file."""

from __future__ import annotations

import re
import unicodedata
from typing import cast

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from webapp.db.work import commit
from webapp.guards import guard, scope
from webapp.pdfs import RETRY_SECONDS, PdfBusyError, PdfFailedError
from webapp.routes.printing import make_pdf
from webapp.site import Site
from webapp.store.assessments import get_assessment, read_sheet
from webapp.store.records import AssessmentRecord, Status
from webapp.store.reports import ReportKind, find_kept_pdf, get_report_page, keep_pdf
from webapp.store.results import get_signed_answers
from webapp.store.scope import Role

__all__ = ["blueprint", "name_file", "send_file"]

blueprint = Blueprint("downloads", __name__)

_HERE = "/organisations/<organisation_id>/assessments/<assessment_id>"


@blueprint.app_errorhandler(PdfBusyError)
def show_busy(_: PdfBusyError) -> ResponseReturnValue:
    """Ask to come again: as many PDFs as may be are being made."""
    page = render_template("results/pdf_busy.html", address=request.full_path.rstrip("?"))
    return page, 503, {"Retry-After": str(RETRY_SECONDS)}


@blueprint.app_errorhandler(PdfFailedError)
def show_failed(error: PdfFailedError) -> ResponseReturnValue:
    """Say that the PDF could not be made, and log why."""
    current_app.logger.error("a PDF could not be made: %s", error)
    return render_template("results/pdf_failed.html"), 500


@blueprint.get(f"{_HERE}/gap-report.pdf")
@guard(Role.READER)
def download_gap_report(organisation_id: str, assessment_id: str) -> Response:
    """The gap report."""
    del organisation_id
    return _send_report(get_assessment(scope(), assessment_id), ReportKind.GAP_REPORT)


@blueprint.get(f"{_HERE}/action-plan.pdf")
@guard(Role.READER)
def download_action_plan(organisation_id: str, assessment_id: str) -> Response:
    """The action plan as it is drafted from this assessment's gaps."""
    del organisation_id
    return _send_report(get_assessment(scope(), assessment_id), ReportKind.ACTION_PLAN)


@blueprint.get(f"{_HERE}/answers.json")
@guard(Role.READER)
def download_answers(organisation_id: str, assessment_id: str) -> Response:
    """The answers as an assessment file, which the command line reads; of a signed one, what was signed."""
    del organisation_id
    record = get_assessment(scope(), assessment_id)
    if record.status is Status.SIGNED:
        text = get_signed_answers(record).document
    else:
        text = read_sheet(scope(), record).model_dump_json(indent=2, exclude_none=True)
    return send_file(text.encode(), "application/json", _name(record, "answers", "json"))


def send_file(content: bytes, kind: str, name: str) -> Response:
    """A file to be saved.

    Args:
        content: What is in it.
        kind: Its media type.
        name: What it is called, as `name_file` makes it.
    """
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def name_file(*words: str, ending: str) -> str:
    """A name that every system takes, of ASCII letters, digits and hyphens: `HMP-Example-gap-report-2026-11-01.pdf`.

    Args:
        words: What the name is made of: whose it is, what it is, and of which day.
        ending: Without its dot.
    """
    plain = unicodedata.normalize("NFKD", "-".join(words)).encode("ascii", "ignore").decode()
    return f"{re.sub('[^A-Za-z0-9]+', '-', plain).strip('-')[:120]}.{ending}"


def _name(record: AssessmentRecord, what: str, ending: str) -> str:
    draft = "" if record.status is Status.SIGNED else "draft"
    return name_file(scope().organisation_name[:60], what, record.date.isoformat(), draft, ending=ending)


def _send_report(record: AssessmentRecord, kind: ReportKind) -> Response:
    name = _name(record, kind.value.replace("_", "-"), "pdf")
    if record.status is not Status.SIGNED:
        return send_file(
            make_pdf(get_report_page(scope(), record, kind), whom=scope().user_id), "application/pdf", name
        )
    content = find_kept_pdf(record, kind) or _make_for_good(record, kind)
    return send_file(content, "application/pdf", name)


def _make_for_good(record: AssessmentRecord, kind: ReportKind) -> bytes:
    """Make the PDF of a signed report and keep it: the one thing that a page which only reads ever writes."""
    content = make_pdf(get_report_page(scope(), record, kind), whom=scope().user_id)
    site = cast("Site", current_app)
    try:
        with site.run_work(write=True):
            kept = keep_pdf(record, kind, pdf=content)
            commit()
            return kept
    except OperationalError:
        current_app.logger.warning("a PDF was not kept, because the database was busy")
        return content
