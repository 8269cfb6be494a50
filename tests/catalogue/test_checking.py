"""One deliberately broken file for each kind of authoring mistake.

A folder of ``data/broken`` is laid over a copy of the allotment society's standard; ``removed.txt`` there names files
to take away, and ``expected.txt`` holds every line that ``selfassess check`` must then print, word for word.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfassess.catalogue import check_standard, load_standard
from selfassess.errors import StandardError
from tests.places import ALLOTMENTS, DATA, READING_GROUP

CASES = sorted(path for path in (DATA / "broken").iterdir() if path.is_dir())
FEWEST = 130
MOST_LINES_CHANGED = 4
WITHOUT_LINE = {
    "file-empty",
    "file-in-capitals",
    "file-in-wrong-folder",
    "file-misnamed",
    "file-of-comments",
    "file-stray",
    "folder-in-place-of-a-file",
    "practices-missing",
    "questionnaire-full-missing",
    "questionnaires-missing",
    "sources-missing",
}
"""Where a file is missing, empty, unreadable or not wanted, so that no line can be named."""

INSTRUCTIONS = ("expected.txt", "removed.txt")


def read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def overlays(case: Path) -> Iterator[Path]:
    for path in case.rglob("*"):
        if path.is_file() and path.name not in INSTRUCTIONS:
            yield path.relative_to(case)


def spoil(folder: Path, case: Path) -> None:
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*INSTRUCTIONS))
    for name in read_lines(case / "removed.txt"):
        (folder / name).unlink()


def test_broken_cases_are_collected() -> None:
    assert len(CASES) >= FEWEST


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_mistake_is_told_word_for_word(case: Path, folder: Path) -> None:
    spoil(folder, case)
    told = [str(fault).replace(f"{folder}/", "").replace(str(folder), folder.name) for fault in check_standard(folder)]
    assert told == read_lines(case / "expected.txt")
    assert told


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_mistake_keeps_standard_from_loading_with_line_and_remedy(case: Path, folder: Path) -> None:
    spoil(folder, case)
    with pytest.raises(StandardError) as caught:
        load_standard(folder)
    assert len(caught.value.faults) == len(read_lines(case / "expected.txt"))
    for fault in caught.value.faults:
        assert fault.file.startswith(str(folder))
        assert fault.problem
        assert fault.remedy
        assert (fault.line > 0) == (case.name not in WITHOUT_LINE)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_broken_file_differs_from_the_sound_one_in_few_lines(case: Path) -> None:
    """Else the mistake would be hard to see, or the sound file has changed since."""
    for name in overlays(case):
        broken, sound = (case / name).read_bytes(), ALLOTMENTS / name
        if sound.exists():
            lines = sound.read_bytes().splitlines()
            changes = difflib.SequenceMatcher(None, lines, broken.splitlines()).get_opcodes()
            changed = sum(max(j - i, m - k) for tag, i, j, k, m in changes if tag != "equal")
            assert 0 < changed <= MOST_LINES_CHANGED


def test_every_case_lays_something_over_or_takes_something_away() -> None:
    assert [case.name for case in CASES if not list(overlays(case)) and not read_lines(case / "removed.txt")] == []


def test_standard_without_mistakes_has_no_faults(folder: Path) -> None:
    assert check_standard(folder) == []
    assert check_standard(READING_GROUP) == []


def test_retired_practice_keeps_its_survey_row_for_the_record(folder: Path) -> None:
    path = folder / "practices" / "members.yaml"
    path.write_text(path.read_text("utf-8").replace("    retired:", "    survey_row: R1\n    retired:"), "utf-8")
    assert check_standard(folder) == []


def test_faults_of_one_file_hide_those_that_only_follow_from_them(folder: Path) -> None:
    """A slip in the practices must not show as questionnaires that name practices which do not exist."""
    spoil(folder, DATA / "broken" / "tier-unknown")
    spoil(folder, DATA / "broken" / "part-alone")
    assert [fault.place for fault in check_standard(folder)] == ["PLT-01, tier"]


def test_many_faults_are_told_in_the_order_of_files_and_lines(folder: Path) -> None:
    for name in ("rule-twice", "mapping-to-unknown-source", "mapping-twice", "partly-encoded-without-note"):
        spoil(folder, DATA / "broken" / name)
    where = [(fault.file, fault.line) for fault in check_standard(folder)]
    assert where == sorted(where)
    assert len(where) == 4


def test_messages_hold_no_pattern_or_name_of_a_program() -> None:
    told = "\n".join(line for case in CASES for line in read_lines(case / "expected.txt"))
    assert not re.search(r"\^\[|\\|pydantic|Input should|NoneType|traceback|token|scalar", told.replace("C:\\", ""))
