"""A report's bars as pieces to draw on a page: where each begins, how long it is, and how dark."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.reports.view.bars import Bar

__all__ = ["SHADES", "Piece", "cut_bar"]

SHADES = {"l3": "1", "l2": "0.65", "l1": "0.3", "l0": "0.1", "dk": "0.1"}
"""How dark each answer is, by its name in the reports; what is not answered is left white."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, in the bar's own unit."""

    start: float
    length: float
    shade: str


def cut_bar(bar: Bar) -> tuple[Piece, ...]:
    """The answers from best to worst; level 0 and not known are one piece, and what is not answered is left white."""
    pieces: list[Piece] = []
    start = 0.0
    for length, level in ((bar.best, "l3"), (bar.good, "l2"), (bar.partly, "l1"), (bar.rest, "l0")):
        shade = SHADES[level]
        if length:
            pieces.append(Piece(round(start, 2), length, shade))
        start += length
    return tuple(pieces)
