"""The first page of the site."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.guards import guard
from webapp.pages.start import make_start
from webapp.routes.quickcheck.visit import find_held
from webapp.store.quickchecks import HOURS
from webapp.store.standards import main_standard

__all__ = ["blueprint"]

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@guard.public
def show_start() -> ResponseReturnValue:
    """What this is, for whom, how long it takes, and where to begin."""
    return render_template("start/show.html", start=make_start(main_standard()), hours=HOURS, held=find_held())
