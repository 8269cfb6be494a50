"""How long the gap report takes beside an ordinary report of the same engine.

Both are laid out by turns in one process, after a first run of each that is not counted. Ours is the full gap report,
tagged as PDF/UA-1, with every practice answered and a note on each third, from scorecard to bytes. The plain one is
sixty rows of the same practices in a fixed-layout table of five columns over ten pages, at an ordinary size of type,
with the engine's own style sheet and fonts and no tags, from HTML to bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from io import BytesIO

from pypdf import PdfReader
from weasyprint import HTML

from benchmarks.measuring import Contender, Figure, at_most, compare
from selfassess import Assessment, Scorecard, Standard, load_standard, score
from selfassess.reports import render_pdf
from selfassess.reports.html import render_report_html

__all__ = ["measure"]

ROWS = 60
NOTE = "Agreed with the senior team in March; the chaplaincy and the education department already work this way."


def answer_all(standard: Standard) -> Scorecard:
    """A prison that answered everything: three fifths met, a note on each third."""
    answers: dict[str, object] = {}
    for index, practice in enumerate(standard.asked("full", "prison")):
        answers[practice.id] = {"level": (2, 3, 1, 2, 0)[index % 5], "note": "" if index % 3 else NOTE}
    data = {
        "standard": {"id": standard.id},
        "organisation": {"name": "HMP Example", "kind": "prison"},
        "answers": answers,
    }
    return score(standard, Assessment.model_validate(data))


def make_plain_page(card: Scorecard) -> str:
    """Sixty rows, as anybody would write them who needs a table on paper."""
    cells = "".join(
        f"<tr><td>{practice.id}<td>{escape(practice.title)}<td>{escape(card.standard.level_labels[answer.level or 0])}"
        f"<td>{escape(practice.statement)}<td>{escape('; '.join(practice.evidence))}</tr>"
        for practice, answer in card.entries[:ROWS]
    )
    return (
        "<!DOCTYPE html><html lang=en><title>Plain report</title><style>"
        "@page { size: A4 } body { font-size: 10.5pt } "
        "table { table-layout: fixed; width: 100%; border-collapse: collapse } "
        "td, th { border: 1px solid; vertical-align: top; text-align: left }</style><h1>Plain report</h1>"
        "<table><colgroup><col style='width: 11%'><col style='width: 20%'><col style='width: 12%'>"
        "<col style='width: 26%'><col style='width: 31%'></colgroup><thead><tr><th>Id<th>Practice<th>Answer"
        f"<th>What good looks like<th>What to look for</thead><tbody>{cells}</tbody></table>"
    )


def measure(rounds: int) -> Iterator[Figure]:
    """A page of ours beside a page of the plain report."""
    card = answer_all(load_standard("prison-volunteering"))
    plain = make_plain_page(card)
    yield compare(
        "a page of the gap report, beside a plain table",
        _contend("gap report", lambda: render_pdf(render_report_html(card, styled=False))),
        _contend("plain table", lambda: HTML(string=plain).write_pdf()),
        rounds=rounds,
        faster=False,
        target=at_most(0.85),
    )


def _contend(name: str, make: Callable[[], bytes]) -> Contender:
    """Counts pages; making them once before anything is counted loads the fonts."""
    return Contender(name, make, len(PdfReader(BytesIO(make())).pages))
