"""From files to the organisations that can be scored, each of them once, and everything that could not be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from selfassess.batch.blocks import Block, Rejection
from selfassess.batch.codes import Codes
from selfassess.batch.duplicates import find_duplicates
from selfassess.batch.reading import BatchReader
from selfassess.model.standard import Standard

__all__ = ["Cohort", "gather_cohort"]


@dataclass(frozen=True, slots=True)
class Cohort:
    """The organisations of a batch.

    Attributes:
        keys: Whose answers they are, in the order of the files.
        codes: Their answers.
        remarks: Notes, reasons and evidence of each, where they were asked for.
        rejections: What was not scored, by file and row.
    """

    keys: pl.DataFrame
    codes: Codes
    remarks: Sequence[dict[str, dict[str, object]]]
    rejections: tuple[Rejection, ...]


def gather_cohort(
    standard: Standard, paths: Sequence[Path], *, remarks: bool, progress: Callable[[int], None]
) -> Cohort:
    """Read files.

    Args:
        standard: The standard that they answer.
        paths: Files.
        remarks: Whether notes, reasons and evidence are kept.
        progress: Told how many of the files are read.
    """
    reader = BatchReader(standard, remarks=remarks)
    blocks: dict[Path, list[Block]] = {}
    rejections: dict[Path, list[Rejection]] = {}
    for done, path in enumerate(paths, 1):
        blocks[path], rejections[path] = [], []
        for item in reader.read(path):
            if isinstance(item, Rejection):
                rejections[path].append(item)
            else:
                blocks[path].append(item)
        progress(done)
    _remove_duplicates(reader, blocks, rejections)
    found = [item for path in paths for item in sorted(rejections[path], key=lambda item: (item.file, item.row))]
    return _join(reader, [block for held in blocks.values() for block in held], found)


def _remove_duplicates(
    reader: BatchReader, blocks: dict[Path, list[Block]], rejections: dict[Path, list[Rejection]]
) -> None:
    duplicates = find_duplicates([block for held in blocks.values() for block in held])
    if not duplicates:
        return
    for path, held in blocks.items():
        kept = [np.array([(block.file, row) not in duplicates for row in block.rows.tolist()]) for block in held]
        if not all(keep.all() for keep in kept):
            rejections[path].extend(reader.reread(path, duplicates))
            blocks[path] = [block.take(keep) for block, keep in zip(held, kept, strict=True)]


def _join(reader: BatchReader, blocks: Sequence[Block], rejections: Sequence[Rejection]) -> Cohort:
    none = reader.maker.from_rows("", [])
    blocks = [*blocks] or [none]
    return Cohort(
        keys=pl.concat([block.keys for block in blocks]),
        codes=np.concatenate([block.codes for block in blocks]),
        remarks=[said for block in blocks for said in block.remarks or ()],
        rejections=tuple(rejections),
    )
