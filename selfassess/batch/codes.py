"""Answers as small whole numbers, so that those of many organisations make one matrix.

The codes 0 to 3 are the levels; the others follow them. A matrix of codes has one row for each organisation and one
column for each practice of the standard, retired ones included, in the standard's order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfassess.files.levels import canonical_level
from selfassess.model.answer import DK, NA
from selfassess.model.standard import Standard

__all__ = [
    "ANSWERED",
    "CODE_OF",
    "DK_CODE",
    "NA_CODE",
    "NOT_ANSWERED",
    "NOT_ASKED",
    "UNREADABLE",
    "Codes",
    "Flags",
    "asked_masks",
    "decode_cell",
    "read_level",
    "spellings",
]

Codes = NDArray[np.int8]
"""One row for each organisation, one column for each practice."""

Flags = NDArray[np.bool_]
"""Something that is so or not, for each row, or for each cell."""

NA_CODE, DK_CODE, NOT_ANSWERED, NOT_ASKED = 4, 5, 6, 7

UNREADABLE = -1
"""A cell that holds something, but no level as far as could be told."""

CODE_OF: dict[object, int] = {0: 0, 1: 1, 2: 2, 3: 3, NA: NA_CODE, DK: DK_CODE, None: NOT_ANSWERED}

_WHOLE = re.compile(r"([0-3])[.,]0*")
"""A whole number with decimals, after a point or a comma."""

ANSWERED = frozenset({0, 1, 2, 3, DK_CODE})
"""What an organisation may say only of a practice that it is asked; NA elsewhere says nothing and does no harm."""


def decode_cell(value: object, standard: Standard) -> int:
    """The code of a cell, whatever kind of table it comes from; UNREADABLE where it is no level.

    Numbers may be text and text numbers, as spreadsheets have them: 2, 2.0, "2", "2.0" and "2,0" are level 2.
    """
    if value is None:
        return NOT_ANSWERED
    if isinstance(value, str):
        return CODE_OF.get(read_level(value, standard), UNREADABLE)
    if isinstance(value, float) and isnan(value):
        return NOT_ANSWERED
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if value in (0, 1, 2, 3) else UNREADABLE
    return UNREADABLE


def read_level(value: object, standard: Standard) -> Any:
    """The level that a value gives, with decimals or without; what is no level as it is.

    Spreadsheets and data frames put decimals to whole numbers; who writes a file of one assessment does not.
    """
    if isinstance(value, float) and value in (0, 1, 2, 3):
        return int(value)
    whole = _WHOLE.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(whole[1]) if whole else canonical_level(value, standard)


def spellings(standard: Standard) -> dict[str, int]:
    """The usual ways of writing each code; `decode_cell` knows them all and more."""
    return {text: CODE_OF[code] for code, label in standard.level_labels.items() for text in _spell(str(code), label)}


def _spell(code: str, label: str) -> Iterator[str]:
    for text in (code, label):
        yield from (text, text.lower(), text.upper(), text.title())
    if code.isdigit():
        yield from (f"{code}.0", f"{code},0")


def asked_masks(standard: Standard) -> dict[tuple[str, str], Flags]:
    """Which practices are asked, by kind of organisation and questionnaire."""
    return {
        (kind, questionnaire): _mask(standard, questionnaire, kind)
        for kind in standard.kinds
        for questionnaire in standard.questionnaires
    }


def _mask(standard: Standard, questionnaire: str, kind: str) -> Flags:
    asked = {practice.id for practice in standard.asked(questionnaire, kind)}
    return np.array([practice_id in asked for practice_id in standard.practices])
