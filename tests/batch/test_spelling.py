from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from selfassess.batch.codes import UNREADABLE, decode_cell, spellings
from selfassess.batch.spelling import PADDING, SpellingTable
from tests.test_properties import real_standard

KNOWN = spellings(real_standard())
TABLE = SpellingTable(KNOWN)


def decode(cells: list[str]) -> list[int]:
    raw = [cell.encode() for cell in cells]
    ends = np.cumsum([len(cell) for cell in raw], dtype=np.int64)
    starts = ends - np.array([len(cell) for cell in raw], np.int64)
    codes: list[int] = TABLE.decode(b"".join(raw) + b"\0" * PADDING, starts, ends).tolist()
    return codes


def test_every_spelling_is_known_and_means_what_it_means_in_one_cell() -> None:
    standard = real_standard()
    assert decode(list(KNOWN)) == [decode_cell(text, standard) for text in KNOWN]


@example(["\0", "2\0"])
@given(st.lists(st.one_of(st.sampled_from([*KNOWN, ""]), st.text(max_size=20)), max_size=8))
def test_other_cells_are_unreadable_and_never_mistaken(cells: list[str]) -> None:
    standard = real_standard()
    # Bytes of zero never get here: a text with them is read letter by letter.
    cells = [cell.replace("\0", "") for cell in cells]
    for cell, code in zip(cells, decode(cells), strict=True):
        assert code in (UNREADABLE, decode_cell(cell, standard))
        if cell in KNOWN:
            assert code == KNOWN[cell]


def test_no_cells_have_no_codes() -> None:
    assert decode([]) == []


def test_cell_that_comes_to_the_place_of_another_is_told_from_it() -> None:
    tails = (f"{number:08}" for number in range(100_000))
    cells = [f"Not in p{tail}" for tail in tails]
    assert set(decode(cells)) == {UNREADABLE}


def test_cell_that_goes_on_is_told_from_what_it_starts_with() -> None:
    table = SpellingTable({"sixteen letters!": 1})
    data = b"sixteen letters!sixteen letters!x" + b"\0" * PADDING
    codes = table.decode(data, np.array([0, 16]), np.array([16, 33]))
    assert codes.tolist() == [1, UNREADABLE]
