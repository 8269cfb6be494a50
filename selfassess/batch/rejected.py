"""The rows that were not scored, as a table: where each stands, why, and everything that stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from selfassess.batch.blocks import Rejection
from selfassess.batch.layout import KEYS
from selfassess.batch.rows import fold

__all__ = ["LEADING", "list_rejected"]

LEADING = ("file", "row", "organisation", "reasons")
"""The first columns; a row's own cells follow, under their own names."""


Cells = Sequence[str]


def list_rejected(rejections: Sequence[Rejection]) -> tuple[list[str], Iterator[Cells]]:
    """The names of the columns, and the rows, all of them text."""
    names: dict[tuple[tuple[str, ...], int], list[str]] = {}
    spelt: dict[str, str] = {fold(name): name for name in LEADING}
    for item in rejections:
        width = _width(item)
        if (item.header, width) not in names:
            names[item.header, width] = _name_cells(item.header, width, spelt)
    columns = [*LEADING, *dict.fromkeys(name for cells in names.values() for name in cells if name not in LEADING)]
    pickers = {key: _make_picker(columns, cells) for key, cells in names.items()}
    return columns, (_fill(item, pickers[item.header, _width(item)]) for item in rejections)


def _make_picker(columns: Sequence[str], cells: Sequence[str]) -> Callable[[Cells], Cells]:
    """What puts the leading cells, a row's own and an empty one into the order of the columns."""
    place = {name: at for at, name in enumerate([*LEADING, *cells]) if at < len(LEADING) or name not in LEADING}
    nothing = len(LEADING) + len(cells)
    return itemgetter(*(place.get(name, nothing) for name in columns))


def _fill(item: Rejection, pick: Callable[[Cells], Cells]) -> Cells:
    own = item.cells.split("\0") if item.cells else ()
    return pick([item.file, str(item.row), item.organisation, item.reasons, *own, ""])


def _width(item: Rejection) -> int:
    return item.cells.count("\0") + 1 if item.cells else 0


def _name_cells(header: Sequence[str], width: int, spelt: dict[str, str]) -> list[str]:
    """A name for each cell: its column’s, or its number where that has none, or where another has the same.

    Files that spell a column otherwise share it: it has the name by which it came first.
    """
    found: list[str] = []
    for at in range(width):
        name = header[at].strip() if at < len(header) else ""
        name = spelt.setdefault(fold(name), name)
        taken = name in found or (name in LEADING and name != KEYS[0])
        found.append(name if name and not taken else f"column {at + 1}")
    return found
