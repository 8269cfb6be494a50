"""A group's results, for those who may see them."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from webapp.clock import today
from webapp.guards import guard, signed_in_id
from webapp.pages.group_overview import find_newest, make_overview
from webapp.pages.group_report import make_group_page
from webapp.routes.downloads import name_file, send_file
from webapp.routes.printing import make_pdf
from webapp.routes.shown import page_number
from webapp.store.group_results import list_group_results
from webapp.store.groups import get_group_scope
from webapp.store.paging import cut_page
from webapp.store.standards import get_standard

__all__ = ["blueprint"]

blueprint = Blueprint("groups", __name__)


@blueprint.get("/groups/<group_id>")
@guard.group_reader
def show_group(group_id: str) -> ResponseReturnValue:
    """What the group's organisations have signed, side by side."""
    group = get_group_scope(user_id=signed_in_id(), group_id=group_id)
    overview = make_overview(list_group_results(group), get_standard)
    rows = cut_page(overview.rows, number=page_number())
    return render_template("groups/show.html", group=group, overview=overview, rows=rows)


@blueprint.get("/groups/<group_id>/report.pdf")
@guard.group_reader
def download_report(group_id: str) -> ResponseReturnValue:
    """The group report, as the library makes it."""
    group = get_group_scope(user_id=signed_in_id(), group_id=group_id)
    signed = [result.signed for result in list_group_results(group) if result.signed]
    newest = find_newest(get_standard(item.standard_hash) for item in signed)
    if newest is None:
        abort(404)
    content = make_pdf(make_group_page((item.document for item in signed), newest), whom=group.user_id)
    name = name_file(group.group_name[:60], "group-report", today().isoformat(), ending="pdf")
    return send_file(content, "application/pdf", name)
