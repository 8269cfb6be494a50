"""What the fields of several forms share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

__all__ = ["make_choices", "radio_params", "strip", "take_error", "words_required"]


def make_choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """What can be chosen, as values with their words."""
    return [SelectChoice(value, words) for value, words in pairs]


def radio_params(field: RadioField, hints: Sequence[str] = ()) -> dict[str, object]:
    """How radio buttons look: the question as a heading, and a hint under each button where there are any."""
    legend = {"text": field.label.text, "classes": "govuk-fieldset__legend--m"}
    items = {"items": [{"hint": {"text": hint}} for hint in hints]} if hints else {}
    return {"fieldset": {"legend": legend}, **items}


def strip(text: str | None) -> str | None:
    """What was typed, without the spaces around it and with single ones within."""
    return " ".join(text.split()) if text else text


def words_required(problem: str, *, most: int) -> list[object]:
    """The rules for a short text that has to be there.

    Args:
        problem: What to say where it is missing, as “Enter the name”.
        most: How many characters it may have.
    """
    return [DataRequired(problem), Length(max=most, message=f"Use {most} characters or fewer")]


def take_error(field: object, error: Exception) -> None:
    """Show at a field what the store refused."""
    field.errors = [str(error)]  # type: ignore[attr-defined]
