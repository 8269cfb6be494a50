"""From cells in the bytes of a text table to codes, all cells at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from selfassess.batch.cells import Places
from selfassess.batch.codes import NOT_ANSWERED, UNREADABLE, Codes

__all__ = ["PADDING", "SpellingTable"]

PADDING = 16
"""So many bytes must follow the last cell, because cells are compared sixteen bytes at a time."""

_WORD = 8
_BITS = 12
_SHIFT = np.uint64(64 - _BITS)
_KEEP = np.array([(1 << (8 * length)) - 1 for length in range(_WORD + 1)], np.uint64)
"""What is kept of a word of which so many bytes belong to the cell."""

_SPREAD = np.uint64(0xFF51AFD7ED558CCD)

Words = NDArray[np.uint64]


class SpellingTable:
    """Knows the code of each of some spellings, none of them longer than sixteen bytes.

    A cell is two numbers of eight bytes. Multiplied and shifted they give its place in a table, where the only spelling
    that can be meant is held to be compared with: other cells are unreadable here, never mistaken.
    """

    def __init__(self, spellings: Mapping[str, int]) -> None:
        """Find a multiplier that gives each spelling a place of its own."""
        coded = {text.encode(): code for text, code in spellings.items()}
        short = {raw: code for raw, code in coded.items() if len(raw) <= PADDING}
        raw = np.frombuffer(b"".join(key.ljust(PADDING, b"\0") for key in short), "<u8").reshape(-1, 2)
        self._multiplier = _find_multiplier(raw[:, 0], raw[:, 1])
        places = self._place(raw[:, 0].copy(), raw[:, 1].copy())
        self._first = np.full(1 << _BITS, ~np.uint64(0))
        self._second = np.full(1 << _BITS, ~np.uint64(0))
        self._codes = np.full(1 << _BITS, UNREADABLE, np.int8)
        self._first[places], self._second[places] = raw[:, 0], raw[:, 1]
        self._codes[places] = list(short.values())
        self._by_byte = np.full(256, UNREADABLE, np.int8)
        for key, code in short.items():
            if len(key) == 1:
                self._by_byte[key[0]] = code

    def decode(self, data: bytes, starts: Places, ends: Places) -> Codes:
        """The codes of cells: NOT_ANSWERED where a cell is empty, UNREADABLE where its spelling is not known.

        Args:
            data: What the cells are in, with `PADDING` bytes after them.
            starts: The first byte of each.
            ends: The byte after each.
        """
        lengths = ends - starts
        longest = int(lengths.max(initial=0))
        if longest <= 1:
            codes = self._by_byte[np.frombuffer(data, np.uint8)[starts]]
        else:
            codes = self._decode_words(data, starts, lengths, longest)
        codes[lengths == 0] = NOT_ANSWERED
        return codes

    def _decode_words(self, data: bytes, starts: Places, lengths: Places, longest: int) -> Codes:
        # The same bytes seen as numbers that start at every byte; numpy reads them where they lie.
        words = np.ndarray(shape=(len(data) - _WORD + 1,), dtype="<u8", buffer=data, strides=(1,))
        first = words[starts]
        first &= _KEEP.take(lengths, mode="clip")
        second = np.zeros_like(first)
        if longest > _WORD:
            second = words[np.minimum(starts + _WORD, len(words) - 1)]
            second &= _KEEP.take(lengths - _WORD, mode="clip")
        places = self._place(first, second)
        known = self._first.take(places) == first
        known &= self._second.take(places) == second
        known &= lengths <= PADDING
        codes = self._codes.take(places)
        codes[~known] = UNREADABLE
        return codes

    def _place(self, first: Words, second: Words) -> Places:
        return _hash(first, second, self._multiplier)


def _hash(first: Words, second: Words, multiplier: np.uint64) -> Places:
    mixed = second * _SPREAD
    mixed ^= first
    mixed *= multiplier
    mixed >>= _SHIFT
    return mixed.view(np.int64)


def _find_multiplier(first: Words, second: Words) -> np.uint64:
    numbers = np.random.default_rng(0)
    while True:
        multiplier = numbers.integers(0, 1 << 63, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
        if len(np.unique(_hash(first, second, multiplier))) == len(first):
            return multiplier
