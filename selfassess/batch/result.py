"""What a batch comes to, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

import polars as pl

from selfassess.batch.gathering import Cohort
from selfassess.batch.rejected import LEADING, list_rejected
from selfassess.batch.tables import TableMaker
from selfassess.errors import Fault
from selfassess.model.standard import Standard

__all__ = ["BatchResult", "cut_table"]

PART_ROWS = 5_000
"""So many organisations are put into tables together; it bounds the memory, whatever the number of organisations."""


FAULTS_AT_MOST = 10_000
"""Nobody reads more of them one by one."""


class BatchResult:
    """Scored organisations, and the rows that could not be scored.

    The tables are Polars frames with the columns that ``selfassess.batch.tables`` describes, each made when it is first
    asked for; ``result.scores.to_pandas()`` takes one to pandas by way of Arrow.

    Attributes:
        standard: What was answered.
        cohort: The organisations and their answers, and the rejections.
        written: The files that were written.
        failures: Reports that could not be made, as “file: reason”.
        removed: Reports of an earlier run that were removed, because their organisations are no longer in the batch.
        outdated: Reports of an earlier run whose organisations were not scored; kept as long as any row is rejected,
            because it may be theirs.
    """

    def __init__(self, standard: Standard, cohort: Cohort) -> None:
        """Keep what was read."""
        self.standard = standard
        self.cohort = cohort
        self.written: list[Path] = []
        self.failures: list[str] = []
        self.removed: list[Path] = []
        self.outdated: list[Path] = []

    def __len__(self) -> int:
        """How many organisations were scored."""
        return len(self.cohort.codes)

    def __repr__(self) -> str:
        rejected = len(self.cohort.rejections)
        return f"<BatchResult of {self.standard.id}: {len(self)} scored, {rejected} rejected>"

    @cached_property
    def scores(self) -> pl.DataFrame:
        """One row for each organisation."""
        return self._table("scores")

    @cached_property
    def themes(self) -> pl.DataFrame:
        """One row for each organisation and theme."""
        return self._table("themes")

    @cached_property
    def gaps(self) -> pl.DataFrame:
        """One row for each gap, first things first."""
        return self._table("gaps")

    @cached_property
    def readiness(self) -> pl.DataFrame:
        """One row for each organisation and requirement."""
        return self._table("readiness")

    @cached_property
    def rejected(self) -> pl.DataFrame:
        """One row for each row that was not scored: file, row, organisation, reasons, then its own cells as text."""
        columns, rows = list_rejected(self.cohort.rejections)
        schema = dict.fromkeys(columns, pl.String)
        return pl.DataFrame(list(rows), schema=schema, orient="row").cast({LEADING[1]: pl.Int64})

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the files, in their order: the first `FAULTS_AT_MOST`; all are in ``rejected``."""
        found = (fault for rejection in self.cohort.rejections for fault in rejection.faults)
        return tuple(islice(found, FAULTS_AT_MOST))

    @property
    def fault_count(self) -> int:
        """How many faults there are, those included that are not among ``faults``."""
        return self.cohort.rejections.fault_count

    @property
    def skipped(self) -> tuple[Fault, ...]:
        """Sheets of workbooks that hold something, and were passed over on purpose; no fault, but worth saying."""
        return self.cohort.skipped

    def _table(self, name: str) -> pl.DataFrame:
        return pl.concat(cut_table(TableMaker(self.standard), name, self.cohort))


def cut_table(maker: TableMaker, name: str, cohort: Cohort) -> Iterator[pl.DataFrame]:
    """A table in pieces; the first has the columns and no rows."""
    yield maker.make(name, cohort.keys[:0], cohort.codes[:0])
    for start in range(0, len(cohort.codes), PART_ROWS):
        part = slice(start, start + PART_ROWS)
        yield maker.make(name, cohort.keys[part], cohort.codes[part])
