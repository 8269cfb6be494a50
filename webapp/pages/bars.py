"""A report's bars as pieces to draw on a page: where each begins, how long it is, and how dark."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.reports.view.bars import Bar

__all__ = ["SHADES", "Piece", "cut_bar"]

SHADES = {"l3": "1", "l2": "0.65", "l1": "0.3"}
"""How dark each answer is, by its name in the reports; what is not there is the bar's own ground."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, in the bar's own unit."""

    start: float
    length: float
    shade: str


def cut_bar(bar: Bar) -> tuple[Piece, ...]:
    """The answers from best to worst; level 0, not known and not answered are left blank."""
    pieces: list[Piece] = []
    start = 0.0
    for length, shade in zip((bar.best, bar.good, bar.partly), SHADES.values(), strict=True):
        if length:
            pieces.append(Piece(round(start, 2), length, shade))
        start += length
    return tuple(pieces)
