"""Plain tables for a terminal, no wider than 100 characters, no meaning in colour."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from selfassess.errors import one_line
from selfassess.explanation import round_half_up

__all__ = ["WIDTH", "format_score", "format_table", "print_wrapped"]

WIDTH = 100


def format_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Lines of a table; a column is set right where all its cells are numbers or “-”."""
    cells = [[one_line(str(cell)) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [list(header), *cells]) for i in range(len(header))]
    right = [all(row[i].isdigit() or row[i] == "-" for row in cells) for i in range(len(header))]

    def line(row: Sequence[str]) -> str:
        parts = [c.rjust(w) if r else c.ljust(w) for c, w, r in zip(row, widths, right, strict=True)]
        return f"  {'  '.join(parts)}".rstrip()

    return [line(header), *(line(row) for row in cells)]


def format_score(score: float | None) -> str:
    """A score as people see it: a whole number, or “-” where there is none."""
    return "-" if score is None else str(round_half_up(score))


def print_wrapped(text: str, indent: str = "  ") -> None:
    """Print text, wrapped, every line indented."""
    print(textwrap.fill(one_line(text), WIDTH, initial_indent=indent, subsequent_indent=indent))
