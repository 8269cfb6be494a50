"""``selfassess batch``: what is printed, what is written, and that nothing is lost when something dies."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from pypdf import PdfReader

from selfassess.batch import BatchResult, Workers, open_cluster, run_batch
from selfassess.batch.tasks import ReportTask
from selfassess.cli.progress import show_progress
from selfassess.errors import OutputError
from tests.batch.cohorts import (
    assess,
    long_rows,
    relabel,
    wide_rows,
    write_csv,
    write_jsonl,
    write_parquet,
    write_xlsx,
)
from tests.cli.conftest import EXAMPLES, Run
from tests.places import READING_GROUP, ROOT
from tests.test_properties import real_standard

KEYS = ["organisation", "kind", "reference", "group", "date", "questionnaire"]
COUNTS = [
    "asked", "applicable", "answered", "unanswered", "met", "gaps", "completeness", "score", "provisional", "rating",
    "level_0", "level_1", "level_2", "level_3", "level_na", "level_dk",
]  # fmt: skip
ABOUT_GAPS = [
    "rank", "practice", "title", "theme", "tier", "level", "shortfall", "effort", "timeframe", "quick_win", "why",
]  # fmt: skip
COLUMNS = {
    "scores": [*KEYS, "standard", "version", "hash", *COUNTS],
    "themes": [*KEYS, "theme", "title", *COUNTS],
    "gaps": [*KEYS, *ABOUT_GAPS],
    "readiness": [*KEYS, "source", "requirement", "label", "status"],
}
"""As the README says them; scripts rely on them."""

GROUPS = ["organisation", "kind", "reference", "BK-01"]


def write_wide(path: Path, *rows: list[Any]) -> Path:
    return write_csv(path, [["organisation", "kind", "reference", "LEA-01", "LEA-02"], *rows])


def write_groups(path: Path, count: int) -> Path:
    """Reading groups, of which reports are made quickly."""
    return write_csv(path, [GROUPS, *([f"Group {n}", "group", f"G{n}", str(n % 4)] for n in range(count))])


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def files_of(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_clean_batch_prints_paths_and_sums_up(run: Run, tmp_path: Path) -> None:
    path, out = write_wide(tmp_path / "a.csv", ["HMP A", "prison", "", 2, ""]), tmp_path / "out"
    status, printed, said = run("batch", path, "-o", out)
    assert status == 0
    assert printed.splitlines() == [str(out / f"{name}.csv") for name in (*COLUMNS, "rejected")]
    assert said.splitlines()[-1] == "1 organisation scored, 0 rows rejected."
    assert files_of(out) == sorted(f"{name}.csv" for name in (*COLUMNS, "rejected"))


def test_rejected_row_is_told_counted_and_kept_while_the_others_are_scored(run: Run, tmp_path: Path) -> None:
    path = write_wide(
        tmp_path / "a.csv",
        ["HMP A", "prison", "", 2, ""],
        ["HMP B", "school", "R2", 2, "sometimes"],
        ["HMP C", "prison", "", "", 3],
    )
    status, _, said = run("batch", path, "-o", tmp_path / "out")
    assert status == 1
    first, second, last = said.splitlines()[-3:]
    assert first.startswith(f"{path}:3: kind: says “school”, which is no kind of organisation here. Use one of: prison")
    assert second.startswith(f"{path}:3: LEA-02: says “sometimes”, which is no level. Use 0, 1, 2, 3, NA or DK")
    assert last == "2 organisations scored, 1 row rejected."
    (row,) = read_table(tmp_path / "out" / "rejected.csv")
    reasons = row.pop("reasons").split(" | ")
    assert [reason.split(":")[0] for reason in reasons] == ["kind", "LEA-02"]
    assert row == {
        "file": str(path), "row": "3", "organisation": "HMP B", "kind": "school", "reference": "R2", "LEA-01": "2",
        "LEA-02": "sometimes"}  # fmt: skip
    assert [row["organisation"] for row in read_table(tmp_path / "out" / "scores.csv")] == ["HMP A", "HMP C"]


def test_many_faults_are_cut_short_on_the_terminal_only(run: Run, tmp_path: Path) -> None:
    path = write_wide(tmp_path / "a.csv", *([f"HMP {number}", "prison", "", 9, ""] for number in range(1, 31)))
    status, _, said = run("batch", path, "-o", tmp_path / "out")
    assert status == 1
    assert said.splitlines()[-2:] == ["… rejected.csv has 10 more.", "0 organisations scored, 30 rows rejected."]
    assert said.count("is no level") == 20
    assert len(read_table(tmp_path / "out" / "rejected.csv")) == 30


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_tables_have_the_columns_that_scripts_rely_on(run: Run, tmp_path: Path, ending: str) -> None:
    out = tmp_path / "out"
    assert run("batch", EXAMPLES / "hmp-example.yaml", "-o", out, "--format", ending).status == 0
    for name, columns in COLUMNS.items():
        path = out / f"{name}.{ending}"
        frame = pl.read_parquet(path) if ending == "parquet" else pl.read_csv(path)
        assert frame.columns == columns
        assert not frame.is_empty()
    assert (out / "rejected.csv").is_file()


def test_numbers_are_unrounded_and_what_cannot_be_said_is_empty(run: Run, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "books.csv", [GROUPS, ["Us", "group", "", 1], ["Them", "group", "T", "who knows"]])
    assert run("batch", path, "-o", tmp_path / "out", "--standard", READING_GROUP).status == 0
    us, them = read_table(tmp_path / "out" / "scores.csv")
    assert (us["score"], us["reference"], us["date"], us["provisional"]) == (repr(100 / 3), "", "", "false")
    assert (them["level_dk"], them["score"], them["rating"]) == ("1", "0.0", "starting")
    (gap, _) = read_table(tmp_path / "out" / "gaps.csv")
    assert (gap["rank"], gap["practice"], gap["tier"], gap["level"], gap["quick_win"]) == (
        "1", "BK-01", "core", "1", "true")  # fmt: skip


def test_any_mix_of_files_is_read_in_one_run(run: Run, tmp_path: Path) -> None:
    standard = real_standard()
    folder = tmp_path / "all"
    (folder / "single").mkdir(parents=True)
    cohorts = [[assess(standard, f"HMP {letter}", {"LEA-01": 2, "POL-01": 1})] for letter in "ABCDEF"]
    a, b, c, d, e, f = cohorts
    write_csv(folder / "a.csv", relabel(standard, wide_rows(standard, a)), ";", "utf-8-sig")
    write_csv(folder / "b.csv", long_rows(b), "\t")
    write_jsonl(folder / "c.jsonl", c)
    write_xlsx(folder / "d.xlsx", wide_rows(standard, d))
    write_parquet(folder / "e.parquet", wide_rows(standard, e))
    write_csv(folder / "f.csv", wide_rows(standard, f), ",", "cp1252")
    for path in EXAMPLES.glob("*e.yaml"):
        shutil.copy(path, folder / "single")
    assert run("batch", folder, "-o", folder / "out").status == 0
    rows = {row["organisation"]: row for row in read_table(folder / "out" / "scores.csv")}
    assert list(rows)[:6] == [f"HMP {letter}" for letter in "ABCDEF"]
    assert len(rows) == 7
    assert {rows[f"HMP {letter}"]["score"] for letter in "ABCDEF"} == {rows["HMP A"]["score"]}


def test_example_cohort_is_scored_whole(run: Run, tmp_path: Path) -> None:
    assert run("batch", EXAMPLES / "cohort.csv", "-o", tmp_path / "out").status == 0
    assert len(read_table(tmp_path / "out" / "scores.csv")) == 36


@pytest.mark.parametrize(
    "arguments",
    [[], ["a.csv"], ["a.csv", "-o", "x", "--workers", "0"], ["a.csv", "-o", "x", "--workers", "2", "--dask", "y"]],
)
def test_misuse_is_status_two(run: Run, arguments: list[str]) -> None:
    assert run("batch", *arguments).status == 2


def test_output_that_cannot_be_written_is_status_two(run: Run, tmp_path: Path) -> None:
    path = write_wide(tmp_path / "a.csv", ["HMP A", "prison", "", 2, ""])
    for place in (path, tmp_path / "no" / "such"):
        status, printed, said = run("batch", path, "-o", place)
        assert (status, printed) == (2, "")
        assert said.startswith(f"{place} cannot be written to: ")
        assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere", "is not there. Check the name."), ("empty", "is a folder in which no file can be found.")],
)
def test_folder_without_files_is_told(run: Run, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    result = run("batch", tmp_path / name, "-o", tmp_path / "out")
    assert result.status == 1
    assert f"{tmp_path / name}: {said}" in result.err
    assert result.err.endswith("0 organisations scored, 1 file rejected.\n")


def test_unknown_standard_and_previous_batch_are_told(run: Run, tmp_path: Path) -> None:
    path = write_wide(tmp_path / "a.csv", ["HMP A", "prison", "", 2, ""])
    result = run("batch", path, "-o", tmp_path / "out", "--standard", "nonsense")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert result.err.startswith("nonsense: is not a standard")
    result = run("batch", path, "-o", tmp_path / "out", "--group-report", "--previous", tmp_path)
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert result.err.startswith(f"{tmp_path}: holds no scores.csv or scores.parquet")


def test_previous_batch_without_a_report_to_be_in_is_misuse(run: Run, tmp_path: Path) -> None:
    path = write_wide(tmp_path / "a.csv", ["HMP A", "prison", "", 2, ""])
    result = run("batch", path, "-o", tmp_path / "out", "--previous", tmp_path)
    assert result == (2, "", "--previous is for the report of the group: add --reports or --group-report.\n")
    assert not (tmp_path / "out").exists()


def test_previous_batch_that_is_not_there_is_told_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    path = write_wide(tmp_path / "a.csv", ["HMP A", "prison", "", 2, ""])
    result = run("batch", path, "-o", tmp_path / "out", "--group-report", "--previous", tmp_path / "none")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert result.err.startswith(f"{tmp_path / 'none'}: is not there. Name a folder that an earlier")
    result = run("batch", path, "-o", tmp_path / "out", "--previous", "")
    assert result == (2, "", "--previous is for the report of the group: add --reports or --group-report.\n")
    assert not (tmp_path / "out").exists()


def test_sheet_that_was_passed_over_is_said_and_is_no_fault(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Read me").write(0, 0, "How to fill this in")
        page = book.add_worksheet("North")
        page.write_row(0, 0, ["organisation", "kind", "LEA-01"])
        page.write_row(1, 0, ["HMP A", "prison", 1])
    result = run("batch", path, "-o", tmp_path / "out")
    assert result.status == 0
    assert f"{path} “Read me”: holds no table, and was not read." in result.err


def test_group_report_alone_makes_no_other_report(run: Run, tmp_path: Path) -> None:
    path, out = write_groups(tmp_path / "groups.csv", 3), tmp_path / "out"
    status, printed, _ = run("batch", path, "-o", out, "--standard", READING_GROUP, "--group-report")
    assert (status, printed.splitlines()[-1]) == (0, str(out / "group-report.pdf"))
    assert not (out / "reports").exists()
    assert "3 organisations" in text_of(out / "group-report.pdf")


def test_files_and_rows_that_were_rejected_are_counted_apart(run: Run, tmp_path: Path) -> None:
    fine = write_wide(tmp_path / "a.csv", ["HMP A", "prison", "", 2, ""], ["HMP B", "prison", "", 9, ""])
    lost = write_csv(tmp_path / "lost.csv", [["organisation", "kind", "LEA-1"], ["HMP C", "prison", 1]])
    said = run("batch", fine, lost, tmp_path / "none.csv", "-o", tmp_path / "out").err
    assert said.endswith("1 organisation scored, 2 rows and 2 files rejected.\n")
    assert [row["row"] for row in read_table(tmp_path / "out" / "rejected.csv")] == ["3", "1", "2", "0"]


def test_reports_of_organisations_that_left_are_removed_once_nothing_is_rejected(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfassess.batch.reporting.make_reports", lambda _: (b"report", b"plan"))
    path, out = write_groups(tmp_path / "groups.csv", 4), tmp_path / "out"
    options = ("batch", path, "-o", out, "--reports", "--standard", READING_GROUP)
    assert run(*options).status == 0
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines[:3], lines[3].rsplit(",", 1)[0] + ",9"]), "utf-8")
    assert run(*options).err.endswith(
        "1 row rejected, 4 earlier reports kept whose organisations were not scored now.\n"
    )
    assert len(list(out.glob("reports/*.pdf"))) == 8

    path.write_text("\n".join(lines[:4]), "utf-8")
    assert run(*options).err.endswith("2 reports removed whose organisations are no longer in the batch.\n")
    assert len(list(out.glob("reports/*.pdf"))) == 6
    assert run(*options).err.endswith("3 organisations scored, 0 rows rejected.\n")


def test_progress_is_lines_where_there_is_no_terminal(run: Run, tmp_path: Path) -> None:
    path = write_wide(tmp_path / "a.csv", ["HMP A", "prison", "", 2, ""])
    said = run("batch", path, "-o", tmp_path / "out").err
    assert said.splitlines()[:-1] == ["Reading: 1 of 1", "Writing tables: 1 of 4", "Writing tables: 4 of 4"]
    assert "\r" not in said
    assert "\x1b" not in said


def test_progress_is_a_bar_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with show_progress() as tell:
        for done in range(3):
            tell("Making reports", done, 2)
        tell("Making the group report", 1, 1)
    said = capsys.readouterr().err
    assert "Making reports: 100%" in said
    assert "2/2" in said
    assert "Making the group report: 100%" in said


def test_terminal_without_the_library_of_bars_gets_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with show_progress() as tell:
        tell("Reading", 1, 1)
    assert capsys.readouterr().err == "Reading: 1 of 1\n"


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a batch of three prisons, one of them rejected, and an earlier one in each format."""
    folder = tmp_path_factory.mktemp("reported")
    then = write_wide(folder / "then.csv", ["HMP A", "prison", "R1", 0, 0], ["HMP Gone", "prison", "", 1, 1])
    for ending in ("csv", "parquet"):
        run_batch(then, output=folder / f"then-{ending}", format=ending)
    now = write_wide(
        folder / "now.csv",
        ["=HMP A/Ŵ", "prison", "R1", 2, 1],
        ["../HMP B", "prison", "", "do not know yet", 3],
        ["HMP C", "prison", "", 9, 3],
    )
    run_batch(now, output=folder / "out", reports=True)
    return folder


def text_of(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def test_each_organisation_has_a_report_and_a_plan_under_a_safe_name(reported: Path) -> None:
    found = {path.name: text_of(path) for path in (reported / "out" / "reports").glob("*.pdf")}
    assert sorted(re.sub("-[0-9a-f]{12}-", "-", name) for name in found) == [
        "hmp-b-plan.pdf",
        "hmp-b-report.pdf",
        "r1-plan.pdf",
        "r1-report.pdf",
    ]
    for name, text in found.items():
        assert ("../HMP B" if name.startswith("hmp-b") else "=HMP A/Ŵ") in text


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_second_run_makes_no_report_again_and_compares_with_the_previous_batch(
    run: Run, reported: Path, ending: str
) -> None:
    out = reported / "out"
    before = {path: path.stat().st_mtime_ns for path in out.glob("reports/*")}
    (out / "group-report.pdf").unlink()
    status, printed, said = run(
        "batch", reported / "now.csv", "-o", out, "--reports", "--previous", reported / f"then-{ending}"
    )
    assert status == 1
    assert printed.splitlines()[-2:] == [str(out / "reports"), str(out / "group-report.pdf")]
    assert "Making reports: 2 of 2" in said
    assert said.splitlines()[-1] == "2 organisations scored, 1 row rejected."
    assert len(before) == 5
    assert {path: path.stat().st_mtime_ns for path in out.glob("reports/*")} == before
    text = text_of(out / "group-report.pdf")
    assert [name for name in ("=HMP A/Ŵ", "../HMP B", "HMP C", "HMP Gone") if name not in text] == []
    assert not (out / ".partial").exists()


def test_report_that_cannot_be_made_is_named_and_the_status_is_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(task: ReportTask) -> tuple[bytes, bytes]:
        if task.name == "Group 1":
            raise OutputError("no room")
        return b"report", b"plan"

    monkeypatch.setattr("selfassess.batch.reporting.make_reports", make)
    path, out = write_groups(tmp_path / "groups.csv", 3), tmp_path / "out"
    status, _, said = run("batch", path, "-o", out, "--reports", "--standard", READING_GROUP)
    assert status == 1
    failure, last = said.splitlines()[-2:]
    assert re.fullmatch(rf"{re.escape(str(out / 'reports'))}/g1-\w+-report\.pdf: Group 1: no room", failure)
    assert last == "3 organisations scored, 0 rows rejected, reports of 1 organisation not made."


# --- What dies, and what then ---

PROGRAM = [sys.executable, "-m", "selfassess", "batch"]


def start_batch(path: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    arguments = [*PROGRAM, str(path), "-o", str(out), "--standard", str(READING_GROUP), "--reports", *options]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def has_made(out: Path, number: int) -> bool:
    manifest = out / "reports" / "manifest.jsonl"
    return manifest.is_file() and len(manifest.read_text("utf-8").split("\n\n")) >= number


def check_whole(out: Path) -> list[Path]:
    """Every file that is in its place is whole; returned are the reports."""
    for path in out.glob("*.csv"):
        assert path.read_bytes().endswith(b"\n")
        assert read_table(path) is not None
    reports = sorted((out / "reports").glob("*.pdf"))
    for path in reports:
        assert PdfReader(path).pages
    others = [path for path in out.rglob("*") if path.is_file() and path.suffix not in {".csv", ".pdf", ".jsonl"}]
    assert [path for path in others if ".partial" not in path.parts] == []
    return reports


@pytest.mark.parametrize("options", [(), pytest.param(("--workers", "2"), marks=pytest.mark.slow)], ids=["one", "two"])
def test_killed_batch_leaves_whole_files_only_and_is_completed_by_the_next(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    path, out = write_groups(tmp_path / "groups.csv", 8), tmp_path / "out"
    with start_batch(path, out, *options) as process:
        wait_for(lambda: has_made(out, 2) or process.poll() is not None)
        process.send_signal(signal.SIGKILL)
    reports = check_whole(out)
    assert 4 <= len(reports) < 16
    kept = {path: path.stat().st_mtime_ns for path in reports}
    told: list[tuple[str, int, int]] = []
    result = run_batch(path, standard=READING_GROUP, output=out, reports=True, progress=lambda *said: told.append(said))
    assert result.failures == []
    assert len(check_whole(out)) == 16
    assert not (out / ".partial").exists()
    # All that the manifest had is kept; of one organisation the files may be there without their line.
    assert next(done for stage, done, _ in told if stage == "Making reports") >= 2
    assert sum(path.stat().st_mtime_ns != mtime for path, mtime in kept.items()) <= 2


@pytest.mark.slow
def test_workers_end_when_the_batch_is_killed(tmp_path: Path) -> None:
    path, out = write_groups(tmp_path / "groups.csv", 12), tmp_path / "out"
    with start_batch(path, out, "--workers", "2") as process:
        wait_for(lambda: has_made(out, 1) or process.poll() is not None)
        workers = children_of(process.pid)
        process.send_signal(signal.SIGKILL)
    assert len(workers) >= 2
    wait_for(lambda: not any(is_alive(worker) for worker in workers), 20)


def children_of(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    if not path.exists():
        pytest.skip("this system does not tell the children of a process")
    return [int(child) for child in path.read_text("ascii").split()]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state not in "ZX"


class Killer:
    """Follows the progress of a batch, and kills a worker as soon as the first reports are made."""

    def __init__(self, find_worker: Callable[[], int]) -> None:
        self._find_worker = find_worker
        self.killed = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage == "Making reports" and 0 < done < total and not self.killed:
            self.killed = self._find_worker()
            os.kill(self.killed, signal.SIGKILL)


def find_child() -> int:
    return next(child.pid for child in active_children() if child.pid is not None)


def check_complete(result: BatchResult, out: Path, number: int) -> None:
    """Every organisation has its reports, or is named among the failures."""
    assert result.failures == []
    assert len(check_whole(out)) == 2 * number
    manifest = (out / "reports" / "manifest.jsonl").read_text("utf-8")
    assert len({json.loads(line)["stem"] for line in manifest.splitlines() if line}) == number


def test_organisations_of_a_worker_that_is_killed_are_done_by_another(tmp_path: Path) -> None:
    path, out, killer = write_groups(tmp_path / "groups.csv", 5), tmp_path / "out", Killer(find_child)
    result = run_batch(path, standard=READING_GROUP, output=out, reports=True, workers=2, progress=killer)
    assert killer.killed
    check_complete(result, out, 5)


@contextmanager
def local_cluster() -> Iterator[Any]:
    """A Dask cluster of two worker processes on this machine."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_dask_cluster_of_which_a_worker_is_killed_makes_every_report(tmp_path: Path) -> None:
    path, out = write_groups(tmp_path / "groups.csv", 10), tmp_path / "out"
    with local_cluster() as cluster:
        killer = Killer(lambda: int(next(iter(cluster.workers.values())).process.process.pid))
        with open_cluster(cluster.scheduler_address) as workers:
            assert isinstance(workers, Workers)
            result = run_batch(
                path, standard=READING_GROUP, output=out, reports=True, executor=workers, progress=killer
            )
    assert killer.killed
    check_complete(result, out, 10)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_dask_option_makes_the_reports_on_the_cluster(run: Run, tmp_path: Path) -> None:
    path, out = write_groups(tmp_path / "groups.csv", 3), tmp_path / "out"
    with local_cluster() as cluster:
        result = run(
            "batch", path, "-o", out, "--standard", READING_GROUP, "--reports", "--dask", cluster.scheduler_address
        )
    assert result.status == 0
    assert len(check_whole(out)) == 6


def test_dask_address_where_nobody_answers_is_status_two(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    path = write_groups(tmp_path / "groups.csv", 1)
    result = run("batch", path, "-o", tmp_path / "out", "--dask", "nonsense")
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert result.err.startswith("No Dask scheduler answers at nonsense.")
