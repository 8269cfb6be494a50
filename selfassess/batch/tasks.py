"""Making the reports of one organisation, wherever it is done: here, in another process, on another machine."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from selfassess import __version__
from selfassess.batch.codes import CODE_OF
from selfassess.batch.gathering import Cohort
from selfassess.catalogue import load_standard
from selfassess.errors import OutputError, one_line
from selfassess.model.answer import Assessment
from selfassess.model.standard import Standard
from selfassess.planning import plan_actions
from selfassess.reports import write_plan, write_report
from selfassess.scorecard import score

__all__ = ["PARTS", "ReportTask", "list_tasks", "make_reports", "name_files", "warm_up"]

PARTS = ("report", "plan")
"""What is made for each organisation: the ends of the files' names."""


@dataclass(frozen=True, slots=True)
class ReportTask:
    """What is needed to make the reports of one organisation; small, and the same for every way of doing it.

    Attributes:
        name: The organisation as people know it.
        stem: How its files' names start.
        assessment: The assessment, as JSON.
        standard: The id or folder of the standard, or the standard itself where it comes from neither.
        standard_hash: The content that it must have.
        start: The day the action plan starts.
    """

    name: str
    stem: str
    assessment: str
    standard: str | Path | Standard
    standard_hash: str
    start: date

    @property
    def key(self) -> str:
        """What the reports depend on, in short; the start of the plan stays as it was when they were made first."""
        parts = (self.assessment, self.standard_hash, __version__)
        return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files."""
        return name_files(self.stem)


_STEM = re.compile(r"[a-z0-9-]+-[0-9a-f]{12}")


def name_files(stem: str) -> tuple[str, ...]:
    """The names of the files of one organisation.

    Raises:
        ValueError: No organisation's files start so.
    """
    if not _STEM.fullmatch(stem):
        raise ValueError(stem)
    return tuple(f"{stem}-{part}.pdf" for part in PARTS)


def list_tasks(standard: Standard, named: str | Path | Standard, cohort: Cohort, start: date) -> Iterator[ReportTask]:
    """A task for each organisation, in the order of the files.

    Args:
        standard: What was answered.
        named: How another process finds it.
        cohort: The organisations, with their remarks.
        start: The day the action plans start.
    """
    level_of = {code: level for level, code in CODE_OF.items()}
    practices = tuple(standard.practices)
    for row, codes, remarks in zip(
        cohort.keys.iter_rows(named=True), cohort.codes.tolist(), cohort.remarks, strict=True
    ):
        levels = {p: level_of.get(code) for p, code in zip(practices, codes, strict=True)}
        answers = {
            p: {"level": level, **remarks.get(p, {})}
            for p, level in levels.items()
            if level is not None or p in remarks
        }
        assessment = _describe(standard, row, answers)
        text = json.dumps(assessment, ensure_ascii=False, sort_keys=True)
        yield ReportTask(row["organisation"], _make_stem(row), text, named, standard.hash, start)


def _describe(standard: Standard, row: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "standard": {"id": standard.id, "version": standard.version, "hash": standard.hash},
        "questionnaire": row["questionnaire"],
        "organisation": {
            "name": row["organisation"],
            "kind": row["kind"],
            "reference": row["reference"],
            "group": row["group"],
        },
        "date": row["date"].isoformat() if row["date"] else None,
        "answers": answers,
    }


_LONGEST_SLUG = 60


def _make_stem(row: dict[str, Any]) -> str:
    """A name that every file system takes and no other organisation has; the same in every batch."""
    known_by = row["reference"] or row["organisation"]
    plain = unicodedata.normalize("NFKD", known_by).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-") or "organisation"
    # The exact text: any two that are kept apart while they are read must be kept apart here.
    identity = f"reference {known_by}" if row["reference"] else f"{row['kind']} {known_by}"
    return f"{slug}-{hashlib.sha256(identity.encode(errors='surrogatepass')).hexdigest()[:12]}"


def make_reports(task: ReportTask) -> tuple[bytes, ...]:
    """The files of one organisation, in the order of `PARTS`.

    They are given back rather than written, so that whoever makes them needs no way to where they belong.

    Raises:
        OutputError: They cannot be made here.
    """
    try:
        standard = _find_standard(task.standard, task.standard_hash)
        card = score(standard, Assessment.model_validate_json(task.assessment))
    except ValueError as error:
        # Said in an error that arrives whole from another process, as one with faults does not.
        raise OutputError(one_line(str(error))) from None
    with TemporaryDirectory() as folder:
        report = write_report(card, Path(folder, "report.pdf")).read_bytes()
        plan = write_plan(plan_actions(card, start=task.start), Path(folder, "plan.pdf")).read_bytes()
    return report, plan


def warm_up(named: str | Path | Standard, content_hash: str) -> None:
    """Prepare a process that is to make reports: read the standard once, and leave Ctrl+C to whoever started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _find_standard(named, content_hash)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone; it would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@lru_cache(maxsize=4)
def _find_standard(named: str | Path | Standard, content_hash: str) -> Standard:
    standard = named if isinstance(named, Standard) else load_standard(named)
    if standard.hash != content_hash:
        raise OutputError(f"“{named}” is another text here than where the batch was started. Use the same version.")
    return standard
