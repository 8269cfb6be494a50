"""From files to the organisations that can be scored, each of them once, and everything that could not be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from selfassess.batch.blocks import Block
from selfassess.batch.codes import Codes
from selfassess.batch.duplicates import find_duplicates
from selfassess.batch.reading import BatchReader, Skipped
from selfassess.batch.rejections import Rejections
from selfassess.errors import Fault
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
        skipped: Parts of files that were passed over on purpose.
    """

    keys: pl.DataFrame
    codes: Codes
    remarks: Sequence[dict[str, dict[str, object]]]
    rejections: Rejections
    skipped: tuple[Fault, ...] = ()


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
    rejections = Rejections()
    skipped: list[Fault] = []
    for part, path in enumerate(paths):
        blocks[path] = _read_file(reader, path, part, rejections, skipped)
        progress(part + 1)
    _remove_duplicates(reader, blocks, rejections)
    rejections.sort()
    return _join(reader, [block for held in blocks.values() for block in held], rejections, skipped)


def _read_file(reader: BatchReader, path: Path, part: int, rejections: Rejections, skipped: list[Fault]) -> list[Block]:
    blocks: list[Block] = []
    for item in reader.read(path):
        if isinstance(item, Skipped):
            skipped.append(item.note)
        elif isinstance(item, Block):
            blocks.append(item)
        else:
            if item.is_whole_file:
                blocks.clear()
                rejections.forget(part)
            rejections.add(part, item)
    return blocks


def _remove_duplicates(reader: BatchReader, blocks: dict[Path, list[Block]], rejections: Rejections) -> None:
    duplicates = find_duplicates([block for held in blocks.values() for block in held])
    if not duplicates:
        return
    for part, (path, held) in enumerate(blocks.items()):
        kept = [np.array([(block.file, row) not in duplicates for row in block.rows.tolist()]) for block in held]
        if not all(keep.all() for keep in kept):
            for item in reader.reread(path, duplicates):
                rejections.add(part, item)
            blocks[path] = [block.take(keep) for block, keep in zip(held, kept, strict=True)]


def _join(reader: BatchReader, blocks: Sequence[Block], rejections: Rejections, skipped: Sequence[Fault]) -> Cohort:
    none = reader.maker.from_rows("", [])
    blocks = [*blocks] or [none]
    return Cohort(
        keys=pl.concat([block.keys for block in blocks]),
        codes=np.concatenate([block.codes for block in blocks]),
        remarks=[said for block in blocks for said in block.remarks or ()],
        rejections=rejections,
        skipped=tuple(skipped),
    )
