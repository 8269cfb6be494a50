"""How far something long has come, on standard error: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

__all__ = ["show_progress"]

_SECONDS = 5.0
"""Between two lines about the same thing, so that a log stays short."""


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """What to call with what is being done, how much of it is done, and how much there is."""
    shown = _Bar() if sys.stderr.isatty() and _find_tqdm() else _Lines()
    try:
        yield shown.tell
    finally:
        shown.close()


def _find_tqdm() -> Any:
    """The library that draws bars; lines do without it."""
    try:
        return import_module("tqdm").tqdm
    except ImportError:
        return None


class _Lines:
    """A line when something begins, when it is done, and now and then between."""

    def __init__(self) -> None:
        self._stage = ""
        self._last = 0.0

    def tell(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._stage or done == total or now - self._last >= _SECONDS:
            print(f"{stage}: {done} of {total}", file=sys.stderr, flush=True)
            self._stage, self._last = stage, now

    def close(self) -> None:
        """Nothing is open."""


class _Bar:
    """A bar for each thing that is done."""

    def __init__(self) -> None:
        self._tqdm = _find_tqdm()
        self._stage = ""
        self._bar: Any = None

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.close()
            self._stage, self._bar = stage, self._tqdm(total=total, desc=stage, file=sys.stderr)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
