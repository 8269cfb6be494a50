"""What became of an answer: who changed it, when, from what to what."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.guards import guard
from webapp.pages.history import join_steps, make_history
from webapp.routes.answering.blueprint import blueprint
from webapp.routes.answering.opening import open_practice
from webapp.routes.shown import page_number
from webapp.store.answers import list_changes
from webapp.store.paging import cut_page
from webapp.store.scope import Role

__all__ = ["show_history"]


@blueprint.get("/practices/<practice>/history")
@guard(Role.READER)
def show_history(organisation_id: str, assessment_id: str, practice: str) -> ResponseReturnValue:
    """The history of one answer, the latest change first, with the texts that were not kept."""
    del organisation_id
    opened = open_practice(assessment_id, practice)
    every_step = request.args.get("steps") == "all"
    changes = list_changes(opened.record, practice)
    shown = changes if every_step else join_steps(changes)
    entries = make_history(shown, opened.record.standard.level_labels)
    return render_template(
        "answering/history.html",
        opened=opened,
        entries=cut_page(entries, number=page_number()),
        every_step=every_step,
        is_joined=len(shown) < len(changes),
    )
