from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.batch import run_batch
from selfassess.batch.delimited import MAX_RECORD_BYTES, DelimitedFile
from selfassess.batch.gathering import gather_cohort
from selfassess.errors import AssessmentError
from tests.batch.cohorts import write_csv
from tests.test_properties import real_standard

TABLE = [["organisation", "kind", "LEA-01"], ["HMP Ynys Môn ŵ’s", "prison", "2"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_table_is_read_however_it_was_saved(tmp_path: Path, separator: str, encoding: str) -> None:
    path = write_csv(tmp_path / "a.csv", TABLE, separator, encoding)
    if encoding == "utf-16-le":
        path.write_bytes("\ufeff".encode(encoding) + path.read_bytes())
    assert run_batch(path).scores["organisation"].to_list() == ["HMP Ynys Môn ŵ’s"]


def test_table_of_an_old_excel_is_read(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [TABLE[0], ["HMP Dún’s €", "prison", "2"]], ";", "cp1252")
    assert run_batch(path).scores["organisation"].to_list() == ["HMP Dún’s €"]


def test_letters_late_in_a_long_file_decide_its_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.batch.delimited.CHUNK_BYTES", 64)
    rows = [*([f"HMP {n}", "prison", "2"] for n in range(20)), ["HMP é", "prison", "2"], ["HMP Œ", "prison", "2"]]
    for encoding in ("cp1252", "utf-8"):
        path = write_csv(tmp_path / "a.csv", [TABLE[0], *rows], encoding=encoding)
        assert run_batch(path).scores["organisation"].to_list()[-2:] == ["HMP é", "HMP Œ"]


def test_line_that_only_says_what_separates_cells_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\norganisation;kind;LEA-01\nA, B;prison;7\n")
    (fault,) = run_batch(path).faults
    assert (fault.line, fault.place) == (3, "LEA-01")


def test_empty_rows_before_the_header_count_as_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n,,\norganisation,kind,LEA-01\nA,prison,7\n")
    assert run_batch(path).faults[0].line == 4


def test_header_may_be_written_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('organisation,"kind\n","LEA-01\n"\nA,prison,2\n')
    assert run_batch(path).scores["met"].to_list() == [1]


def test_lines_may_end_as_they_did_of_old(tmp_path: Path) -> None:
    assert len(run_batch(write_csv(tmp_path / "a.csv", TABLE, end="\r"))) == 1


def test_last_row_may_lack_its_line_break(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("organisation,kind,LEA-01\nA,prison,2\nB,prison,3")
    assert run_batch(path).scores["level_3"].to_list() == [0, 1]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"PK\x03\x04\0\0\0", "is no text"),
        (b"organisation,kind,LEA-01\n\x81\x8d,prison,1\n", "is neither UTF-8 nor Windows-1252 text"),
        (b"\xff\xfeo\0r", "is no"),
    ],
)
def test_file_that_is_no_table_is_named(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    result = run_batch(path)
    assert len(result) == 0
    assert str(result.faults[0]).startswith(f"{path}: {problem}")


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssessmentError, match="cannot be read: No such file"):
        DelimitedFile(tmp_path / "none.csv", "none.csv")


def test_quotation_mark_that_is_never_closed_takes_no_rows_before_it_and_loses_none_after(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rest = "x,prison,2\n" * 20_000
    path.write_text(f'organisation,kind,LEA-01\nA,prison,2\n"B,prison,2\n{rest}')
    result = run_batch(path)
    assert result.scores["organisation"].to_list() == ["A"]
    assert [(fault.line, fault.problem) for fault in result.faults] == [(3, "has 1 cell where the header has 3")]
    assert result.rejected["organisation"][0] == f"B,prison,2\n{rest}".rstrip()


def test_cell_without_end_is_a_fault_of_the_file_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'organisation,kind,LEA-01\nA,prison,2\n"B,prison,2\n{"x" * MAX_RECORD_BYTES}')
    result = run_batch(path)
    (fault,) = result.faults
    assert fault.line == 3
    assert fault.problem.endswith("is longer than 16,000,000 characters, so that no row of the file was read")
    assert len(result) == 0


def test_rows_before_a_cell_without_end_are_not_scored_either(tmp_path: Path) -> None:
    path, other = tmp_path / "a.csv", write_csv(tmp_path / "b.csv", TABLE)
    rows = "".join(f"HMP {n},prison,{n % 5}\n" for n in range(200))
    path.write_text(f'organisation,kind,LEA-01\n{rows}"B,prison,2\n{"x" * MAX_RECORD_BYTES}')
    result = run_batch([path, other])
    assert result.scores["organisation"].to_list() == ["HMP Ynys Môn ŵ’s"]
    assert [(item.file, item.is_whole_file) for item in result.cohort.rejections] == [(str(path), True)]


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_row_with_a_nul_is_rejected_and_the_others_are_scored(tmp_path: Path, place: int) -> None:
    header = [*TABLE[0], "LEA-01 note"]
    row = ["HMP B", "prison", "2", "Fine."]
    row[place] += "\0"
    path = write_csv(tmp_path / "a.csv", [header, ["HMP A", "prison", "2", ""], row, ["HMP C", "prison", "1", ""]])
    result = run_batch(path)
    assert result.scores["organisation"].to_list() == ["HMP A", "HMP C"]
    assert [(fault.line, fault.place, fault.problem) for fault in result.faults] == [
        (3, header[place], "holds a NUL character, which no text has")
    ]
    assert result.rejected[header[place]][0] == row[place].replace("\0", "\ufffd")


def test_decimals_after_a_comma_are_read_as_those_after_a_point(tmp_path: Path) -> None:
    rows = [["A", "prison", "2,0"], ["B", "prison", " 3,00 "], ["C", "prison", "2,5"]]
    result = run_batch(write_csv(tmp_path / "a.csv", [TABLE[0], *rows], ";"))
    assert (result.scores["level_2"].to_list(), result.scores["level_3"].to_list()) == ([1, 0], [0, 1])
    assert [fault.problem for fault in result.faults] == ["says “2,5”, which is no level"]


LONG = "x" * 140_000
"""More than the module csv takes by itself."""


@pytest.mark.parametrize(
    ("row", "scored", "problem"),
    [
        (f"A,prison,1,{LONG}", 2, None),
        (f'A,prison,1,"{LONG}"', 2, None),
        (f"A,prison,9,{LONG}", 1, "says “9”, which is no level"),
        (f"{LONG},prison,1,", 1, "is longer than 300 characters"),
        (f"A,{LONG},1,", 1, "says “xxx"),
    ],
    ids=["note", "quoted", "note-and-fault", "name", "kind"],
)
@pytest.mark.parametrize("remarks", [False, True])
def test_long_cell_is_read_like_any_other(
    tmp_path: Path, row: str, scored: int, problem: str | None, *, remarks: bool
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"organisation,kind,LEA-01,LEA-01 note\n{row}\nB,prison,1,\n")
    found = gather_cohort(real_standard(), [path], remarks=remarks, progress=lambda _: None)
    assert len(found.codes) == scored
    assert [fault.problem.startswith(problem or "?") for item in found.rejections for fault in item.faults] == (
        [True] if problem else []
    )
    assert all(LONG in item.cells for item in found.rejections)


def test_long_name_of_a_column_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"organisation,kind,LEA-01,{LONG}\nA,prison,1,\n")
    assert run_batch(path).faults[0].problem == "is no column of an assessment"


def test_row_longer_than_a_piece_is_read_letter_by_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.batch.delimited.CHUNK_BYTES", 100)
    monkeypatch.setattr("selfassess.batch.delimited.MAX_RECORD_BYTES", 200)
    path = tmp_path / "a.csv"
    path.write_text(f"organisation,kind,LEA-01,LEA-01 note\nA,prison,1,{'x' * 1000}\nB,prison,2,\n")
    result = run_batch(path)
    assert result.faults == ()
    assert result.scores["organisation"].to_list() == ["A", "B"]
