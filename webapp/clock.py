"""What time it is: one place, so that tests can say."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

__all__ = ["HERE", "fixed_time", "now", "today"]

HERE = ZoneInfo("Europe/London")
"""Where the people are whose days and hours are shown."""

fixed_time: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)
"""The time that tests pretend it is; None for the real one."""


def now() -> datetime:
    """The time, in UTC, to the microsecond."""
    return fixed_time.get() or datetime.now(UTC)


def today() -> date:
    """The day on the calendar of England and Wales."""
    return now().astimezone(HERE).date()
