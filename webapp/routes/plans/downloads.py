"""The plan as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import abort
from flask.typing import ResponseReturnValue

from selfassess.planning import ActionPlan
from selfassess.reports import write_plan
from selfassess.reports.html import render_plan_html
from webapp.clock import today
from webapp.guards import guard, scope
from webapp.routes.downloads import name_file, send_file
from webapp.routes.plans.blueprint import blueprint
from webapp.routes.printing import make_pdf
from webapp.store.plans import get_living_plan
from webapp.store.scope import Role

__all__ = ["FORMATS", "download"]


def _pdf(plan: ActionPlan, _: str) -> bytes:
    return make_pdf(render_plan_html(plan, styled=False), whom=scope().user_id)


def _file(plan: ActionPlan, ending: str) -> bytes:
    with TemporaryDirectory() as folder:
        return write_plan(plan, Path(folder, f"plan.{ending}")).read_bytes()


_Format = tuple[str, Callable[[ActionPlan, str], bytes]]

FORMATS: dict[str, _Format] = {
    "pdf": ("application/pdf", _pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _file),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _file),
    "csv": ("text/csv", _file),
    "ics": ("text/calendar", _file),
}
"""The kind of each file, by its ending, and what makes it."""


@blueprint.get("/action-plan.<ending>", endpoint="download_plan")
@guard(Role.READER)
def download(organisation_id: str, ending: str) -> ResponseReturnValue:
    """The plan as it stands on screen, in one of `FORMATS`."""
    del organisation_id
    if ending not in FORMATS:
        abort(404)
    kind, make = FORMATS[ending]
    content = make(get_living_plan(scope()).plan, ending)
    name = name_file(scope().organisation_name[:60], "action-plan", today().isoformat(), ending=ending)
    return send_file(content, kind, name)
