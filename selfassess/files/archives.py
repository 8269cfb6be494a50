"""Opening the ZIP archive that a workbook is, so that no archive can cost more than the bounds below.

What follows reads only the parts returned here, never the file again: whatever was checked is what is read.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import NoReturn

from selfassess.errors import AssessmentError, Fault

__all__ = ["MAX_FILE_BYTES", "MAX_UNPACKED_BYTES", "open_archive", "refuse"]

MAX_FILE_BYTES = 20_000_000
"""The largest workbook that is opened: 5,000 organisations with a note on every practice take about half."""

MAX_UNPACKED_BYTES = 100_000_000
"""The most that all XML of a workbook may come to."""

MAX_RATIO = 200
"""How far a workbook may unpack; sheets of equal rows reach 50, zip bombs 1,000."""

MAX_PARTS = 1_000

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENTRY_MARK = b"PK\x01\x02"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1

_DAMAGED = "cannot be read as a workbook"
_SAVE_AGAIN = "Open it in Excel or LibreOffice and save it again as .xlsx"
_TOO_LARGE = "Split it, save it as .csv, or clear rows and sheets that are not needed"
_COPY_VALUES = "Copy its cells as values into a new workbook"
_NO_MACROS = "Save it as .xlsx, which holds none"

_FORBIDDEN = {
    "vbaproject": ("holds macros", _NO_MACROS),
    "macrosheets/": ("holds macros", _NO_MACROS),
    "activex/": ("holds active controls", _COPY_VALUES),
    "externallinks/": ("takes values from other workbooks", _COPY_VALUES),
    "connections.xml": ("takes values from outside", _COPY_VALUES),
    "querytables/": ("takes values from outside", _COPY_VALUES),
    "embeddings/": ("has other files embedded in it", "Remove the embedded files"),
}
"""Parts that no table of answers needs, by a piece of their names in lower case."""


def refuse(shown_as: str, problem: str, remedy: str, place: str = "") -> NoReturn:
    """Refuse a workbook with one fault."""
    raise AssessmentError([Fault(shown_as, 0, place, problem, remedy)])


def open_archive(path: Path, shown_as: str) -> dict[str, bytes]:
    """The XML parts of a workbook by name; pictures, printer settings and the like are left out.

    Args:
        path: The file.
        shown_as: The name by which the person knows the file.

    Raises:
        AssessmentError: The file is no ``.xlsx`` workbook, or goes beyond a bound.
    """
    raw = _read_file(path, shown_as)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            _check_entries(archive.infolist(), len(raw), shown_as)
            return {entry.filename: archive.read(entry) for entry in archive.infolist() if _is_xml(entry)}
    except AssessmentError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        refuse(shown_as, _DAMAGED, _SAVE_AGAIN)


def _read_file(path: Path, shown_as: str) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        refuse(shown_as, f"cannot be read: {error.strerror}", "Check the name and that you may open it")
    if len(raw) > MAX_FILE_BYTES:
        refuse(shown_as, f"is larger than {MAX_FILE_BYTES // 1_000_000} MB", _TOO_LARGE)
    if raw.startswith(_OLD_OR_LOCKED):
        remedy = "Save it as .xlsx without a password"
        refuse(shown_as, "is an old .xls workbook, or is locked with a password", remedy)
    # Counted before the archive is opened, because opening it makes an object of every entry.
    if raw.count(_ENTRY_MARK) > MAX_PARTS:
        refuse(shown_as, f"has more than {MAX_PARTS} parts", _SAVE_AGAIN)
    return raw


def _check_entries(entries: list[zipfile.ZipInfo], size: int, shown_as: str) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * size:
        refuse(shown_as, f"unpacks to {max(unpacked // 1_000_000, 1):,} MB", _TOO_LARGE)
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names) or any(map(_is_odd, names)):
        refuse(shown_as, "has parts with names that no workbook has", _SAVE_AGAIN)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        refuse(shown_as, "is locked with a password", "Save it without a password")
    if any(entry.compress_type not in _METHODS for entry in entries):
        refuse(shown_as, _DAMAGED, _SAVE_AGAIN)
    for piece, (problem, remedy) in _FORBIDDEN.items():
        if any(piece in name for name in names):
            refuse(shown_as, problem, remedy)


def _is_odd(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.casefold().endswith((".xml", ".rels"))
