"""Which files are meant by what a person names: files, and folders of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["ENDINGS", "LINES", "SINGLE", "expand_paths"]

LINES = (".jsonl", ".ndjson")
"""Files with an assessment on each line."""

SINGLE = (".yaml", ".yml", ".json")
"""Files of one assessment; ``.xlsx`` may be one too."""

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", *LINES, *SINGLE)
"""What can be read."""

_LITTER = frozenset({"thumbs.db", "desktop.ini"})


def expand_paths(paths: Iterable[str | Path], leave_out: Path | None = None) -> list[Path]:
    """Every file once, in the order named; those of a folder by name, in its subfolders too.

    Args:
        paths: Files and folders. A folder without files, or that cannot be opened, is kept as it is, so that whoever
            reads it can say so.
        leave_out: A folder that is not looked into, because it holds what an earlier run wrote.
    """
    found: dict[Path, Path] = {}
    for path in map(Path, paths):
        for file in (sorted(_walk(path, leave_out)) or [path]) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _walk(folder: Path, leave_out: Path | None) -> Iterator[Path]:
    try:
        entries = list(folder.iterdir())
    except OSError:
        yield folder
        return
    for path in entries:
        if _is_litter(path.name) or path.resolve() == (leave_out and leave_out.resolve()):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, leave_out)
        elif path.is_file():
            yield path


def _is_litter(name: str) -> bool:
    """What programs leave in folders: hidden files, locks and pictures of the folder."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER
