"""What a quick check comes to, on screen and as reports."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from selfassess import plan_actions
from selfassess.reports.html import render_plan_html, render_report_html
from webapp.clock import today
from webapp.guards import guard
from webapp.pages.quickcheck import make_quick_results
from webapp.routes.downloads import name_file, send_file
from webapp.routes.printing import make_pdf
from webapp.routes.quickcheck.blueprint import blueprint
from webapp.routes.quickcheck.visit import held_token, with_held
from webapp.store.quickchecks import QuickCheckRecord

__all__: list[str] = []


@blueprint.get("/quick-check/results")
@guard.public
@with_held
def show_results(held: QuickCheckRecord) -> ResponseReturnValue:
    """The results, in the words of the report."""
    return render_template("quickcheck/results.html", held=held, results=make_quick_results(held.card))


@blueprint.get("/quick-check/gap-report.pdf")
@guard.public
@with_held
def download_report(held: QuickCheckRecord) -> ResponseReturnValue:
    """The gap report."""
    return _send_pdf(render_report_html(held.card, styled=False), "gap-report")


@blueprint.get("/quick-check/action-plan.pdf")
@guard.public
@with_held
def download_plan(held: QuickCheckRecord) -> ResponseReturnValue:
    """The action plan, from today."""
    return _send_pdf(render_plan_html(plan_actions(held.card, start=today()), styled=False), "action-plan")


def _send_pdf(html: str, name: str) -> Response:
    file_name = name_file("quick-check", name, today().isoformat(), ending="pdf")
    return send_file(make_pdf(html, whom=held_token()), "application/pdf", file_name)
