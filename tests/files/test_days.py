from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from selfassess.files.days import read_day


@pytest.mark.parametrize(
    "given",
    [
        date(2026, 11, 2), datetime(2026, 11, 2, 9, tzinfo=UTC), "2026-11-02", " 2026-11-2 ", "2/11/2026", "02.11.2026",
        "2 November 2026", "2 nov 2026", "02-Nov-2026",
    ],
)  # fmt: skip
def test_day_is_read_as_people_write_it(given: object) -> None:
    assert read_day(given) == date(2026, 11, 2)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "soon",
        "31/02/2026",
        "11/21/2026",
        "2 Foo 2026",
        "2026",
        46_000,
        None,
        True,
        "02/11/26",
        date(206, 1, 1),
        "1/1/2999",
    ],
)
def test_anything_else_is_no_day(given: object) -> None:
    assert read_day(given) is None
