from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from selfassess.batch import run_batch
from tests.batch.cohorts import write_csv, write_xlsx

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_any_mix_of_files_and_folders_is_one_batch(tmp_path: Path) -> None:
    header = ["organisation", "kind", "LEA-01"]
    (tmp_path / "folder").mkdir()
    write_csv(tmp_path / "folder" / "a.csv", [header, ["A", "prison", 1]])
    write_xlsx(tmp_path / "folder" / "b.xlsx", [header, ["B", "prison", 2]])
    result = run_batch([EXAMPLES / "hmp-example.yaml", str(tmp_path / "folder")])
    assert result.faults == ()
    assert result.scores["organisation"].to_list() == ["HMP Example", "A", "B"]
    assert (len(result), repr(result)) == (3, "<BatchResult of prison-volunteering: 3 scored, 0 rejected>")


def test_file_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("standard: [")
    (tmp_path / "notes.docx").touch()
    write_csv(tmp_path / "a.csv", [["organisation", "kind", "LEA-01"], ["A", "prison", 1]])
    result = run_batch([tmp_path, tmp_path / "none.csv"])
    assert len(result) == 1
    assert [Path(fault.file).name for fault in result.faults] == ["broken.yaml", "notes.docx", "none.csv"]
    assert result.rejected["file"].n_unique() == 3


def test_rows_under_a_wrong_header_are_all_kept(tmp_path: Path) -> None:
    rows = [["Organisation", "kind", "LEA-1"], ["A", "prison", "1"], [], ["B", "prison", "2", "more"]]
    result = run_batch(write_csv(tmp_path / "a.csv", rows))
    assert (len(result), len(result.faults)) == (0, 2)
    rejected = result.rejected
    assert rejected.select("row", "organisation").rows() == [(1, ""), (2, "A"), (4, "B")]
    assert rejected["reasons"][1].startswith("Not scored, because of the names of the columns: LEA-1 is no column")
    assert rejected.select("LEA-1", "column 4").rows()[1:] == [("1", ""), ("2", "more")]


def test_columns_of_different_files_stand_side_by_side(tmp_path: Path) -> None:
    first = write_csv(tmp_path / "a.csv", [["organisation", "kind", "LEA-01"], ["A", "prison", "9"]])
    second = write_csv(tmp_path / "b.csv", [["kind", "LEA-02", "organisation"], ["prison", "9", "B"]])
    assert run_batch([first, second]).rejected.drop("file", "reasons").rows(named=True) == [
        {"row": 2, "organisation": "A", "kind": "prison", "LEA-01": "9", "LEA-02": ""},
        {"row": 2, "organisation": "B", "kind": "prison", "LEA-01": "", "LEA-02": "9"},
    ]


def test_standard_may_be_given_by_its_folder(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["organisation", "kind", "LEA-01"], ["A", "prison", 1]])
    folder = Path(__file__).parents[2] / "standards" / "prison-volunteering"
    assert run_batch(path, standard=folder).scores.equals(run_batch(path).scores)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "xlsx"}, "format is 'xlsx'; use one of csv, parquet"),
        ({"tables": ("scores", "totals")}, "no table is called 'totals'; use some of scores, themes, gaps, readiness"),
        ({"reports": True}, "reports need an output folder"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run_batch([], **options)  # type: ignore[arg-type]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    path = write_csv(tmp_path / "a.csv", [["organisation", "kind", "LEA-01"], ["A", "prison", 1]])
    run_batch([path], output=tmp_path / "out", progress=lambda *what: told.append(what))
    assert told == [("Reading", 1, 1), *(("Writing tables", at, 4) for at in range(1, 5))]


def test_tables_are_polars_frames() -> None:
    result = run_batch(EXAMPLES / "cohort.csv")
    tables = (result.scores, result.themes, result.gaps, result.readiness, result.rejected)
    assert all(isinstance(table, pl.DataFrame) for table in tables)
    assert [table.height for table in tables] == [36, 36 * 13, tables[2].height, 36 * 144, 0]
    assert result.scores["gaps"].sum() == result.gaps.height


class Stream:
    """All that a library without Polars sees of a table: a stream of Arrow."""

    def __init__(self, table: pl.DataFrame) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("name", ["scores", "themes", "gaps", "readiness", "rejected"])
def test_tables_go_to_other_libraries_by_way_of_arrow(tmp_path: Path, name: str) -> None:
    bad = write_csv(tmp_path / "bad.csv", [["organisation", "kind", "LEA-01"], ["A", "prison", "9"]])
    table = getattr(run_batch([EXAMPLES / "cohort.csv", bad]), name)
    taken = pl.DataFrame(Stream(table))
    assert taken.height
    assert taken.equals(table)
    assert taken.schema == table.schema
