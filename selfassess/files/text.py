"""Text files as people have them, read within a bound."""

from __future__ import annotations

from pathlib import Path

from selfassess.errors import Fault

__all__ = ["MAX_BYTES", "read_text"]

MAX_BYTES = 4_000_000
"""The largest file that is read: some forty times the largest assessment with a long note each."""


def read_text(path: Path, shown_as: str) -> str | Fault:
    """The text of a UTF-8 file, or the fault that kept it from being read.

    Args:
        path: The file.
        shown_as: The name by which the person knows the file.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return Fault(
            shown_as,
            0,
            "",
            f"cannot be read: {error.strerror}",
            "Check the name and that you may open it",
        )
    if len(raw) > MAX_BYTES:
        return Fault(
            shown_as,
            0,
            "",
            f"is larger than {MAX_BYTES // 1_000_000} MB",
            "Split it, or shorten its notes",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Fault(shown_as, line, "", "is not UTF-8 text", "Save it as UTF-8")
