"""How long a report takes as PDF/UA-1, beside other ways to the same: warm, in a process that lives, and cold.

Ours are the gap report and the action plan of the full example, from what was scored to bytes. Beside them:

- a plain report with the same engine (`plain_report`): the same practices in one fixed table, untagged;
- Chromium: the same HTML with the same style and fonts, tagged and with an outline;
- Typst: the same texts, headings, tables and links (`typst_report`), tagged as PDF/UA-1 too.

The others are of different lengths, so each is compared by page and by character; the plain one also as it is, since it
tells of the same practices. Making our page of HTML is counted for Chromium and Typst as well, which would need
something like it. Cold, only ours and the plain one begin with the files of answers and practices: Chromium and Typst
are given ready pages.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from font_source_sans_pro import font_directory
from pypdf import PdfReader

from benchmarks import plain_report, typst_report
from benchmarks.chromium import add_style, make_command, printing
from benchmarks.measuring import Contender, Figure, at_least, at_most, compare, quartiles, run_by_turns, summarise
from benchmarks.pdf_workers import measure_workers
from benchmarks.stages import time_stages
from selfassess import load_standard, plan_actions, read_assessment, score
from selfassess.reports import render_pdf
from selfassess.reports.html import render_plan_html, render_report_html

__all__ = ["measure"]

EXAMPLE = Path(__file__).parents[1] / "examples" / "hmp-example.yaml"

_ROUNDS_OF_PROCESSOR_TIME = 3

OTHERS_SECONDS_A_PAGE = 4 / 35
"""What a comparable report of a government's site takes with the same engine, on this class of machine."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report of the example: what people call it, the name of the plain one, our command, and what makes its page."""

    name: str
    plain: str
    command: str
    render: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Maker:
    """One way to a document, with how much comes of it: one document, so many pages and characters."""

    name: str
    make: Callable[[], bytes]
    amounts: Mapping[str, int]

    def count(self, unit: str) -> Contender:
        """The same, counted in documents, pages or characters."""
        return Contender(self.name, self.make, self.amounts[unit])


def measure(rounds: int) -> Iterator[Figure]:
    """Each document, warm and cold; then where the time goes, and two workers."""
    documents = _make_documents()
    with TemporaryDirectory() as name, printing() as print_page:
        for document in documents:
            warm = list(_make_warm(document, Path(name), print_page))
            yield from _compare(document.name, "warm", warm, rounds)
            yield _compare_processor_time(document.name, warm[0], warm[1], rounds)
            yield from _compare(document.name, "cold", list(_make_cold(document, Path(name))), rounds)
            yield from _tell_stages(document, warm[0], rounds)
    yield from measure_workers(documents[0].render(), rounds)


def _make_documents() -> tuple[Document, Document]:
    card = score(load_standard("prison-volunteering"), read_assessment(EXAMPLE))
    plan = plan_actions(card)
    return (
        Document("gap report", "gap", "report", partial(render_report_html, card, styled=False)),
        Document("action plan", "plan", "plan", partial(render_plan_html, plan, styled=False)),
    )


def _make_warm(document: Document, folder: Path, print_page: Callable[[Path], bytes]) -> Iterator[Maker]:
    page, rows = folder / "page.html", plain_report.read_rows(EXAMPLE)
    source = typst_report.translate(document.render())

    def print_it() -> bytes:
        page.write_text(add_style(document.render()), "utf-8")
        return print_page(page)

    def compile_it() -> bytes:
        document.render()
        return typst_report.compile_typst(source, font_directory)

    yield _try("ours", lambda: render_pdf(document.render()))
    yield _try("plain table", lambda: plain_report.make_plain_pdf(document.plain, rows))
    yield _try("Chromium", print_it)
    yield _try("Typst", compile_it)


def _make_cold(document: Document, folder: Path) -> Iterator[Maker]:
    page, source, pdf = folder / "page.html", folder / "page.typ", folder / "made.pdf"
    page.write_text(add_style(document.render()), "utf-8")
    source.write_text(typst_report.translate(document.render()), "utf-8")
    python, module = [sys.executable, "-m"], "benchmarks"
    ours = ["-c", "from selfassess.cli import main; main()", document.command, str(EXAMPLE), "-o", str(pdf)]
    commands = {
        "ours": [sys.executable, *ours],
        "plain table": [*python, f"{module}.plain_report", document.plain, str(EXAMPLE), str(pdf)],
        "Chromium": make_command(page, pdf),
        "Typst": [*python, f"{module}.typst_report", str(source), str(pdf), font_directory],
    }
    for name, command in commands.items():
        yield _try(name, partial(_run, command, pdf))


def _run(command: Sequence[str], pdf: Path) -> bytes:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own
    return pdf.read_bytes()


def _try(name: str, make: Callable[[], bytes]) -> Maker:
    """Make it once before anything is counted: that loads the fonts."""
    pages = PdfReader(BytesIO(make())).pages
    characters = sum(len(page.extract_text()) for page in pages)
    return Maker(name, make, {"a document": 1, "a page": len(pages), "a character": characters})


_BARS = {("warm", "a page"): at_most(0.7), ("cold", "a document"): at_most(1.15)}
"""What is wanted beside the plain table."""

_MOST_MILLISECONDS = {"gap report": at_most(1000)}
"""Of a warm document."""


def _compare(document: str, state: str, makers: Sequence[Maker], rounds: int) -> Iterator[Figure]:
    """Run all by turns; then tell what each pair comes to."""
    taken = run_by_turns([maker.count("a document") for maker in makers], rounds=rounds)
    ours, times = makers[0], taken[0]
    if state == "warm":
        yield _tell_milliseconds(document, times)
        yield _compare_with_other_site(document, median(times) / ours.amounts["a page"])
    for other, theirs in zip(makers[1:], taken[1:], strict=True):
        for unit in ours.amounts:
            if unit == "a document" and other.name != "plain table":
                continue  # the same texts: it would say what the page says
            target = _BARS.get((state, unit)) if other.name == "plain table" else None
            subject = f"{document}, {state}, {unit}: beside {other.name}"
            yield summarise(
                subject, (ours.count(unit), times), (other.count(unit), theirs), faster=False, target=target
            )


def _compare_processor_time(document: str, ours: Maker, plain: Maker, rounds: int) -> Figure:
    """The same beside the plain table whatever else the machine does, which takes no processor time of ours."""
    pair = ours.count("a page"), plain.count("a page")
    rounds = min(rounds, _ROUNDS_OF_PROCESSOR_TIME)
    subject = f"{document}, warm, a page: the same in processor time"
    return compare(subject, *pair, rounds=rounds, faster=False, clock=process_time)


def _tell_milliseconds(document: str, seconds: Sequence[float]) -> Figure:
    milliseconds = [1000 * each for each in seconds]
    target, spread = _MOST_MILLISECONDS.get(document), quartiles(milliseconds)
    return Figure(f"{document}, warm, a document", median(milliseconds), "ms", target, spread)


def _compare_with_other_site(document: str, seconds: float) -> Figure:
    faster = OTHERS_SECONDS_A_PAGE / seconds
    subject = f"{document}, warm, a page: beside 35 pages in 4 seconds"
    return Figure(subject, faster, "times as fast", at_least(2.5), rates={"ours": 1 / seconds})


def _tell_stages(document: Document, ours: Maker, rounds: int) -> Iterator[Figure]:
    """What share of the time each stage takes."""
    runs = [time_stages(ours.make) for _ in range(rounds)]
    for name in runs[0]:
        shares = [100 * run[name] / sum(run.values()) for run in runs]
        yield Figure(f"{document.name}, warm: {name}", median(shares), "% of the time", spread=quartiles(shares))
