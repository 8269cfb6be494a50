"""What every template knows: the names of things, and how moments and days are written."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader
from markupsafe import Markup

from webapp.assets_manifest import read_assets
from webapp.clock import HERE
from webapp.settings import Settings

__all__ = ["add_words", "write_day", "write_moment"]


def add_words(app: Flask, settings: Settings) -> None:
    """Prepare the templates: where they are found, and what each can name."""
    app.jinja_env.undefined = ChainableUndefined  # the design system's macros ask for parameters that are not given
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    own = app.jinja_loader
    if own is None:
        raise AssertionError("a Flask application has templates")
    designs = {
        "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
        "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
    }
    app.jinja_loader = ChoiceLoader([own, PrefixLoader(designs)])
    WTFormsHelpers(app)
    CSRFProtect(app)
    assets = read_assets(Path(app.root_path) / "static" / "build", address="/static/build")
    app.jinja_env.globals.update(
        asset=assets.address,
        site_name=settings.site_name,
        contact_email=settings.contact_email,
    )
    # The same on every page, so made once.
    for part in ("header", "footer"):
        made = app.jinja_env.get_template(f"partials/{part}.html").render()
        app.jinja_env.globals[f"frame_{part}"] = Markup(made)  # noqa: S704 - our own template, which escapes
    app.jinja_env.filters.update(day=write_day, when=write_moment)


def write_day(day: date) -> str:
    """A day as people write it: “22 November 2026”."""
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=1024)
def write_moment(moment: datetime) -> str:
    """A moment on the clocks of England and Wales: “22 November 2026, 3:15pm”."""
    here = moment.astimezone(HERE)
    hour = here.hour % 12 or 12
    return f"{write_day(here)}, {hour}:{here:%M}{'am' if here.hour < 12 else 'pm'}"
