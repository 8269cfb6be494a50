"""Counts, scores and ratings of many organisations at once: what `selfassess.scoring` says of one.

Every answer adds a row of twelve small counters to those of its theme. Four counters of sixteen bits are one number of
sixty-four, so that a theme is three additions for each of its practices, in whole numbers and hence exact.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from selfassess.batch.codes import DK_CODE, NA_CODE, NOT_ANSWERED, NOT_ASKED, Codes, Flags
from selfassess.model.practice import Tier
from selfassess.model.standard import Standard
from selfassess.scoring import MAX_LEVEL, Rating

__all__ = ["RATINGS", "SetCounter", "Sets"]

RATINGS = tuple(Rating)
"""A rating as a number is its place here."""

BLOCK_ROWS = 4096
"""So many organisations are counted together; small enough to stay near the processor."""

_CODES = NOT_ASKED + 1


class _Counter(IntEnum):
    """What each of the counters counts; the first seven are codes."""

    NA = NA_CODE
    DK = DK_CODE
    UNANSWERED = NOT_ANSWERED
    MUST_GAPS = 7
    EXPECTED_GAPS = 8
    EXPECTED_UNANSWERED = 9
    POINTS = 10
    WEIGHT = 11


_COUNTERS = 12

Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]


class Sets:
    """What the answers to sets of practices come to, each set at its place in every array.

    The names are those of `selfassess.scoring.SetScore`.
    """

    def __init__(self, counters: NDArray[np.uint16]) -> None:
        """Take the counters of each set, one row for each."""
        self._counters: Numbers = np.ascontiguousarray(counters.T).astype(np.int32)
        self.answered: Numbers = self._counters[: DK_CODE + 1].sum(axis=0, dtype=np.int32)
        self.unanswered: Numbers = self._counters[_Counter.UNANSWERED]
        self.asked: Numbers = self.answered + self.unanswered
        self.applicable: Numbers = self.asked - self._counters[_Counter.NA]
        self.met: Numbers = self._counters[2] + self._counters[3]
        self.gaps: Numbers = self._counters[0] + self._counters[1] + self._counters[_Counter.DK]

    def level(self, code: int) -> Numbers:
        """How many have one code."""
        found: Numbers = self._counters[code]
        return found

    @property
    def completeness(self) -> Floats:
        """The share that was answered, 0 to 100; 100 where nothing is asked."""
        return _divide(100 * self.answered, self.asked, otherwise=100)

    @property
    def score(self) -> Floats:
        """The weighted score, 0 to 100; no number where no practice is applicable."""
        return _divide(100 * self.level(_Counter.POINTS), MAX_LEVEL * self.level(_Counter.WEIGHT), otherwise=np.nan)

    @property
    def is_provisional(self) -> Flags:
        """Whether something was not answered."""
        return self.unanswered > 0

    @property
    def rating(self) -> NDArray[np.int8]:
        """The place in `RATINGS`: the first rule that fits, as in `selfassess.scoring`."""
        rules = {
            Rating.NOT_ASSESSED: self.answered == self.level(_Counter.NA),
            Rating.URGENT: self.level(_Counter.MUST_GAPS) > 0,
            Rating.INCOMPLETE: self.level(_Counter.EXPECTED_UNANSWERED) > 0,
            Rating.ESTABLISHED: self.level(_Counter.EXPECTED_GAPS) == 0,
            Rating.DEVELOPING: 2 * self.met >= self.applicable,
        }
        numbers = [np.int8(RATINGS.index(rating)) for rating in rules]
        return np.select(list(rules.values()), numbers, np.int8(RATINGS.index(Rating.STARTING)))


class SetCounter:
    """Counts the answers to the themes of one standard."""

    def __init__(self, standard: Standard) -> None:
        """Prepare the counters that each answer adds."""
        practices = list(standard.practices.values())
        self._offsets = np.array([_CODES * practice.tier.order for practice in practices], np.int8)
        sizes = [len(held) for held in standard.practices_by_theme.values()]
        self._starts = np.cumsum([0, *sizes[:-1]])
        added = np.array([_added(tier, code) for tier in Tier for code in range(_CODES)], np.uint16)
        self._words = np.ascontiguousarray(added.view(np.uint64).T)

    def count(self, codes: Codes) -> NDArray[np.uint16]:
        """The counters of each organisation: one row for each of its themes in order, then one for the whole."""
        themes = len(self._starts)
        words = np.empty((len(codes), themes + 1, len(self._words)), np.uint64)
        for start in range(0, len(codes), BLOCK_ROWS):
            block = slice(start, start + BLOCK_ROWS)
            places = (codes[block] + self._offsets).astype(np.intp)
            for at, word in enumerate(self._words):
                words[block, :themes, at] = np.add.reduceat(word.take(places), self._starts, axis=1)
            words[block, themes] = words[block, :themes].sum(axis=1)
        return words.view(np.uint16)


def _added(tier: Tier, code: int) -> list[int]:
    """What an answer adds to each of the counters; a practice that is not asked adds nothing."""
    counters = [0] * _COUNTERS
    if code == NOT_ASKED:
        return counters
    is_gap = code in (0, 1, DK_CODE)
    is_expected = tier is not Tier.STRETCH
    counters[code] = 1
    counters[_Counter.MUST_GAPS] = int(is_gap and tier is Tier.MUST)
    counters[_Counter.EXPECTED_GAPS] = int(is_gap and is_expected)
    counters[_Counter.EXPECTED_UNANSWERED] = int(code == NOT_ANSWERED and is_expected)
    counters[_Counter.POINTS] = tier.weight * code if code <= MAX_LEVEL else 0
    counters[_Counter.WEIGHT] = 0 if code == NA_CODE else tier.weight
    return counters


def _divide(dividend: Numbers, divisor: Numbers, otherwise: float) -> Floats:
    found: Floats = np.divide(dividend, divisor, out=np.full(dividend.shape, otherwise, np.float64), where=divisor > 0)
    return found
