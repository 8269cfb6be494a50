"""Bars: the answers to a set of practices as lengths, for a page to draw with borders and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.model.answer import DK
from selfassess.scoring import SetScore

__all__ = ["Bar", "show_levels_bar", "show_percent_bar"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in points: the answers from best to worst.

    Attributes:
        best: Level 3.
        good: Level 2.
        partly: Level 1, what the others leave.
        rest: Level 0 and not known.
        answered: All but the best; what the bar lacks to its full length was not answered.
    """

    best: float
    good: float
    partly: float
    rest: float

    @property
    def answered(self) -> float:
        """The length of what follows the best."""
        return round(self.good + self.partly + self.rest, 2)


def show_levels_bar(result: SetScore, length: float) -> Bar:
    """How many of the practices that apply stand at each level.

    Args:
        result: The set.
        length: The full length, in points.
    """
    unit = length / result.applicable if result.applicable else 0
    levels = result.levels
    counts = (levels[3], levels[2], levels[1], levels[0] + levels[DK])
    return Bar(*(round(unit * number, 2) for number in counts))


def show_percent_bar(value: float, length: float) -> Bar:
    """A percentage of the full length, in points."""
    filled = round(length * value / 100, 2)
    return Bar(0, filled, 0, round(length - filled, 2))
