"""Files as people have them: within a bound, in UTF-8, with or without a mark at the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.errors import Fault
from selfassess.files.text import MAX_BYTES, read_text


def read(folder: Path, raw: bytes) -> str | Fault:
    path = folder / "file"
    path.write_bytes(raw)
    return read_text(path, "their name")


def test_utf_8_is_read_with_or_without_its_mark(tmp_path: Path) -> None:
    assert read(tmp_path, "ŵ ŷ 🌱".encode()) == read(tmp_path, "ŵ ŷ 🌱".encode("utf-8-sig")) == "ŵ ŷ 🌱"


def test_file_at_the_bound_is_read_and_beyond_it_refused(tmp_path: Path) -> None:
    assert read(tmp_path, b"x" * MAX_BYTES) == "x" * MAX_BYTES
    found = read(tmp_path, b"x" * (MAX_BYTES + 1))
    assert str(found) == "their name: is larger than 4 MB. Split it, or shorten its notes."


def test_endless_file_is_refused_not_read_to_its_end() -> None:
    found = read_text(Path("/dev/zero"), "their name")
    assert str(found) == "their name: is larger than 4 MB. Split it, or shorten its notes."


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("first\nCafé".encode("latin-1"), 2),
        ("first\r\n\r\nCafé".encode("cp1252"), 3),
        ("first".encode("utf-16"), 1),
        (b"one\ntwo\nthree\xc3", 3),
        (b"\xed\xa0\x80", 1),
    ],
)
def test_other_encodings_are_refused_with_the_line(raw: bytes, line: int, tmp_path: Path) -> None:
    assert str(read(tmp_path, raw)) == f"their name:{line}: is not UTF-8 text. Save it as UTF-8."


def test_missing_file_is_told_by_the_name_people_know(tmp_path: Path) -> None:
    found = read_text(tmp_path / "gone", "their name")
    assert str(found).startswith("their name: cannot be read: No such file or directory. Check the name")
