"""Where the time of a PDF goes, by the steps that the engine itself tells of in its log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter

__all__ = ["STAGES", "time_stages"]

STAGES = {
    "template": None,
    "HTML": "Step 1",
    "style sheets": "Step 2",
    "cascade": "Step 3",
    "boxes": "Step 4",
    "layout": "Step 5",
    "drawing and tags": "Step 6",
    "writing": "Step 7",
}
"""The stages in their order, and how the line of the log begins that tells of each; the first is before all lines."""


class _Watch(logging.Handler):
    """Counts the seconds from each line to the next for the step that the line tells of."""

    def __init__(self) -> None:
        super().__init__()
        self.spent: dict[str | None, float] = dict.fromkeys(STAGES.values(), 0.0)
        self._step: str | None = None
        self._since = perf_counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.turn(str(record.msg)[:6])

    def turn(self, step: str | None) -> None:
        moment = perf_counter()
        self.spent[self._step] += moment - self._since
        self._step, self._since = step, moment


def time_stages(make: Callable[[], object]) -> dict[str, float]:
    """The seconds of each stage of making a PDF, by name."""
    logger = logging.getLogger("weasyprint.progress")
    level, watch = logger.level, _Watch()
    logger.setLevel(logging.INFO)
    logger.addHandler(watch)
    try:
        make()
    finally:
        logger.removeHandler(watch)
        logger.setLevel(level)
    watch.turn(None)
    return {name: watch.spent[step] for name, step in STAGES.items()}
