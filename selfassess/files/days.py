"""Days as people give them in a cell."""

from __future__ import annotations

import re
from datetime import date, datetime

__all__ = ["read_day"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})[ -](?P<name>[A-Za-z]{3,9})[ -](?P<year>\d{4})"),
)


def read_day(value: object) -> date | None:
    """The day that a cell holds: a date, or a text such as ``2026-11-21``, ``21/11/2026`` or ``21 November 2026``.

    Figures between strokes or points are day, month, year, as they are written in Britain. None for anything else,
    and for days outside the years 1900 to 2199, which are slips of the pen.
    """
    found = value.date() if isinstance(value, datetime) else value
    if isinstance(found, str):
        found = _parse(found.strip())
    return found if isinstance(found, date) and found.year in _YEARS else None


_YEARS = range(1900, 2200)


def _parse(text: str) -> date | None:
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            parts = found.groupdict()
            return _make(parts["year"], parts.get("month") or _month(parts["name"]), parts["day"])
    return None


def _month(name: str) -> str:
    short = name[:3].lower()
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else "0"


def _make(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
