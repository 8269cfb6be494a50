"""Three inputs are a day, or say why not."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from webapp.forms.days import DayField


class _Form(Form):  # type: ignore[misc]
    due = DayField("Due", subject="The due date")


def read(*typed: str) -> DayField:
    """The field after it was sent with these values."""
    form = _Form(MultiDict([("due", value) for value in typed]))
    form.validate()
    return form.due


@pytest.mark.parametrize("typed", [("1", "2", "2027"), ("01", "02", "2027"), (" 1 ", " 2", "2027 ")])
def test_day_is_read_with_or_without_zeros(typed: tuple[str, ...]) -> None:
    assert read(*typed).data == date(2027, 2, 1)
    assert not read(*typed).errors


@pytest.mark.parametrize("typed", [(), ("", "", ""), (" ", "", "")])
def test_nothing_typed_is_no_day(typed: tuple[str, ...]) -> None:
    assert read(*typed).data is None
    assert not read(*typed).errors


@pytest.mark.parametrize(
    "typed", [("31", "2", "2027"), ("1", "", ""), ("", "2", "2027"), ("x", "y", "z"), ("5",), ("1", "2", "27")]
)
def test_what_is_no_day_says_so_and_stays_in_its_inputs(typed: tuple[str, ...]) -> None:
    field = read(*typed)
    assert field.errors[0].startswith("The due date must be")
    assert [*field.raw_data] == [*typed, "", ""][:3]


@pytest.mark.parametrize("year", ["1999", "2101", "0001", "9999"])
def test_year_that_nobody_means_is_refused(year: str) -> None:
    assert read("1", "2", year).errors == ["The due date must be between 2000 and 2100"]


def test_more_values_than_inputs_are_left_out() -> None:
    assert read("1", "2", "2027", "4").data == date(2027, 2, 1)


def test_day_that_is_kept_is_shown_without_zeros() -> None:
    assert _Form(data={"due": date(2027, 2, 1)}).due.raw_data == ["1", "2", "2027"]
