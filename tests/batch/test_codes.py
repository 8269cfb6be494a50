from __future__ import annotations

from datetime import date
from math import nan
from typing import Any

import pytest

from selfassess.batch.codes import DK_CODE, NA_CODE, NOT_ANSWERED, UNREADABLE, asked_masks, decode_cell
from selfassess.model.standard import Standard


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (2, 2), (2.0, 2), ("2", 2), ("2.0", 2), (" 2. ", 2), ("In place", 2), ("  iN  PLACE ", 2),
        ("na", NA_CODE), ("Does not apply", NA_CODE), ("dk", DK_CODE), ("do not know YET", DK_CODE),
        (None, NOT_ANSWERED), ("", NOT_ANSWERED), (" \u00a0", NOT_ANSWERED), (nan, NOT_ANSWERED),
    ],
)  # fmt: skip
def test_cell_that_holds_a_level_has_its_code(prison_standard: Standard, cell: Any, code: int) -> None:
    assert decode_cell(cell, prison_standard) == code


@pytest.mark.parametrize(
    "cell", [4, -1, 2.5, True, "4", "2,5", "2.5", "yes", "#N/A", "²", "In place!", date(2026, 1, 2), 1e300, "2\0"]
)
def test_cell_that_holds_no_level_is_unreadable(prison_standard: Standard, cell: Any) -> None:
    assert decode_cell(cell, prison_standard) == UNREADABLE


def test_masks_tell_what_is_asked_of_whom(prison_standard: Standard) -> None:
    masks = asked_masks(prison_standard)
    assert {pair: int(mask.sum()) for pair, mask in masks.items()} == {
        (kind, questionnaire): len(prison_standard.asked(questionnaire, kind))
        for kind in prison_standard.kinds
        for questionnaire in prison_standard.questionnaires
    }
