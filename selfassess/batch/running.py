"""Running a batch: read, score, write the tables, make the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from selfassess.batch.gathering import gather_cohort
from selfassess.batch.paths import expand_paths
from selfassess.batch.previous import read_previous
from selfassess.batch.reporting import GroupReporter, Reporter
from selfassess.batch.result import BatchResult, cut_table
from selfassess.batch.tables import TABLES, TableMaker
from selfassess.batch.workers import Workers
from selfassess.batch.writing import FORMATS, OutputFolder, disarm
from selfassess.catalogue import find_standards, load_standard
from selfassess.errors import Fault, StandardError
from selfassess.garbage import collector_paused
from selfassess.model.standard import Standard

__all__ = ["Progress", "run_batch"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def run_batch(
    paths: str | Path | Iterable[str | Path],
    *,
    standard: str | Path | Standard | None = None,
    output: str | Path | None = None,
    format: str = "csv",  # noqa: A002 - the word that people look for
    tables: Sequence[str] = TABLES,
    reports: bool = False,
    group_report: bool = False,
    previous: str | Path | None = None,
    workers: int = 1,
    executor: Executor | Workers | None = None,
    progress: Progress | None = None,
) -> BatchResult:
    """Score many assessments.

    A row with a fault stops no other: it is among the result's ``rejected`` rows, with its reasons.

    Args:
        paths: Files and folders of them: JSON Lines, wide and long CSV, XLSX, Parquet, and files of one assessment.
        standard: Its id, its folder, or the standard itself; by default the only one that comes with the library.
        output: A folder for the tables and reports; without it nothing is written.
        format: ``csv`` or ``parquet``, of the tables.
        tables: Which tables are written.
        reports: Whether a gap report and an action plan are made for each organisation, and a report of the group.
            What an interrupted run has made already is kept. What was made of organisations that are no longer in the
            batch is removed once no row is rejected.
        group_report: Whether the report of the group is made even without ``reports``.
        previous: The output of an earlier batch, for the report of the group to compare with.
        workers: In how many processes reports are made. More than one needs ``if __name__ == "__main__":`` in a script.
        executor: Where reports are made instead: any executor of ``concurrent.futures``.
        progress: Called with what is being done, how much of it is done, and how much there is.

    Returns:
        The scored organisations and the rejected rows.

    Raises:
        OutputError: The output cannot be written.
        StandardError: The standard cannot be used, or it is not said which of several is meant.
        AssessmentError: ``previous`` is no output of a batch.
        ValueError: An unknown format or table, reports without ``output``, or ``previous`` without a report.
    """
    _check_options(format, tables)
    _check_reports(reports=reports or group_report, output=output, previous=previous)
    named, tell = standard or _find_only_standard(), progress or _say_nothing
    standard = named if isinstance(named, Standard) else load_standard(named)
    reporters: list[Callable[[BatchResult, OutputFolder, Progress], None]] = []
    if reports:
        reporters.append(Reporter(named, workers, executor))
    if reports or group_report:
        reporters.append(GroupReporter(read_previous(Path(previous), standard) if previous is not None else None))
    # Before anything is read, because reading may take long and the folder may be out of reach.
    with _open_output(output) as folder:
        result = _read(standard, expand_paths(_list(paths), folder.path if folder else None), tell, remarks=reports)
        if folder is not None:
            with folder.together():
                _write_tables(result, folder, format, tables, tell)
            for report in reporters:
                report(result, folder, tell)
    return result


def _check_options(ending: str, tables: Sequence[str]) -> None:
    if ending not in FORMATS:
        raise ValueError(f"format is {ending!r}; use one of {', '.join(FORMATS)}")
    unknown = [name for name in tables if name not in TABLES]
    if unknown:
        raise ValueError(f"no table is called {unknown[0]!r}; use some of {', '.join(TABLES)}")


def _check_reports(*, reports: bool, output: object, previous: object) -> None:
    if reports and output is None:
        raise ValueError("reports need an output folder")
    if previous is not None and not reports:
        raise ValueError("previous is for the report of the group; ask for reports or group_report")


def _find_only_standard() -> str:
    known = find_standards()
    if len(known) != 1:
        problem = f"is not said, and {len(known)} come with the library"
        remedy = f"Name one of them, or a folder: {', '.join(known)}" if known else "Name the folder of one"
        raise StandardError([Fault("", 0, "standard", problem, remedy)])
    return known[0]


def _list(paths: str | Path | Iterable[str | Path]) -> Iterable[str | Path]:
    return [paths] if isinstance(paths, str | Path) else paths


def _open_output(output: str | Path | None) -> AbstractContextManager[OutputFolder | None]:
    return nullcontext() if output is None else OutputFolder(Path(output))


def _read(standard: Standard, files: Sequence[Path], tell: Progress, *, remarks: bool) -> BatchResult:
    with collector_paused():
        cohort = gather_cohort(
            standard, files, remarks=remarks, progress=lambda done: tell("Reading", done, len(files))
        )
    return BatchResult(standard, cohort)


def _write_tables(
    result: BatchResult, folder: OutputFolder, ending: str, tables: Sequence[str], tell: Progress
) -> None:
    maker = TableMaker(result.standard, disarm) if ending == "csv" else TableMaker(result.standard)
    for done, name in enumerate(tables, 1):
        frames = partial(cut_table, maker, name, result.cohort)
        result.written.append(folder.write_table(name, ending, next(frames()).schema, frames))
        tell("Writing tables", done, len(tables))
    for name in TABLES:
        for other in FORMATS:
            if name not in tables or other != ending:
                folder.remove(f"{name}.{other}")
    result.written.append(folder.write_rejected(result.cohort.rejections))


def _say_nothing(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
