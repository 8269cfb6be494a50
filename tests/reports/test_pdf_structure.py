"""The PDFs by what they are made of: tags, language, title, bookmarks, header cells, fonts."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.reports.cases import CASES
from tests.reports.conftest import Rendered

REPORTS = pytest.mark.parametrize("name", CASES)
PLANS = pytest.mark.parametrize(
    "name", ["prison", "all-met", "nothing-answered", "half-answered", "hostile", "long-notes"]
)
PAGES = {
    "prison": (8, 20),
    "charity": (8, 20),
    "no-notes": (8, 20),
    "quick-check": (6, 14),
    "nothing-answered": (6, 18),
    "all-met": (6, 16),
    "compared": (9, 22),
}


@pytest.mark.parametrize("name", PAGES)
def test_report_has_a_sane_number_of_pages(reports: dict[str, Rendered], name: str) -> None:
    low, high = PAGES[name]
    assert low <= len(reports[name].pages) <= high


@REPORTS
def test_report_is_tagged(reports: dict[str, Rendered], name: str) -> None:
    _check_tagged(reports[name], f"Gap report: {reports[name].card.assessment.organisation.name}")


@PLANS
def test_plan_is_tagged(plans: dict[str, Rendered], name: str) -> None:
    _check_tagged(plans[name], f"Action plan: {plans[name].card.assessment.organisation.name}")


@REPORTS
def test_report_heads_its_cells(reports: dict[str, Rendered], name: str) -> None:
    _check_header_cells(reports[name])


@PLANS
def test_plan_heads_its_cells(plans: dict[str, Rendered], name: str) -> None:
    _check_header_cells(plans[name])


@REPORTS
def test_report_embeds_every_font(reports: dict[str, Rendered], name: str) -> None:
    fonts = list(_fonts(reports[name]))
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


@REPORTS
def test_report_gives_every_figure_and_link_a_text(reports: dict[str, Rendered], name: str) -> None:
    assert all("/Alt" in element for element in _elements(reports[name]) if element["/S"] == "/Figure")
    for page in reports[name].pdf.pages:
        for annotation in page.get("/Annots", []):
            assert annotation.get_object()["/Contents"]


def test_report_bookmarks_its_sections(reports: dict[str, Rendered]) -> None:
    titles = [item.title for item in reports["prison"].pdf.outline if not isinstance(item, list)]
    assert titles[0] == "Summary"
    assert "Theme by theme" in titles
    assert titles[-1] == "Sources and rights"


def test_summary_takes_one_page(reports: dict[str, Rendered]) -> None:
    for rendered in reports.values():
        assert rendered.pages[1].lstrip().startswith("Summary"), rendered.name
        assert "The themes at a glance" in rendered.pages[2].splitlines()[0], rendered.name


def test_plan_lies_on_its_side(plans: dict[str, Rendered]) -> None:
    assert all(page.mediabox.width > page.mediabox.height for page in plans["prison"].pdf.pages)


@pytest.mark.slow
def test_every_pdf_passes_the_validator(reports: dict[str, Rendered], plans: dict[str, Rendered]) -> None:
    check = os.environ.get("PDFUA_CHECK")
    if not check:
        pytest.skip("PDFUA_CHECK names no PDF/UA validator")
    paths = [str(rendered.path) for rendered in (*reports.values(), *plans.values())]
    done = subprocess.run([*shlex.split(check), *paths], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


def _check_tagged(rendered: Rendered, title: str) -> None:
    root: Any = rendered.pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert rendered.pdf.metadata is not None
    shown = rendered.pdf.metadata.title or ""
    assert shown == title or rendered.name == "hostile"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def _check_header_cells(rendered: Rendered) -> None:
    headers = [element for element in _elements(rendered) if element["/S"] == "/TH"]
    assert headers
    assert {element["/A"]["/Scope"] for element in headers} <= {"/Column", "/Row"}


def _elements(rendered: Rendered) -> Iterator[Any]:
    root: Any = rendered.pdf.trailer["/Root"]
    waiting = [root["/StructTreeRoot"]["/K"]]
    while waiting:
        item = waiting.pop().get_object()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict) and "/S" in item:
            yield item
            waiting.append(item.get("/K", []))


def _fonts(rendered: Rendered) -> Iterator[Any]:
    for page in rendered.pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            yield font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
