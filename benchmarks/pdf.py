"""How long the gap report takes beside an ordinary report of the same engine.

    python benchmarks/pdf.py [ROUNDS]

Both are laid out in turn in one process, after a first run of each that is not counted. Ours is the full gap report,
tagged as PDF/UA-1, with every practice answered and a note on each third, from scorecard to bytes. The plain one is
sixty rows of the same practices in a fixed-layout table of five columns over ten pages, at an ordinary size of type,
with the engine's own style sheet and fonts and no tags, from HTML to bytes.
"""

from __future__ import annotations

import sys
from html import escape
from io import BytesIO
from statistics import median
from time import perf_counter

from pypdf import PdfReader
from weasyprint import HTML

from selfassess import Assessment, Scorecard, Standard, load_standard, score
from selfassess.reports import render_pdf
from selfassess.reports.html import render_report_html

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


def say(line: str) -> None:
    """A line of the result."""
    sys.stdout.write(f"{line}\n")


def main(rounds: int) -> None:
    """Measure and print."""
    card = answer_all(load_standard("prison-volunteering"))
    plain = make_plain_page(card)
    subjects = {
        "gap report": lambda: render_pdf(render_report_html(card, styled=False)),
        "plain table": lambda: HTML(string=plain).write_pdf(),
    }
    pages = {name: len(PdfReader(BytesIO(make())).pages) for name, make in subjects.items()}
    times: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, make in subjects.items():
            start = perf_counter()
            make()
            times[name].append(perf_counter() - start)
    for name, taken in times.items():
        page = 1000 * median(taken) / pages[name]
        say(f"{name}: {median(taken):.3f} s (best {min(taken):.3f}) for {pages[name]} pages, {page:.1f} ms a page")
    ours, theirs = (median(times[name]) / pages[name] for name in subjects)
    say(f"per page, ours to plain: {ours / theirs:.2f} (at most 0.85 is wanted)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
