"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import TypeVar

from selfassess.errors import OutputError

__all__ = ["choose_format", "write_atomically"]

T = TypeVar("T")

_READABLE = 0o666


def choose_format(path: Path, formats: Mapping[str, T]) -> T:
    """What belongs to a path's ending, in either case of letters.

    Raises:
        OutputError: The ending is none of the formats.
    """
    try:
        return formats[path.suffix.lower()]
    except KeyError:
        allowed = " or ".join(formats)
        raise OutputError(f"{path} has no ending that can be written here: use {allowed}") from None


def write_atomically(path: Path, make: Callable[[], bytes]) -> Path:
    """Write what is made; on any failure the file stays as it was.

    Args:
        path: The file, in a folder that is there.
        make: Gives the content; called once it is known that the folder can be written.

    Raises:
        OutputError: The folder is missing, or nothing can be written there.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder: name a file in it")
    if not path.parent.is_dir():
        raise OutputError(f"{path} cannot be written, because the folder {path.parent} is not there: make it first")
    try:
        handle, name = mkstemp(dir=path.parent, prefix=f".{path.stem[:50]}-", suffix=".part")
    except OSError as error:
        raise _refusal(path, error) from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            content = make()
            stream.write(content)
        draft.chmod(_READABLE & ~_umask())
        draft.replace(path)
    except BaseException as error:
        with suppress(OSError):
            draft.unlink()
        if isinstance(error, OSError) and not isinstance(error, OutputError):
            raise _refusal(path, error) from error
        raise
    return path


def _refusal(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path} cannot be written ({error.strerror or error}): choose a folder that you may write to")


def _umask() -> int:
    """The permissions that a new file must not have; reading them means setting them for a moment."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
