"""Where the standards are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

from selfassess.errors import Fault, StandardError

__all__ = ["HEAD_FILE", "StandardName", "find_standards", "locate_standard"]

HEAD_FILE = "standard.yaml"

StandardName = str | Path
"""The id of a standard that comes with the library, or the folder of any standard."""


def _home() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "standards"
    return installed if installed.is_dir() else package.parent / "standards"


def find_standards() -> list[str]:
    """The ids of the standards that come with the library, sorted."""
    return sorted(head.parent.name for head in _home().glob(f"*/{HEAD_FILE}"))


def locate_standard(name: StandardName) -> Path:
    """The folder of a standard.

    Args:
        name: An id of ``find_standards()``, or a path to a folder.

    Raises:
        StandardError: There is no such standard.
    """
    if isinstance(name, str) and name in find_standards():
        return _home() / name
    folder = Path(name)
    if (folder / HEAD_FILE).is_file():
        return folder
    known = ", ".join(find_standards())
    remedy = f"Name one of: {known}; or a folder that holds {HEAD_FILE}"
    raise StandardError([Fault("", 0, str(name), "is not a standard", remedy)])
