"""The reports of a batch: of each organisation, and of all of them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selfassess.batch.group import summarise_group
from selfassess.batch.manifest import FOLDER, Manifest
from selfassess.batch.previous import Earlier
from selfassess.batch.result import BatchResult
from selfassess.batch.tasks import ReportTask, list_tasks, make_reports, warm_up
from selfassess.batch.workers import Workers, spread
from selfassess.batch.writing import OutputFolder
from selfassess.errors import OutputError
from selfassess.model.standard import Standard
from selfassess.reports import write_group_report

__all__ = ["GroupReporter", "Reporter"]

GROUP_REPORT = "group-report.pdf"

_Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Reporter:
    """Makes a gap report and an action plan for each organisation.

    Attributes:
        named: How another process finds the standard.
        workers: In how many processes they are made.
        executor: Where they are made instead.
    """

    named: str | Path | Standard
    workers: int
    executor: Executor | Workers | None

    def __call__(self, result: BatchResult, folder: OutputFolder, tell: _Tell) -> None:
        """Make what is missing, and remove what was made of those who are no longer in the batch."""
        manifest = Manifest(folder)
        today = date.today()  # noqa: DTZ011 - a day on the reader's own calendar
        tasks = list(list_tasks(result.standard, self.named, result.cohort, today))
        self._make_missing(tasks, manifest, result, tell)
        stems = [task.stem for task in tasks]
        # A row that was rejected may be of one of them, and is soon put right.
        if result.cohort.rejections:
            result.outdated.extend(manifest.list_others(stems))
        else:
            result.removed.extend(manifest.remove_others(stems))
        if tasks:
            result.written.append(folder.path / FOLDER)

    def _make_missing(self, tasks: Sequence[ReportTask], manifest: Manifest, result: BatchResult, tell: _Tell) -> None:
        missing = [task for task in tasks if not manifest.has(task)]
        done = len(tasks) - len(missing)
        tell("Making reports", done, len(tasks))
        for task, made in spread(make_reports, missing, self._open_workers(result.standard)):
            if isinstance(made, Exception):
                result.failures.append(f"{manifest.folder / task.files[0]}: {task.name}: {made}")
            else:
                manifest.add(task, made)
            done += 1
            tell("Making reports", done, len(tasks))
        if tasks and len(result.failures) == len(tasks):
            raise OutputError(result.failures[0])

    def _open_workers(self, standard: Standard) -> Workers:
        if isinstance(self.executor, Executor):
            return Workers.of(self.executor)
        if self.executor is None and self.workers > 1:
            return Workers.processes(self.workers, warm_up, (self.named, standard.hash))
        return self.executor or Workers.here()


@dataclass(frozen=True, slots=True)
class GroupReporter:
    """Makes the report of the group; ``previous`` is an earlier batch to compare it with."""

    previous: Sequence[Earlier] | None

    def __call__(self, result: BatchResult, folder: OutputFolder, tell: _Tell) -> None:
        """Make it anew, whatever is there."""
        tell("Making the group report", 0, 1)
        with folder.replace(GROUP_REPORT) as partial:
            write_group_report(summarise_group(result, self.previous), partial)
        result.written.append(folder.path / GROUP_REPORT)
        tell("Making the group report", 1, 1)
