"""The words and numbers by which people give a level."""

from __future__ import annotations

from typing import Any

import pytest

from selfassess.files.levels import canonical_level
from selfassess.model.standard import Standard
from tests.places import load_allotments


def test_every_code_and_label_of_the_real_standard_is_known(prison_standard: Standard) -> None:
    for code, label in prison_standard.level_labels.items():
        for given in (code, str(code), str(code).lower(), label, label.upper(), f" {label.lower()} "):
            assert canonical_level(given, prison_standard) == code


def test_labels_are_those_of_the_standard_at_hand() -> None:
    assert canonical_level("seedling", load_allotments()) == 1
    assert canonical_level("Partly in place", load_allotments()) == "Partly in place"


@pytest.mark.parametrize("given", ["", " ", "\t\n", None])
def test_nothing_is_no_answer(given: str | None) -> None:
    assert canonical_level(given, load_allotments()) is None


@pytest.mark.parametrize("given", ["maybe", "4", "-1", "1.0", "2 or 3", "yes", 4, True, 2.0, [2], {"level": 2}])
def test_what_is_no_level_is_left_for_others_to_refuse(given: Any) -> None:
    assert canonical_level(given, load_allotments()) is given
