"""A day as three inputs, as people write it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovDateInput
from wtforms import DateField
from wtforms.validators import ValidationError

from webapp.questions.inputs import clean_text

__all__ = ["FIRST_YEAR", "LAST_YEAR", "DayField", "require_day"]

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""What lies outside is a slip of the hand; spreadsheets and calendars could not show all of it either."""

_INPUTS = 3


class DayField(DateField):  # type: ignore[misc]
    """A day, a month and a year; all empty is no day.

    Whoever shows an error links to ``#<name>-day``.
    """

    widget = GovDateInput()

    def __init__(self, label: str, *, subject: str, **more: Any) -> None:
        """A field.

        Args:
            label: What stands above it.
            subject: What the day is, as a message about it begins: “The due date”.
            more: As every field takes it.
        """
        super().__init__(label, **more)
        self.subject = subject

    @property
    def day(self) -> date:
        """The day, of a field that was found valid and must have one."""
        if self.data is None:
            raise AssertionError("only a valid form is asked for its day")
        found: date = self.data
        return found

    def process_data(self, value: date | None) -> None:
        """Show a day as people write it, without zeros in front."""
        self.data = value
        self.raw_data = [str(value.day), str(value.month), str(value.year)] if value else [""] * _INPUTS

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the three inputs.

        Raises:
            ValueError: They are no day that can be meant; the message is for people.
        """
        typed = [clean_text(value) for value in valuelist[:_INPUTS]]
        self.raw_data = typed + [""] * (_INPUTS - len(typed))  # whatever was posted, the widget shows three
        self.data = None
        if any(typed):
            self.data = self._read(" ".join(self.raw_data))

    def _read(self, text: str) -> date:
        try:
            day = datetime.strptime(text, "%d %m %Y").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise ValueError(f"{self.subject} must be a real day, like 31 3 2027") from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"{self.subject} must be between {FIRST_YEAR} and {LAST_YEAR}")
        return day


def require_day(field: DayField, problem: str) -> None:
    """Refuse that nothing was typed; what is no day has been told already.

    Args:
        field: The day.
        problem: What to say where it is missing, as “Enter the day it starts”.

    Raises:
        ValidationError: Nothing was typed.
    """
    if field.data is None and not field.process_errors:
        raise ValidationError(problem)
