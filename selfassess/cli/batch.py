"""``selfassess batch``: many assessments, from any mix of files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from contextlib import nullcontext

from selfassess.batch import BatchResult, open_cluster, run_batch
from selfassess.cli.progress import show_progress
from selfassess.errors import OutputError, one_line

__all__ = ["run"]

SHOWN = 20
"""So many faults are printed; all of them are in ``rejected.csv``."""


def run(options: argparse.Namespace) -> int:
    """Score the files, print the paths of what was written, and sum up on standard error."""
    if options.previous is not None and not (options.reports or options.group_report):
        raise OutputError("--previous is for the report of the group: add --reports or --group-report.")
    cluster = open_cluster(options.dask) if options.dask else nullcontext()
    with cluster as workers, show_progress() as progress:
        result = run_batch(
            options.files,
            standard=options.standard,
            output=options.output,
            format=options.format,
            reports=options.reports,
            group_report=options.group_report,
            previous=options.previous,
            workers=options.workers,
            executor=workers,
            progress=progress,
        )
    for path in result.written:
        print(path)
    _sum_up(result)
    return 1 if result.cohort.rejections or result.failures else 0


def _sum_up(result: BatchResult) -> None:
    _print_some(map(str, result.skipped), len(result.skipped), "there are")
    faults = result.faults
    distinct = dict.fromkeys(faults)
    _print_some(map(str, distinct), len(distinct) + result.fault_count - len(faults), "rejected.csv has")
    _print_some(result.failures, len(result.failures), "there are")
    parts = [f"{_count(len(result), 'organisation')} scored", f"{_count_rejected(result)} rejected"]
    if result.failures:
        parts.append(f"reports of {_count(len(result.failures), 'organisation')} not made")
    if result.removed:
        parts.append(f"{_count(len(result.removed), 'report')} removed whose organisations are no longer in the batch")
    if result.outdated:
        parts.append(f"{_count(len(result.outdated), 'earlier report')} kept whose organisations were not scored now")
    print(f"{', '.join(parts)}.", file=sys.stderr)


def _count_rejected(result: BatchResult) -> str:
    """A file that could not be read at all, or its columns not told, is counted as a file."""
    found = result.cohort.rejections
    files = sum(item.is_heading or not item.row for item in found)
    rows = len(found) - files
    words = [_count(rows, "row")] if rows or not files else []
    return " and ".join([*words, _count(files, "file")] if files else words)


def _print_some(lines: Iterable[str], count: int, where: str) -> None:
    for _, line in zip(range(SHOWN), lines, strict=False):
        print(one_line(line), file=sys.stderr)
    if count > SHOWN:
        print(f"… {where} {count - SHOWN:,} more.", file=sys.stderr)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
