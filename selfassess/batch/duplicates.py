"""Organisations that are in a batch more than once, so that nobody can tell which answers are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from selfassess.batch.blocks import Block, Rejection
from selfassess.batch.codes import Flags
from selfassess.errors import Fault

__all__ = ["Duplicate", "find_duplicates"]

SHOWN = 3
"""So many of the other places are named."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An organisation that cannot be scored, because another row claims to be of the same one."""

    name: str
    fault: Fault

    def reject(self, row: int, header: tuple[str, ...] = (), cells: str = "") -> Rejection:
        """The rejection of one of its rows."""
        faults = (self.fault,) if row == self.fault.line else ()
        return Rejection(
            self.fault.file, row, self.name, faults, header, cells, f"The organisation {self.fault.problem}."
        )


def find_duplicates(blocks: Sequence[Block]) -> dict[tuple[str, int], Duplicate]:
    """Every row whose organisation has another, by file and row; none of them is to be scored.

    Two rows are of one organisation where they have the same reference; where one has no reference, where they have the
    same name and kind.
    """
    if not blocks:
        return {}
    keys = pl.concat([block.keys.select("organisation", "kind", "reference") for block in blocks])
    sources = np.repeat(np.arange(len(blocks)), [len(block.rows) for block in blocks])
    rows = np.concatenate([block.rows for block in blocks])
    found: dict[tuple[str, int], Duplicate] = {}
    for texts in _identities(keys):
        repeated = np.flatnonzero((texts.is_duplicated() & texts.is_not_null()).to_numpy())
        held: dict[str, list[int]] = {}
        for at in repeated.tolist():
            held.setdefault(texts[at], []).append(at)
        for group in held.values():
            places = [(blocks[sources[at]].file, int(rows[at])) for at in group]
            for at, place in zip(group, places, strict=True):
                name = keys["organisation"][at]
                found.setdefault(place, Duplicate(name, _fault(place, [p for p in places if p != place])))
    return found


def _identities(keys: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """What a row is known by: its reference; and its name and kind where a row of that name has no reference."""
    references = keys["reference"].str.to_lowercase()
    nameless: Flags = references.is_null().to_numpy()
    if not nameless.any():
        return references, pl.Series([None] * len(keys), dtype=pl.String)
    folded = keys["organisation"].str.to_lowercase().str.replace_all(r"\s+", " ")
    names = keys["kind"] + "\0" + folded
    matters = names.is_in(names.filter(references.is_null()).unique().implode())
    return references, names.zip_with(matters, pl.Series([None], dtype=pl.String))


def _fault(place: tuple[str, int], others: Sequence[tuple[str, int]]) -> Fault:
    file, row = place
    named = ", ".join(f"{other} row {at}" if at else other for other, at in others[:SHOWN])
    more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
    problem = f"is in the batch {len(others) + 1} times: also {named}{more}"
    return Fault(file, row, "organisation", problem, "Keep one of them, or give each its own reference")
