"""Finding the cells of a text table in its bytes, many rows at once.

A cell that a reader of typed columns cannot read stops it or becomes an empty cell, and a row that lacks cells is
filled up without a word. Here every cell keeps its place, so that an empty one, an unreadable one and a missing one
stay apart; and because nothing is made of the cells but their codes, it is faster too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cells", "find_cells", "find_last_end"]

_NEWLINE, _RETURN, _QUOTE = (ord(char) for char in '\n\r"')

Places = NDArray[np.int64]
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the cells of a piece of a table are.

    Attributes:
        starts: The first byte of each cell, one row for each row with the right number of cells.
        ends: The byte after each cell.
        regular: Which rows of the piece these are, counted from 0.
        odd: The rows with another number of cells.
        bounds: Where each row of the piece starts and ends, its line break left out.
    """

    starts: Places
    ends: Places
    regular: Places
    odd: Places
    bounds: Places


def find_last_end(data: bytes) -> int:
    """The byte after the last line break that is not inside quotation marks; 0 where there is none."""
    if b'"' not in data:
        return data.rfind(b"\n") + 1
    view = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero((view == _NEWLINE) & ~_inside_quotes(view == _QUOTE))
    return int(ends[-1]) + 1 if len(ends) else 0


def find_cells(data: bytes, separator: str, width: int) -> Cells | None:
    """Where the cells are.

    Args:
        data: Whole rows, each ended by a line break.
        separator: One ASCII character.
        width: How many cells a row has.

    Returns:
        The places; None where quotation marks stand so that only reading letter by letter can tell, or where a row is
        so long that its end is not among the data.
    """
    if data and not data.endswith(b"\n"):
        return None
    view = np.frombuffer(data, np.uint8)
    is_end, is_separator = view == _NEWLINE, view == ord(separator)
    quoted = b'"' in data
    if quoted:
        quotes = view == _QUOTE
        inside = _inside_quotes(quotes)
        if not _are_whole(view, quotes, inside, is_end | is_separator):
            return None
        is_end &= ~inside
        is_separator &= ~inside
    marks = np.flatnonzero(is_end | is_separator)
    last = np.flatnonzero(is_end[marks])
    counts = np.diff(last, prepend=-1)
    bounds = _row_bounds(view, marks[last])
    regular = np.flatnonzero(counts == width)
    if len(regular) < len(counts):
        marks = marks[np.repeat(counts == width, counts)]
    ends = marks.reshape(len(regular), width)
    starts = np.empty_like(ends)
    starts[:, 1:] = ends[:, :-1] + 1
    starts[:, 0] = bounds[regular, 0]
    ends[:, -1] = bounds[regular, 1]
    if quoted:
        _strip_quotes(view, starts, ends)
    return Cells(starts, ends, regular, np.flatnonzero(counts != width), bounds)


def _inside_quotes(quotes: _Flags) -> _Flags:
    """What is after an odd number of quotation marks; the opening one is inside, the closing one is not."""
    return np.bitwise_xor.accumulate(quotes.view(np.uint8)).view(np.bool_)


def _are_whole(view: NDArray[np.uint8], quotes: _Flags, inside: _Flags, breaks: _Flags) -> bool:
    """Whether quotation marks stand only around whole cells, or doubled inside them."""
    opening, closing = np.flatnonzero(quotes & inside), np.flatnonzero(quotes & ~inside)
    if len(opening) != len(closing):
        return False
    before, after = opening[opening > 0] - 1, closing + 1
    return bool((breaks | quotes)[before].all() and (breaks | quotes | (view == _RETURN))[after].all())


def _row_bounds(view: NDArray[np.uint8], ends: Places) -> Places:
    bounds = np.empty((len(ends), 2), np.int64)
    bounds[:1, 0] = 0
    bounds[1:, 0] = ends[:-1] + 1
    has_return = (view[np.maximum(ends - 1, 0)] == _RETURN) & (ends > bounds[:, 0])
    bounds[:, 1] = ends - has_return
    return bounds


def _strip_quotes(view: NDArray[np.uint8], starts: Places, ends: Places) -> None:
    is_quoted = (ends - starts >= 2) & (view[starts] == _QUOTE)
    starts += is_quoted
    ends -= is_quoted
