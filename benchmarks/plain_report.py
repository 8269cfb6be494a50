"""The report that anybody would write who needs one: one table of the same practices, with the same engine.

It reads the same files as ours, lays the table out with fixed columns, the engine's own style sheet and fonts and at an
ordinary size of type, and tags nothing. It neither checks nor scores. As a program it is what a cold start is compared
with:  plain_report.py gap|plan ANSWERS FILE
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import yaml
from weasyprint import HTML

__all__ = ["MAKERS", "make_plain_pdf", "read_rows"]

STANDARD = Path(__file__).parents[1] / "standards" / "prison-volunteering"
LABELS = {0: "Not in place", 1: "Partly in place", 2: "In place", 3: "Embedded", "NA": "Does not apply", "DK": "?"}

Row = Mapping[str, Any]


def read_rows(answers: Path) -> list[Row]:
    """Every practice that is asked of the organisation, with its level and its note."""
    data = _read(answers)
    kind, given = data["organisation"]["kind"], data["answers"]
    practices = [item for path in sorted(STANDARD.glob("practices/*.yaml")) for item in _read(path)["practices"]]
    return [_answer(item, given.get(item["id"]), kind) for item in practices if kind in item["applies_to"]]


def _read(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


def _answer(practice: Mapping[str, Any], given: Any, kind: str) -> Row:
    answer = given if isinstance(given, dict) else {"level": given}
    said = practice.get("statement_for", {}).get(kind, practice["statement"])
    return {**practice, **answer, "statement": said, "label": LABELS.get(answer["level"], "")}


def _make_report(rows: Iterable[Row]) -> str:
    cells = (
        (row["id"], row["title"], row["label"], f"{row['statement']} {row.get('note', '')}", "; ".join(row["evidence"]))
        for row in rows
    )
    heads = ("Id", "Practice", "Answer", "What good looks like", "What to look for")
    return _make_page("A4", heads, (11, 20, 12, 30, 27), cells)


def _make_plan(rows: Iterable[Row]) -> str:
    cells = (
        (f"{row['id']} {row['title']}", row["first_action"]["text"], "; ".join(row["evidence"]), "", "", "", "", "")
        for row in rows
        if row["level"] in (0, 1, "DK")
    )
    heads = ("Gap", "Action", "Evidence", "Owner", "Helpers", "Start and due", "Status", "Reviewed")
    return _make_page("A4 landscape", heads, (16, 18, 20, 8, 8, 12, 10, 8), cells)


def _make_page(size: str, heads: Iterable[str], widths: Iterable[int], rows: Iterable[tuple[str, ...]]) -> str:
    columns = "".join(f"<col style='width: {width}%'>" for width in widths)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}" for cell in row) for row in rows)
    return (
        f"<!DOCTYPE html><html lang=en><title>Plain report</title><style>@page {{ size: {size} }}"
        "body { font-size: 10.5pt } table { table-layout: fixed; width: 100%; border-collapse: collapse }"
        "td, th { border: 1px solid; vertical-align: top; text-align: left }</style><h1>Plain report</h1>"
        f"<table><colgroup>{columns}</colgroup><thead><tr>{''.join(f'<th>{head}' for head in heads)}</thead>"
        f"<tbody>{body}</tbody></table>"
    )


MAKERS: Mapping[str, Callable[[Iterable[Row]], str]] = {"gap": _make_report, "plan": _make_plan}
"""The pages that there are: of all practices, and of the gaps."""


def make_plain_pdf(kind: str, rows: Iterable[Row]) -> bytes:
    """One of the pages as PDF."""
    return bytes(HTML(string=MAKERS[kind](rows)).write_pdf())


if __name__ == "__main__":
    Path(sys.argv[3]).write_bytes(make_plain_pdf(sys.argv[1], read_rows(Path(sys.argv[2]))))
