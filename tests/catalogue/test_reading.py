"""The content hash: what a person reads changes it, how the file is laid out does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from selfassess.catalogue import check_standard, load_standard
from selfassess.catalogue.reading import LAYOUT, read_files
from selfassess.files.text import MAX_BYTES
from tests.places import ALLOTMENTS

Edit = Callable[[str], str]


def change(path: Path, edit: Edit) -> None:
    before = path.read_bytes().decode()
    after = edit(before)
    assert after != before
    path.write_bytes(after.encode())


def hash_of(folder: Path) -> str:
    return load_standard(folder).hash


def rewrite_whole_standard(folder: Path, edit: Edit) -> None:
    for path in folder.rglob("*.yaml"):
        change(path, edit)


LAYOUTS: dict[str, Edit] = {
    "comments": lambda text: "# a remark\n" + text.replace("\n", "  # another\n", 1) + "# the last\n",
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old mac line ends": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "blank lines": lambda text: "\n\n" + text + "\n\n",
    "document marks": lambda text: "---\n" + text + "...\n",
    "no last line end": lambda text: text.rstrip("\n"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_changes_accept_and_keep_the_hash(name: str, folder: Path) -> None:
    rewrite_whole_standard(folder, LAYOUTS[name])
    assert check_standard(folder) == []
    assert hash_of(folder) == hash_of(ALLOTMENTS)


FULL, TASTER = "questionnaires/full.yaml", "questionnaires/taster.yaml"

SAME_DATA = {
    "order of keys": (FULL, "id: full\ntitle: The whole site\n", "title: The whole site\nid: full\n"),
    "quotes": (FULL, "title: The whole site", 'title: "The whole site"'),
    "folded text": (FULL, "title: The whole site", "title: >-\n  The whole\n  site"),
    "block list": (TASTER, "[PLT-01, WAT-01]", "\n  - PLT-01\n  - WAT-01"),
    "escaped letter": (FULL, "title: The whole site", 'title: "\\u0054he whole site"'),
}


@pytest.mark.parametrize("name", SAME_DATA)
def test_same_data_written_otherwise_keeps_the_hash(name: str, folder: Path) -> None:
    file, old, new = SAME_DATA[name]
    change(folder / file, lambda text: text.replace(old, new))
    assert hash_of(folder) == hash_of(ALLOTMENTS)


def test_files_that_are_no_data_keep_the_hash(folder: Path) -> None:
    (folder / "CHANGELOG.md").write_text("# 2.1.0\n", encoding="utf-8")
    assert check_standard(folder) == []
    assert hash_of(folder) == hash_of(ALLOTMENTS)


OTHER_DATA = {
    "a word of a practice": ("practices/plots.yaml", "tenancy and holds", "tenancy and keeps"),
    "a capital": ("practices/plots.yaml", "Whoever works", "whoever works"),
    "a full stop": ("practices/plots.yaml", "holds a copy.", "holds a copy"),
    "a tier": ("practices/plots.yaml", "tier: must", "tier: core"),
    "the order of practices": (TASTER, "[PLT-01, WAT-01]", "[WAT-01, PLT-01]"),
    "a mapping's reason": ("practices/plots.yaml", "asks for exactly this", "asks for this"),
    "a locator": ("sources/plot-guide.yaml", '"Guide, 2"', '"Guide, 3"'),
    "a figure": ("survey.yaml", "society: 40}", "society: 41}"),
    "a date": ("rules.yaml", "2026-01-02", "2026-01-03"),
    "a level's label": ("standard.yaml", "label: In leaf", "label: In bud"),
    "a note": ("standard.yaml", "by anybody", "by nobody"),
    "a case study": ("case-studies.yaml", "A tidy site", "A tidy place"),
    "the version": ("standard.yaml", "version: 2.1.0", "version: 2.1.1"),
}


@pytest.mark.parametrize("name", OTHER_DATA)
def test_any_change_of_the_data_changes_the_hash(name: str, folder: Path) -> None:
    file, old, new = OTHER_DATA[name]
    change(folder / file, lambda text: text.replace(old, new, 1))
    assert hash_of(folder) != hash_of(ALLOTMENTS)


def test_hash_is_the_same_wherever_the_folder_is(folder: Path, tmp_path: Path) -> None:
    elsewhere = folder.rename(tmp_path / "another name")
    assert hash_of(elsewhere) == hash_of(ALLOTMENTS)


def test_hash_is_sha256_in_hexadecimal() -> None:
    assert len(hash_of(ALLOTMENTS)) == 64
    assert int(hash_of(ALLOTMENTS), 16) > 0


def test_every_file_of_the_layout_is_read() -> None:
    files = read_files(ALLOTMENTS)
    assert files.faults == []
    assert {type(part.record) for part in files.parts} == set(LAYOUT.values())
    assert len(files.parts) == len(list(ALLOTMENTS.rglob("*.yaml")))


def test_file_beyond_the_bound_is_refused(folder: Path) -> None:
    path = folder / "rules.yaml"
    change(path, lambda text: text + "#" * MAX_BYTES)
    (fault,) = check_standard(folder)
    assert str(fault) == f"{path}: is larger than 4 MB. Split it, or shorten its notes."


def test_editor_leftovers_that_are_not_yaml_are_let_be(folder: Path) -> None:
    for name in ("practices/plots.yaml~", "practices/.plots.yaml.swp", "notes.txt", "survey.json"):
        (folder / name).write_text("anything", encoding="utf-8")
    assert check_standard(folder) == []
