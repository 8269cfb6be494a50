"""The rows that were not scored, as a table: where each stands, why, and everything that stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from selfassess.batch.blocks import Rejection
from selfassess.batch.layout import KEYS
from selfassess.batch.rows import fold

__all__ = ["LEADING", "list_rejected"]

LEADING = ("file", "row", "organisation", "reasons")
"""The first columns; a row's own cells follow, under their own names."""


def list_rejected(
    rejections: Sequence[Rejection], clean: Callable[[str], str] = lambda text: text
) -> tuple[list[str], Iterator[list[str | int]]]:
    """The names of the columns, and the rows.

    Args:
        rejections: What was rejected.
        clean: What is done to every text before it goes into a cell.
    """
    names: dict[tuple[tuple[str, ...], int], list[str]] = {}
    for item in rejections:
        width = _width(item)
        if (item.header, width) not in names:
            names[item.header, width] = _name_cells(item.header, width)
    columns = [*LEADING, *dict.fromkeys(name for cells in names.values() for name in cells if name not in LEADING)]
    place = {name: at for at, name in enumerate(columns)}
    places = {key: [place[name] for name in cells] for key, cells in names.items()}
    filled = (_fill(item, places[item.header, _width(item)], len(columns), clean) for item in rejections)
    return [clean(name) for name in columns], filled


def _fill(item: Rejection, places: Sequence[int], width: int, clean: Callable[[str], str]) -> list[str | int]:
    row: list[str | int] = [""] * width
    for at, cell in zip(places, item.cells.split("\0") if places else (), strict=True):
        row[at] = clean(cell) if cell else cell
    row[: len(LEADING)] = [clean(item.file), item.row, clean(item.organisation), clean(item.reasons)]
    return row


def _width(item: Rejection) -> int:
    return item.cells.count("\0") + 1 if item.cells else 0


def _name_cells(header: Sequence[str], width: int) -> list[str]:
    """A name for each cell: its column\u2019s, or its number where that has none, or where another has the same."""
    found: list[str] = []
    for at in range(width):
        name = header[at].strip() if at < len(header) else ""
        name = KEYS[0] if fold(name) == KEYS[0] else name
        taken = name in found or (name in LEADING and name != KEYS[0])
        found.append(name if name and not taken else f"column {at + 1}")
    return found
