"""The reports as HTML: one page that needs nothing else, and the same without a style sheet for the PDF engine."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from selfassess import __version__
from selfassess.comparison import Comparison
from selfassess.group import GroupSummary
from selfassess.planning import ActionPlan
from selfassess.reports.view.group import show_group
from selfassess.reports.view.plan import show_plan
from selfassess.reports.view.report import show_report
from selfassess.scorecard import Scorecard

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["make_legal", "read_style", "render_group_html", "render_plan_html", "render_report_html"]

# What no HTML document may hold, and what turns the direction of the text that follows.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def render_report_html(
    card: Scorecard,
    comparison: Comparison | None = None,
    *,
    styled: bool = True,
    standing: str = "",
    checksum: str = "",
) -> str:
    """The gap report as HTML.

    Args:
        card: What was scored.
        comparison: What moved since an earlier assessment; its newer side is ``card``.
        styled: Whether the page carries its style sheet; the PDF engine has its own.
        standing: Whether it was signed, by whom and when, as plain text for the cover; nothing is said where empty.
        checksum: Of the answers as they were signed, for the part on the method; nothing is said where empty.
    """
    report = show_report(card, comparison, standing=standing, checksum=checksum)
    return _render("report.html.jinja", report=report, styled=styled)


def render_plan_html(plan: ActionPlan, *, styled: bool = True, standing: str = "", checksum: str = "") -> str:
    """The action plan as HTML; see `render_report_html`."""
    return _render("plan.html.jinja", plan=show_plan(plan, standing=standing, checksum=checksum), styled=styled)


def render_group_html(summary: GroupSummary, *, styled: bool = True) -> str:
    """The group report as HTML, which brings its own page sizes; see `render_report_html`."""
    own = Markup(read_style("group.css"))  # noqa: S704 - our own
    return _render("group.html.jinja", group=show_group(summary), group_styles=own, styled=styled)


def make_legal(text: str) -> str:
    """The text with what HTML forbids made visible, as “[U+0000]”."""
    return _ILLEGAL.sub(lambda found: f"[U+{ord(found[0]):04X}]", text.replace("\r\n", "\n").replace("\r", "\n"))


@cache
def read_style(name: str) -> str:
    """A style sheet of the reports."""
    return (files("selfassess.reports") / "styles" / name).read_text("utf-8")


def _render(template: str, *, styled: bool, **values: Any) -> str:
    styles = Markup(read_style("report.css") + read_style("screen.css")) if styled else ""  # noqa: S704 - our own
    return make_legal(_environment().get_template(template).render(values, styles=styles))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("selfassess.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["generator"] = f"selfassess {__version__}"
    return environment
