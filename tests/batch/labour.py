"""Work that worker processes are given in tests; some of it kills them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

__all__ = ["die", "die_before_work", "die_once", "double", "prepare"]


def prepare() -> None:
    """Nothing to prepare."""


def die_before_work() -> None:
    """A worker that never gets as far as its first task."""
    os._exit(1)


def double(number: int) -> int:
    """Twice as much; no 13."""
    if number == 13:
        raise ValueError("thirteen")
    return 2 * number


def die(number: int) -> int:
    """13 kills whoever takes it."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def die_once(task: tuple[int, Path]) -> int:
    """Kill the first worker that takes the task, but not the next."""
    number, flag = task
    if number == 2 and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number
