"""Running a batch: read, score, write the tables, make the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path

from selfassess.batch.gathering import gather_cohort
from selfassess.batch.group import summarise_group
from selfassess.batch.manifest import FOLDER, Manifest
from selfassess.batch.paths import expand_paths
from selfassess.batch.previous import read_previous
from selfassess.batch.result import BatchResult, cut_table
from selfassess.batch.tables import TABLES, TableMaker
from selfassess.batch.tasks import list_tasks, make_reports, warm_up
from selfassess.batch.workers import Workers, spread
from selfassess.batch.writing import FORMATS, OutputFolder, disarm
from selfassess.catalogue import find_standards, load_standard
from selfassess.errors import Fault, OutputError, StandardError
from selfassess.group import GroupSummary
from selfassess.model.standard import Standard
from selfassess.reports import write_group_report

__all__ = ["Progress", "run_batch"]

GROUP_REPORT = "group-report.pdf"

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
            What an interrupted run has made already is kept.
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
        ValueError: An unknown format or table, or ``reports`` without ``output``.
    """
    _check_options(format, tables, reports=reports, output=output)
    named, tell = _find_only_standard() if standard is None else standard, progress or _say_nothing
    standard = named if isinstance(named, Standard) else load_standard(named)
    earlier = read_previous(Path(previous), standard) if previous is not None else None
    target = Path(output) if output is not None else None
    files = expand_paths([paths] if isinstance(paths, str | Path) else paths, target)
    # Before anything is read, because reading may take long and the folder may be out of reach.
    with OutputFolder(target) if target is not None else nullcontext() as folder:
        cohort = gather_cohort(standard, files, remarks=reports, progress=lambda at: tell("Reading", at, len(files)))
        result = BatchResult(standard, cohort)
        if folder is None:
            return result
        _write_tables(result, folder, format, tables, tell)
        if reports:
            where = _choose_workers(workers, executor, named, standard)
            _write_reports(result, named, folder, where, tell)
            _write_group_report(summarise_group(result, earlier), result, folder, tell)
    return result


def _find_only_standard() -> str:
    known = find_standards()
    if len(known) != 1:
        problem = f"is not said, and {len(known)} come with the library"
        remedy = f"Name one of them, or a folder: {', '.join(known)}" if known else "Name the folder of one"
        raise StandardError([Fault("", 0, "standard", problem, remedy)])
    return known[0]


def _choose_workers(
    count: int, executor: Executor | Workers | None, named: str | Path | Standard, standard: Standard
) -> Workers:
    if isinstance(executor, Executor):
        return Workers.of(executor)
    if executor is None and count > 1:
        return Workers.processes(count, warm_up, (named, standard.hash))
    return executor or Workers.here()


def _check_options(ending: str, tables: Sequence[str], *, reports: bool, output: object) -> None:
    if ending not in FORMATS:
        raise ValueError(f"format is {ending!r}; use one of {', '.join(FORMATS)}")
    unknown = [name for name in tables if name not in TABLES]
    if unknown:
        raise ValueError(f"no table is called {unknown[0]!r}; use some of {', '.join(TABLES)}")
    if reports and output is None:
        raise ValueError("reports need an output folder")


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


def _write_reports(
    result: BatchResult, named: str | Path | Standard, folder: OutputFolder, workers: Workers, tell: Progress
) -> None:
    today = date.today()  # noqa: DTZ011 - a day on the reader's own calendar
    manifest = Manifest(folder)
    tasks = list(list_tasks(result.standard, named, result.cohort, today))
    missing = [task for task in tasks if not manifest.has(task)]
    done = len(tasks) - len(missing)
    tell("Making reports", done, len(tasks))
    for task, made in spread(make_reports, missing, workers):
        if isinstance(made, Exception):
            result.failures.append(f"{folder.path / FOLDER / task.files[0]}: {task.name}: {made}")
        else:
            manifest.add(task, made)
        done += 1
        tell("Making reports", done, len(tasks))
    failed = len(result.failures)
    if tasks and failed == len(tasks):
        raise OutputError(result.failures[0])
    if tasks:
        result.written.append(folder.path / FOLDER)


def _write_group_report(summary: GroupSummary, result: BatchResult, folder: OutputFolder, tell: Progress) -> None:
    tell("Making the group report", 0, 1)
    with folder.replace(GROUP_REPORT) as partial:
        write_group_report(summary, partial)
    result.written.append(folder.path / GROUP_REPORT)
    tell("Making the group report", 1, 1)


def _say_nothing(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
