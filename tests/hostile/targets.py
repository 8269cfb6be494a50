"""Every reader of files as a target: what it is given, what it may answer, and files to start from.

A reader may answer with a value, which must then be of use, or with the library's own error, which must name the file.
Anything else that it raises is a crash.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from selfassess.batch.gathering import gather_cohort
from selfassess.batch.previous import read_previous
from selfassess.batch.result import BatchResult
from selfassess.catalogue import load_standard
from selfassess.errors import Fault, FaultsError
from selfassess.files.assessments import read_assessment
from selfassess.model.standard import Standard
from selfassess.office.plan_edits import read_plan_edits
from selfassess.office.plan_xlsx import render_plan_xlsx
from selfassess.planning import ActionPlan, plan_actions
from selfassess.reports.html import render_report_html
from selfassess.revision import revise_plan
from selfassess.scorecard import score
from tests.hostile import seeds
from tests.hostile.mutating import mutate, mutate_workbook
from tests.office.cases import small_card
from tests.places import ALLOTMENTS

__all__ = ["TARGETS", "Target"]

START = date(2026, 11, 22)


@dataclass(frozen=True)
class Target:
    """A reader.

    Attributes:
        name: By which people and folders know it.
        suffix: How its files end.
        seeds: Files to start from.
        read: Reads a file and makes use of what it says; raises only `FaultsError`.
        mutate: Spoils a file.
    """

    name: str
    suffix: str
    seeds: Callable[[], Sequence[bytes]]
    read: Callable[[Path], None]
    mutate: Callable[[bytes, Random, Sequence[bytes]], bytes] = mutate

    def take(self, data: bytes) -> bool:
        """Whether the reader took the file; what it refused, it refused properly.

        Raises:
            Exception: Anything but a proper refusal.
        """
        with TemporaryDirectory(prefix="hostile-") as folder:
            path = Path(folder, f"input{self.suffix}")
            path.write_bytes(data)
            try:
                self.read(path)
            except FaultsError as refusal:
                check_faults(refusal.faults, folder)
                return False
        return True


def check_faults(faults: Iterable[Fault], folder: str) -> None:
    """Fail where a person could not tell what is wrong, and with which file."""
    faults = tuple(faults)
    assert faults, "refused without a reason"
    for fault in faults:
        assert fault.file.startswith(folder), f"names {fault.file!r}"
        assert fault.problem.strip(), fault
        assert fault.remedy.strip(), fault
        assert str(fault).isprintable(), fault


@cache
def prison() -> Standard:
    """The real standard."""
    return load_standard("prison-volunteering")


def read_one(path: Path) -> None:
    """One assessment, scored and shown."""
    card = score(prison(), read_assessment(path, standard=prison()))
    render_report_html(card).encode()


def read_many(path: Path) -> None:
    """A batch: as many organisations with their notes as without, and every table can be made."""
    plain = BatchResult(prison(), gather_cohort(prison(), [path], remarks=False, progress=_nobody))
    noted = BatchResult(prison(), gather_cohort(prison(), [path], remarks=True, progress=_nobody))
    counted = (len(plain), plain.fault_count), (len(noted), noted.fault_count)
    assert counted[0] == counted[1], f"without and with notes: {counted}"
    for table in (plain.scores, plain.gaps, plain.rejected):
        table.write_csv()
    if plain.faults:
        check_faults(plain.faults, str(path.parent))


def _nobody(_: int) -> None:
    """Tell nobody how far it is."""


def read_plan(path: Path) -> None:
    """An edited plan, carried over, written and read again: nothing that was read gets lost."""
    once = _carry_over(path)
    path.write_bytes(render_plan_xlsx(once))
    twice = _carry_over(path)
    path.write_bytes(render_plan_xlsx(twice))
    assert _carry_over(path).actions == twice.actions, "the plan changes while it is written and read"


def _carry_over(path: Path) -> ActionPlan:
    edits = read_plan_edits(path, small_card())
    if edits.faults:
        check_faults(edits.faults, str(path.parent))
    return revise_plan(plan_actions(small_card(), start=edits.start or START), edits.actions)


def read_standard(path: Path) -> None:
    """A standard in which one file is the input; its first line says which, as a remark."""
    first, _, content = path.read_bytes().partition(b"\n")
    named = first.removeprefix(b"# ").decode("ascii", "replace")
    folder = path.parent / "standard"
    shutil.copytree(ALLOTMENTS, folder)
    (folder / (named if named in seeds.standard_files() else "standard.yaml")).write_bytes(content)
    load_standard(folder)


def read_scores(path: Path) -> None:
    """The scores of an earlier batch."""
    path.rename(path.with_stem("scores"))
    for earlier in read_previous(path.parent, prison()):
        assert earlier.name is not None


def _target(name: str, suffix: str, read: Callable[[Path], None]) -> Target:
    change = mutate_workbook if suffix == ".xlsx" else mutate
    return Target(name, suffix, cache(lambda: seeds.SEEDS[name]()), read, change)


TARGETS: Mapping[str, Target] = {
    target.name: target
    for target in (
        _target("assessment-yaml", ".yaml", read_one),
        _target("assessment-json", ".json", read_one),
        _target("assessment-xlsx", ".xlsx", read_one),
        _target("batch-wide-csv", ".csv", read_many),
        _target("batch-long-csv", ".csv", read_many),
        _target("batch-jsonl", ".jsonl", read_many),
        _target("batch-xlsx", ".xlsx", read_many),
        _target("batch-parquet", ".parquet", read_many),
        _target("plan-xlsx", ".xlsx", read_plan),
        _target("standard-yaml", ".yaml", read_standard),
        _target("scores-csv", ".csv", read_scores),
        _target("scores-parquet", ".parquet", read_scores),
    )
}
"""The readers, by name."""
