"""Running a batch from a program: what is written, and what a second run still has to do."""

from __future__ import annotations

import csv
import json
import re
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pypdf import PdfReader

from selfassess.batch import run_batch
from selfassess.batch.gathering import gather_cohort
from selfassess.batch.tables import TABLES
from selfassess.batch.tasks import ReportTask, list_tasks, make_reports, warm_up
from selfassess.errors import OutputError, StandardError
from selfassess.group import GroupSummary
from tests.batch.cohorts import write_csv
from tests.places import READING_GROUP
from tests.test_properties import real_standard

HEADER = ["organisation", "kind", "reference", "LEA-01"]
ROWS = [HEADER, ["HMP A", "prison", "R1", "2"], ["HMP B", "prison", "", "1"], ["HMP C", "prison", "R3", "0"]]


class Maker:
    """Stands in for what makes the reports; a list of names says whose cannot be made."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.failing: list[str] = []
        self.summaries: list[GroupSummary] = []

    def make(self, task: ReportTask) -> tuple[bytes, ...]:
        if task.name in self.failing:
            raise OutputError("no room")
        self.made.append(task.name)
        return f"report of {task.name}".encode(), f"plan of {task.name}, {task.start}".encode()

    def write_group(self, summary: GroupSummary, path: Path) -> Path:
        self.summaries.append(summary)
        path.write_bytes(b"group")
        return path

    def take(self) -> list[str]:
        made, self.made = self.made, []
        return made


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Maker:
    maker = Maker()
    monkeypatch.setattr("selfassess.batch.reporting.make_reports", maker.make)
    monkeypatch.setattr("selfassess.batch.reporting.write_group_report", maker.write_group)
    return maker


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "answers.csv", ROWS)


def files_of(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_without_output_nothing_is_written(answers: Path) -> None:
    result = run_batch(answers)
    assert (len(result), result.written, result.standard.id) == (3, [], real_standard().id)
    assert files_of(answers.parent) == ["answers.csv"]


@pytest.mark.parametrize("known", [[], ["one", "two"]])
def test_standard_must_be_named_where_there_is_not_just_one(
    answers: Path, monkeypatch: pytest.MonkeyPatch, known: list[str]
) -> None:
    monkeypatch.setattr("selfassess.batch.running.find_standards", lambda: known)
    with pytest.raises(StandardError, match=f"standard: is not said, and {len(known)} come with the library") as caught:
        run_batch(answers)
    assert all(name in str(caught.value) for name in known)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"format": "xls", "output": "out"}, "format is 'xls'; use one of csv, parquet"),
        ({"tables": ["scores", "score"], "output": "out"}, "no table is called 'score'; use some of scores, themes"),
        ({"reports": True}, "reports need an output folder"),
        ({"group_report": True}, "reports need an output folder"),
        ({"previous": "then", "output": "out"}, "previous is for the report of the group; ask for reports or"),
    ],
)
def test_wrong_option_is_refused_before_anything_is_read(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        run_batch("not-there.csv", **options)


@pytest.mark.parametrize("place", ["no/such/folder", "answers.csv"])
def test_output_that_cannot_be_written_is_refused_before_anything_is_read(answers: Path, place: str) -> None:
    told: list[tuple[str, int, int]] = []
    with pytest.raises(OutputError, match=r"cannot be written to: .+ Name a folder inside one that exists"):
        run_batch(answers, output=answers.parent / place, progress=lambda *said: told.append(said))
    assert told == []


def test_tables_that_were_not_asked_for_are_not_left_from_an_earlier_run(answers: Path, tmp_path: Path) -> None:
    run_batch(answers, output=tmp_path / "out")
    run_batch(answers, output=tmp_path / "out", format="parquet", tables=["scores", "gaps"])
    assert files_of(tmp_path / "out") == ["gaps.parquet", "rejected.csv", "scores.parquet"]


def test_both_formats_hold_the_same_tables(answers: Path, tmp_path: Path) -> None:
    result = run_batch(answers, output=tmp_path / "a")
    run_batch(answers, output=tmp_path / "b", format="parquet")
    for name in TABLES:
        frame = getattr(result, name)
        assert pl.read_parquet(tmp_path / "b" / f"{name}.parquet").equals(frame)
        read = pl.read_csv(tmp_path / "a" / f"{name}.csv", schema_overrides=frame.schema)
        assert read.columns == frame.columns
        assert read.equals(frame)


def test_output_inside_the_folder_that_is_read_is_left_out(answers: Path, maker: Maker) -> None:
    folder = answers.parent
    for _ in range(2):
        result = run_batch(folder, output=folder / "out", reports=True)
        assert (len(result), result.faults) == (3, ())
    assert maker.take() == ["HMP A", "HMP B", "HMP C"]


def test_file_named_twice_is_read_once(answers: Path) -> None:
    assert len(run_batch([answers, answers.parent, str(answers)])) == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty", "is a folder in which no file can be found"),
        ("nowhere", "is not there. Check the name"),
        ("nowhere.csv", "cannot be read: No such file or directory"),
        ("letter.docx", "ends in “.docx”. Give files ending in .csv"),
        ("noending", "has no ending. Give files ending in .csv"),
    ],
)
def test_path_that_cannot_be_read_is_named_and_the_others_are_read(answers: Path, name: str, said: str) -> None:
    folder = answers.parent
    (folder / "empty").mkdir()
    for file in ("letter.docx", "noending"):
        (folder / file).write_text("x", "utf-8")
    result = run_batch([folder / name, answers])
    assert len(result) == 3
    assert [str(fault).startswith(f"{folder / name}: {said}") for fault in result.faults] == [True]


def test_progress_says_what_is_done_of_how_much(answers: Path, tmp_path: Path, maker: Maker) -> None:
    told: list[tuple[str, int, int]] = []
    run_batch(answers, output=tmp_path / "out", reports=True, progress=lambda *said: told.append(said))
    assert told == [
        ("Reading", 1, 1),
        *(("Writing tables", done, 4) for done in range(1, 5)),
        *(("Making reports", done, 3) for done in range(4)),
        *(("Making the group report", done, 1) for done in range(2)),
    ]
    assert len(maker.take()) == 3


def test_second_run_makes_only_what_is_missing_or_changed(answers: Path, tmp_path: Path, maker: Maker) -> None:
    out = tmp_path / "out"
    result = run_batch(answers, output=out, reports=True)
    assert maker.take() == ["HMP A", "HMP B", "HMP C"]
    reports = sorted((out / "reports").glob("*.pdf"))
    assert len(reports) == 6
    assert result.written[-2:] == [out / "reports", out / "group-report.pdf"]

    run_batch(answers, output=out, reports=True)
    assert maker.take() == []

    write_csv(answers, [*ROWS[:2], ["HMP B", "prison", "", "3"], ROWS[3], ["HMP D", "prison", "R4", "0"]])
    run_batch(answers, output=out, reports=True)
    assert maker.take() == ["HMP B", "HMP D"]

    next(path for path in reports if path.name.startswith("r1-")).unlink()
    next(path for path in reports if path.name.startswith("r3-")).write_bytes(b"cut o")
    run_batch(answers, output=out, reports=True)
    assert maker.take() == ["HMP A", "HMP C"]


def test_manifest_that_was_cut_off_costs_no_more_than_its_last_line(
    answers: Path, tmp_path: Path, maker: Maker
) -> None:
    run_batch(answers, output=tmp_path / "out", reports=True)
    manifest = tmp_path / "out" / "reports" / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-30])
    maker.take()
    for expected in (["HMP C"], []):
        run_batch(answers, output=tmp_path / "out", reports=True)
        assert maker.take() == expected


@pytest.mark.parametrize("line", ["[]", "7", "{}", "null", '{"stem": "a", "key": "b", "sizes": 5}', "\x00"])
def test_manifest_with_anything_in_it_is_survived(answers: Path, tmp_path: Path, maker: Maker, line: str) -> None:
    run_batch(answers, output=tmp_path / "out", reports=True)
    maker.take()
    with (tmp_path / "out" / "reports" / "manifest.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")
    run_batch(answers, output=tmp_path / "out", reports=True)
    assert maker.take() == []


def test_only_reports_that_are_as_we_wrote_them_are_removed(answers: Path, tmp_path: Path, maker: Maker) -> None:
    out = tmp_path / "out" / "reports"
    run_batch(answers, output=out.parent, reports=True)
    changed, theirs = next(out.glob("r1-*-plan.pdf")), out / "letter.pdf"
    changed.write_bytes(b"signed and scanned")
    theirs.write_bytes(b"theirs")
    with (out / "manifest.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(f'{{"stem": "../../{answers.stem}", "key": "", "sizes": [{answers.stat().st_size}, 0]}}\n')
        stream.write('{"stem": "r9-0123456789ab", "key": "", "sizes": 5}\n')
    write_csv(answers, ROWS[:1] + ROWS[2:])
    result = run_batch(answers, output=out.parent, reports=True)
    assert [path.name[:3] + path.name[-10:] for path in result.removed] == ["r1-report.pdf"]
    assert changed.exists()
    assert theirs.exists()
    assert answers.exists()
    assert (out / "manifest.jsonl").read_text("utf-8").count("stem") == 2
    maker.take()
    assert run_batch(answers, output=out.parent, reports=True).removed == []
    assert maker.take() == []


@pytest.mark.usefixtures("maker")
def test_report_that_cannot_be_removed_is_named(answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_batch(answers, output=tmp_path / "out", reports=True)
    write_csv(answers, ROWS[:1] + ROWS[2:])

    def refuse(path: Path, **_: object) -> None:
        if path.suffix == ".pdf":
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("selfassess.batch.manifest.Path.unlink", refuse)
    with pytest.raises(OutputError, match=r"r1-\w+-report\.pdf cannot be removed: Permission denied"):
        run_batch(answers, output=tmp_path / "out", reports=True)


def test_report_that_fails_is_named_and_made_by_the_next_run(answers: Path, tmp_path: Path, maker: Maker) -> None:
    maker.failing = ["HMP B"]
    result = run_batch(answers, output=tmp_path / "out", reports=True)
    (failure,) = result.failures
    assert re.fullmatch(r".+hmp-b-\w+-report\.pdf: HMP B: no room", failure)
    assert maker.take() == ["HMP A", "HMP C"]
    assert len(maker.summaries[-1].members) == 3
    maker.failing = []
    assert run_batch(answers, output=tmp_path / "out", reports=True).failures == []
    assert maker.take() == ["HMP B"]


def test_reports_that_all_fail_are_an_error_but_the_tables_are_there(
    answers: Path, tmp_path: Path, maker: Maker
) -> None:
    maker.failing = ["HMP A", "HMP B", "HMP C"]
    with pytest.raises(OutputError, match="HMP A: no room"):
        run_batch(answers, output=tmp_path / "out", reports=True)
    assert [path.split(".")[0] for path in files_of(tmp_path / "out")] == sorted([*TABLES, "rejected"])


def test_executor_that_was_given_is_used_and_left_open(answers: Path, tmp_path: Path, maker: Maker) -> None:
    with ThreadPoolExecutor(2) as executor:
        run_batch(answers, output=tmp_path / "out", reports=True, executor=executor)
        assert sorted(maker.take()) == ["HMP A", "HMP B", "HMP C"]
        assert executor.submit(len, "abc").result() == 3


def test_every_row_rejected_still_gives_a_group_report(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "bad.csv", [HEADER, ["HMP Lost", "prison", "", "9"]])
    result = run_batch(path, output=tmp_path / "out", reports=True)
    assert (len(result), len(result.cohort.rejections)) == (0, 1)
    assert result.written[-1] == tmp_path / "out" / "group-report.pdf"
    assert "HMP Lost" in "".join(page.extract_text() for page in PdfReader(result.written[-1]).pages)


def list_tasks_of(tmp_path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> list[ReportTask]:
    path = write_csv(tmp_path / "names.csv", [list(header), *map(list, rows)])
    cohort = gather_cohort(real_standard(), [path], remarks=True, progress=lambda _: None)
    assert not cohort.rejections
    return list(list_tasks(real_standard(), real_standard().id, cohort, date(2026, 11, 1)))


NAMES = [
    "../../etc/passwd", "CON", "a/b\\c:d*e?", "HMP Ŵylfa", "獄中", "…", "x" * 300, "-rf", ".hidden", "new\nline",
    "Straße", "STRASSE", "HMP-A", "HMP A", "HMP_A", "%00", "~", "$HOME", "ﬁle", "file",
]  # fmt: skip


def test_names_of_files_are_safe_and_unique(tmp_path: Path) -> None:
    tasks = list_tasks_of(tmp_path, [[name, "prison", "", "1"] for name in NAMES])
    names = [name for task in tasks for name in task.files]
    assert len({name.lower() for name in names}) == 2 * len(NAMES)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}-[0-9a-f]{12}-(report|plan)\.pdf", name) for name in names)


def test_references_that_differ_a_little_have_files_of_their_own(tmp_path: Path) -> None:
    tasks = list_tasks_of(tmp_path, [["A", "prison", reference, "1"] for reference in ("R 1", "R-1", "R_1", "R  1")])
    assert len({task.stem for task in tasks}) == 4
    assert all(task.stem.startswith("r-1-") for task in tasks)


def test_task_has_the_whole_assessment_as_a_file_has_it(tmp_path: Path) -> None:
    header = [*HEADER, "LEA-01 note", "DIV-06", "DIV-06 note", "POL-01 note"]
    (task,) = list_tasks_of(tmp_path, [["A", "prison", "", "2", "Yes.", "NA", "None.", "Later."]], header)
    assert json.loads(task.assessment)["answers"] == {
        "LEA-01": {"level": 2, "note": "Yes."},
        "DIV-06": {"level": "NA", "reason": "None."},
        "POL-01": {"level": None, "note": "Later."},
    }
    report, plan = make_reports(task)
    assert (report[:5], plan[:5]) == (b"%PDF-", b"%PDF-")


def test_reports_of_another_text_of_the_standard_are_not_made(tmp_path: Path) -> None:
    (task,) = list_tasks_of(tmp_path, [["A", "prison", "", "2"]])
    other = ReportTask(task.name, task.stem, task.assessment, READING_GROUP, task.standard_hash, task.start)
    with pytest.raises(OutputError, match="is another text here than where the batch was started"):
        make_reports(other)


def test_standard_that_a_worker_does_not_have_is_said_in_words_that_arrive(tmp_path: Path) -> None:
    (task,) = list_tasks_of(tmp_path, [["A", "prison", "", "2"]])
    other = ReportTask(task.name, task.stem, task.assessment, tmp_path / "gone", task.standard_hash, task.start)
    with pytest.raises(OutputError, match="gone: is not a standard"):
        make_reports(other)


def test_process_that_is_to_make_reports_leaves_ctrl_c_to_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    ignored: list[object] = []
    monkeypatch.setattr("selfassess.batch.tasks.signal.signal", lambda *what: ignored.extend(what))
    warm_up(real_standard().id, real_standard().hash)
    assert ignored == [signal.SIGINT, signal.SIG_IGN]


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_table_is_a_formula(tmp_path: Path, name: str) -> None:
    header = ["organisation", "kind", "reference", "group", "LEA-01"]
    rows = [["=HYPERLINK(1)", "prison", "@SUM(1)", "-1+2", "1"], ["\t=A", "prison", "+44", "＝1", "0"]]
    run_batch(write_csv(tmp_path / "a.csv", [header, *rows]), output=tmp_path / "out")
    with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.reader(stream))
    assert len(found) > 2
    assert [cell for row in found for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))] == []
    assert {tuple(row[:4]) for row in found[1:]} == {
        ("'=HYPERLINK(1)", "prison", "'@SUM(1)", "'-1+2"),
        ("'=A", "prison", "'+44", "'＝1"),
    }
