from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.batch import run_batch
from selfassess.batch.writing import OutputFolder, disarm, is_incomplete
from selfassess.errors import OutputError
from tests.batch.cohorts import write_csv

HEADER = ["organisation", "kind", "reference", "group", "LEA-01"]

EVIL = ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("https://example.org","x")', "-x"]

FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_that_was_typed_becomes_a_formula(tmp_path: Path, evil: str) -> None:
    typed = f"x{evil}" if evil[0] in "\t\r" else evil
    rows = [[typed, "prison", typed, typed, "2"], [f"{typed}b", "prison", evil, evil, evil]]
    result = run_batch(write_csv(tmp_path / "a.csv", [HEADER, *rows]), output=tmp_path / "out")
    for path in result.written:
        for row in read(path):
            assert [cell for cell in row if cell.startswith(FORMULA) and not is_number(cell)] == []
    assert result.scores["organisation"].to_list() == [typed.strip()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12))
def test_what_was_typed_can_be_had_back(tmp_path: Path, text: str) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, [f"{text}.", "prison", "", "", "9"]])
    result = run_batch(path, output=tmp_path / "out")
    name = result.rejected["organisation"][0]
    assert name == f"{text}.".strip()
    written = read(tmp_path / "out" / "rejected.csv")[1][2]
    assert written in (name, f"'{name}")
    assert not written.startswith(FORMULA)


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    run_batch(write_csv(tmp_path / "a.csv", [HEADER, ["A", "prison", "", "", "1"]]), output=tmp_path / "out")
    frame = pl.read_csv(tmp_path / "out" / "scores.csv")
    assert frame["score"].dtype == pl.Float64
    assert frame["level_1"].to_list() == [1]
    assert frame["provisional"].to_list() == [True]


def test_disarming_leaves_harmless_text_alone() -> None:
    frame = pl.DataFrame({"a": ["=1", "a=1", "", None], "b": [-1, 2, 3, None]})
    assert disarm(frame).rows() == [("'=1", -1), ("a=1", 2), ("", 3), (None, None)]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_tables_hold_what_the_result_holds(tmp_path: Path, ending: str) -> None:
    rows = [[f"HMP ŵ {n}", "prison", f"R{n}", "", str(n % 4)] for n in range(30)]
    result = run_batch(write_csv(tmp_path / "a.csv", [HEADER, *rows]), output=tmp_path / "out", format=ending)
    for name in ("scores", "themes", "gaps", "readiness"):
        table: pl.DataFrame = getattr(result, name)
        path = tmp_path / "out" / f"{name}.{ending}"
        found = pl.read_parquet(path) if ending == "parquet" else pl.read_csv(path, schema=table.schema)
        assert found.equals(table)


def test_large_tables_are_written_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.batch.result.PART_ROWS", 7)
    rows = [[f"HMP {n}", "prison", f"R{n}", "", str(n % 4)] for n in range(30)]
    path = write_csv(tmp_path / "a.csv", [HEADER, *rows])
    for ending in ("csv", "parquet"):
        result = run_batch(path, output=tmp_path / "out", format=ending)
        written = tmp_path / "out" / f"gaps.{ending}"
        found = pl.read_parquet(written) if ending == "parquet" else pl.read_csv(written, schema=result.gaps.schema)
        assert found.equals(result.gaps)


def test_batch_without_organisations_has_tables_with_columns_only(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER])
    for ending in ("csv", "parquet"):
        result = run_batch(path, output=tmp_path / "out", format=ending)
        assert [file.stat().st_size > 50 for file in result.written[:4]] == [True] * 4
        assert read(tmp_path / "out" / "rejected.csv") == [["file", "row", "organisation", "reasons"]]


def test_table_of_an_earlier_run_does_not_stay_beside_the_new_one(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, ["A", "prison", "", "", "1"]])
    run_batch(path, output=tmp_path / "out")
    run_batch(path, output=tmp_path / "out", format="parquet", tables=("scores",))
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["rejected.csv", "scores.parquet"]


def test_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")

    def write_half(folder: OutputFolder) -> None:
        with folder.replace("a.txt") as partial:
            partial.write_text("half")
            raise KeyboardInterrupt

    with OutputFolder(tmp_path) as folder:
        with pytest.raises(KeyboardInterrupt):
            write_half(folder)
        assert (tmp_path / "a.txt").read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".partial").mkdir()
    (tmp_path / ".partial" / "1-scores.csv").touch()
    with OutputFolder(tmp_path) as folder, folder.replace("a.txt") as partial:
        partial.touch()
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "none" / "out", tmp_path / "file"):
        with pytest.raises(OutputError, match="cannot be written to"):
            OutputFolder(path)


def test_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").mkdir()

    def write(folder: OutputFolder) -> None:
        with folder.replace("scores.csv") as partial:
            partial.touch()

    with OutputFolder(tmp_path) as folder, pytest.raises(OutputError, match=r"scores\.csv cannot be written"):
        write(folder)


def test_tables_take_their_places_together(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("old")

    def write_first(folder: OutputFolder) -> None:
        with folder.together():
            with folder.replace("a.txt") as partial:
                partial.write_text("new")
            folder.remove("b.txt")
            raise KeyboardInterrupt

    with OutputFolder(tmp_path) as folder:
        with pytest.raises(KeyboardInterrupt):
            write_first(folder)
        assert [(tmp_path / name).read_text() for name in ("a.txt", "b.txt")] == ["old", "old"]
        with folder.together(), folder.replace("a.txt") as partial:
            partial.write_text("new")
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"a.txt": "new", "b.txt": "old"}


def test_folder_whose_tables_could_not_all_be_moved_says_so(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").mkdir()

    def write(folder: OutputFolder) -> None:
        with folder.together(), folder.replace("scores.csv") as partial:
            partial.touch()

    with OutputFolder(tmp_path) as folder, pytest.raises(OutputError, match=r"scores\.csv cannot be written"):
        write(folder)
    assert is_incomplete(tmp_path)
