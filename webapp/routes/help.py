"""Help: how it works, where the standard comes from, and what the site keeps."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from webapp.auth.config import CONFIRM_WITHIN, RESET_WITHIN
from webapp.guards import guard
from webapp.pages.help import list_sources, make_help
from webapp.settings import Settings
from webapp.store import held, invitations, people, quickchecks, sessions, tries
from webapp.store.standards import main_standard

__all__ = ["blueprint"]

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@guard.public
def show_help() -> ResponseReturnValue:
    """What the answers mean, how results are made, and what people ask."""
    standard = main_standard()
    return render_template("help/show.html", help=make_help(standard), standard=standard)


@blueprint.get("/help/sources")
@guard.public
def show_sources() -> ResponseReturnValue:
    """Where the standard comes from."""
    standard = main_standard()
    return render_template("help/sources.html", sources=list_sources(standard), standard=standard)


@blueprint.get("/help/accessibility")
@guard.public
def show_accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("help/accessibility.html")


@blueprint.get("/help/privacy")
@guard.public
def show_privacy() -> ResponseReturnValue:
    """What is kept, why and how long; the times are those that the code keeps to."""
    settings = cast("Settings", current_app.extensions["settings"])
    return render_template(
        "help/privacy.html",
        idle_minutes=settings.session_minutes,
        session_hours=int(sessions.LONGEST.total_seconds()) // 3600,
        quick_hours=quickchecks.HOURS,
        held_hours=held.HOURS,
        invitation_days=invitations.DAYS,
        try_minutes=int(tries.WINDOW.total_seconds()) // 60,
        confirm_days=CONFIRM_WITHIN.days,
        unconfirmed_days=people.UNCONFIRMED_FOR.days,
        closed_days=people.CLOSED_FOR.days,
        reset_hours=int(RESET_WITHIN.total_seconds()) // 3600,
    )


@blueprint.get("/help/cookies")
@guard.public
def show_cookies() -> ResponseReturnValue:
    """The cookie there is, and what else is kept in the browser."""
    return render_template("help/cookies.html", cookie=current_app.config["SESSION_COOKIE_NAME"])
