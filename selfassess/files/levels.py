"""The words and numbers by which people give a level."""

from __future__ import annotations

from typing import Any

from selfassess.model.standard import Standard

__all__ = ["canonical_level"]


def canonical_level(given: Any, standard: Standard) -> Any:
    """The code for a level given as a number, a code or a label, in any case; anything else unchanged.

    ``2``, ``"2"``, ``"in place"`` and ``"In place"`` are all ``2``; ``"na"`` and ``"Does not apply"`` are ``"NA"``.
    """
    if not isinstance(given, str):
        return given
    wanted = " ".join(given.split()).casefold()
    if not wanted:
        return None
    for code, label in standard.level_labels.items():
        if wanted in (str(code).casefold(), label.casefold()):
            return code
    return given
