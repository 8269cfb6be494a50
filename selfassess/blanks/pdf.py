"""A blank questionnaire to print and fill in by hand, as PDF/UA-1."""

from __future__ import annotations

from selfassess import __version__
from selfassess.blanks.content import Blank
from selfassess.reports.pdf import render_pdf

__all__ = ["render_blank_html", "render_blank_pdf"]

_LABELS = ("Organisation", "Kind of organisation", "Your reference", "Group or region", "Date", "Filled in by")
"""What to write at the top, in order; the second is a choice."""


def render_blank_pdf(blank: Blank) -> bytes:
    """The form, laid out with the style sheet of the reports."""
    return render_pdf(render_blank_html(blank))


def render_blank_html(blank: Blank) -> str:
    """The form as HTML for the PDF engine."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("selfassess.blanks"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    kinds = [blank.kind] if blank.kind else list(blank.standard.kinds.values())
    form = environment.get_template("form.html.jinja")
    return form.render(blank=blank, labels=_LABELS, kinds=kinds, generator=f"selfassess {__version__}")
