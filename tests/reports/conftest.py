"""Each case is rendered once and looked at by many tests."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from selfassess import ActionPlan, Scorecard, plan_actions, write_plan, write_report
from tests.reports.cases import CASES, comparison_for

START = date(2026, 11, 2)


@dataclass(frozen=True)
class Rendered:
    """A case with its PDF."""

    name: str
    card: Scorecard
    path: Path

    @cached_property
    def pdf(self) -> PdfReader:
        return PdfReader(BytesIO(self.path.read_bytes()))

    @cached_property
    def pages(self) -> list[str]:
        return [page.extract_text() for page in self.pdf.pages]

    @cached_property
    def text(self) -> str:
        """All that is written, without spaces, because lines break anywhere, and without the running footers."""
        lines = (line for page in self.pages for line in page.splitlines())
        return squeeze("".join(line for line in lines if not _FOOTER.match(line)))


_FOOTER = re.compile(r"Page \d+ of \d+ · ")


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(autouse=True)
def _no_warning_from_the_engine(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        yield
    assert not [record.getMessage() for record in caplog.get_records("call") if record.name == "weasyprint"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="session")
def reports(folder: Path) -> dict[str, Rendered]:
    """Every case as a gap report; nothing that the engine warns of passes."""
    with _warnings_refused():
        return {name: _render(name, folder) for name in CASES}


@pytest.fixture(scope="session")
def plans(folder: Path) -> dict[str, Rendered]:
    """The cases whose plans differ, as action plans."""
    with _warnings_refused():
        names = ("prison", "all-met", "nothing-answered", "half-answered", "hostile", "long-notes")
        return {name: _render_plan(name, folder) for name in names}


def plan_for(name: str) -> ActionPlan:
    return plan_actions(CASES[name](), start=START)


def _render(name: str, folder: Path) -> Rendered:
    card = CASES[name]()
    path = write_report(card, folder / f"{name}.pdf", comparison=comparison_for(name, card))
    return Rendered(name, card, path)


def _render_plan(name: str, folder: Path) -> Rendered:
    plan = plan_for(name)
    return Rendered(name, plan.scorecard, write_plan(plan, folder / f"{name}-plan.pdf"))


class _Refusing(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise AssertionError(f"the engine warns: {record.getMessage()}")


class _warnings_refused:  # noqa: N801 - reads as a statement
    def __enter__(self) -> None:
        self.handler = _Refusing(level=logging.WARNING)
        logging.getLogger("weasyprint").addHandler(self.handler)

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self.handler)
