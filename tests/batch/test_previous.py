from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from selfassess.batch import run_batch
from selfassess.batch.previous import Earlier, match_earlier, read_previous
from selfassess.errors import AssessmentError
from selfassess.scoring import Rating
from tests.batch.cohorts import write_csv
from tests.places import READING_GROUP, load_allotments
from tests.test_properties import real_standard

ROWS = [
    ["organisation", "kind", "reference", "date", "LEA-01"],
    ["=HMP “A”, the old", "prison", "@1", "2025-11-03", "2"],
    ["HMP B", "Prison", "", "", ""],
]


def write_batch(folder: Path, ending: str) -> Path:
    run_batch(write_csv(folder / "answers.csv", ROWS), output=folder / "then", format=ending)
    return folder / "then"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_what_a_batch_wrote_is_read_back_as_it_was(tmp_path: Path, ending: str) -> None:
    first, second = read_previous(write_batch(tmp_path, ending), real_standard())
    assert (first.name, first.reference, first.date) == ("=HMP “A”, the old", "@1", date(2025, 11, 3))
    assert (first.met, first.asked, first.rating) == (
        1,
        len(real_standard().asked("full", "prison")),
        Rating.INCOMPLETE,
    )
    assert (second.kind, second.reference, second.date, second.questionnaire) == ("prison", "", None, "full")
    assert (second.score, second.rating) == (0, Rating.NOT_ASSESSED)


def test_both_formats_say_the_same(tmp_path: Path) -> None:
    found = []
    for ending in ("csv", "parquet"):
        (tmp_path / ending).mkdir()
        found.append(read_previous(write_batch(tmp_path / ending, ending), real_standard())[0])
    assert found[0] == found[1]


def test_batch_without_a_row_is_an_earlier_batch_too(tmp_path: Path) -> None:
    run_batch(write_csv(tmp_path / "bad.csv", [ROWS[0], ["A", "school", "", "", ""]]), output=tmp_path / "then")
    assert read_previous(tmp_path / "then", real_standard()) == ()


def test_folder_without_scores_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssessmentError, match=r"holds no scores.csv or scores.parquet. Name a folder"):
        read_previous(tmp_path, real_standard())


def test_folder_that_is_not_there_is_told_from_one_without_scores(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name, problem in (("none", "is not there"), ("file", "is no folder")):
        with pytest.raises(AssessmentError, match=rf"{name}: {problem}\. Name a folder"):
            read_previous(tmp_path / name, real_standard())


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_what_was_provisional_then_is_still_said_to_be(tmp_path: Path, ending: str) -> None:
    asked = [p.id for p in real_standard().asked("quick-check", "prison")]
    rows = [[name, "prison", "quick-check", *[level] * len(asked)] for name, level in (("A", "2"), ("B", ""))]
    path = write_csv(tmp_path / "a.csv", [["organisation", "kind", "questionnaire", *asked], *rows])
    run_batch(path, output=tmp_path / "then", format=ending)
    assert [item.provisional for item in read_previous(tmp_path / "then", real_standard())] == [False, True]


def test_folder_in_which_a_batch_was_interrupted_is_refused_until_it_is_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_batch(tmp_path, "csv")
    with monkeypatch.context() as patch:
        patch.setattr("selfassess.batch.writing._put", fail_at("gaps.csv"))
        with pytest.raises(KeyboardInterrupt):
            write_batch(tmp_path, "csv")
    with pytest.raises(
        AssessmentError, match=r"is incomplete, because a batch was interrupted .* Run that batch again"
    ):
        read_previous(folder, real_standard())
    write_batch(tmp_path, "csv")
    assert len(read_previous(folder, real_standard())) == 2


def fail_at(name: str) -> Callable[[Path, Path | None], None]:
    """What moves files, and is interrupted at one of them."""

    def put(target: Path, whole: Path | None) -> None:
        if target.name == name:
            raise KeyboardInterrupt
        if whole:
            whole.replace(target)

    return put


@pytest.mark.parametrize("content", ["", "organisation,kind\nA,prison\n", "\0\0", '"'])
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_what_is_no_table_of_scores_is_refused(tmp_path: Path, content: str, ending: str) -> None:
    (tmp_path / f"scores.{ending}").write_text(content, "utf-8")
    with pytest.raises(AssessmentError, match=rf"scores.{ending}: is no table of scores"):
        read_previous(tmp_path, real_standard())


@pytest.mark.parametrize(
    "cell", ["rating", "date", "asked", "provisional", "organisation", "kind", "questionnaire", "version"]
)
def test_table_with_a_cell_that_is_none_of_ours_is_refused(tmp_path: Path, cell: str) -> None:
    folder = write_batch(tmp_path, "csv")
    frame = pl.read_csv(folder / "scores.csv", infer_schema=False)
    worse = "" if cell in {"organisation", "kind", "questionnaire", "version"} else "soon"
    frame.with_columns(pl.lit(worse or None, pl.String).alias(cell)).write_csv(folder / "scores.csv")
    with pytest.raises(AssessmentError, match=r"scores.csv: is no table of scores"):
        read_previous(folder, real_standard())


def test_batch_of_another_standard_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "books.csv", [["organisation", "kind", "BK-01"], ["Us", "group", "2"]])
    run_batch(path, standard=READING_GROUP, output=tmp_path / "then")
    with pytest.raises(AssessmentError, match="holds scores of “reading-group”, not of “allotment-society”"):
        read_previous(tmp_path / "then", load_allotments())


def earlier(name: str, reference: str = "", kind: str = "prison") -> Earlier:
    return Earlier(name, kind, reference, None, "full", "1.0.0", 10, 5, 50.0, Rating.DEVELOPING)


KNOWN = {"A": earlier("HMP A", "R1"), "B": earlier("HMP B"), "C": earlier("HMP C", "R3")}


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (("HMP A", "prison", "R1"), "A"),
        (("Renamed", "prison", "r1"), "A"),
        (("HMP A", "prison", ""), "A"),
        (("hmp  a ", "prison", ""), "A"),
        (("HMP B", "prison", "R2"), "B"),
        (("HMP A", "prison", "R9"), None),
        (("HMP A", "voluntary_organisation", "R1"), None),
        (("HMP B", "voluntary_organisation", ""), None),
        (("HMP D", "prison", ""), None),
    ],
)
def test_organisation_is_known_again_by_reference_or_else_by_name(
    named: tuple[str, str, str], expected: str | None
) -> None:
    found, left = match_earlier([named], KNOWN.values())
    assert found == [KNOWN[expected] if expected else None]
    assert left == [item for item in KNOWN.values() if item is not found[0]]


def test_name_that_two_had_earlier_tells_nothing() -> None:
    twins = [earlier("HMP A", "R1"), earlier("HMP A", "R2")]
    assert match_earlier([("HMP A", "prison", "")], twins) == ([None], twins)


def test_nobody_gets_the_entry_that_another_has_by_reference() -> None:
    now = [("Renamed", "prison", "R1"), ("HMP A", "prison", "")]
    assert match_earlier(now, [KNOWN["A"]]) == ([KNOWN["A"], None], [])


def test_equal_entries_are_told_apart() -> None:
    same = earlier("HMP A", "R1")
    other = replace(same, reference="R2")
    assert match_earlier([("x", "prison", "R2")], [same, other]) == ([other], [same])
