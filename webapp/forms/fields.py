"""What the fields of several forms share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

__all__ = ["check_seen", "drop_unseen", "make_choices", "radio_params", "strip", "take_error", "words_required"]


def make_choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """What can be chosen, as values with their words."""
    return [SelectChoice(value, words) for value, words in pairs]


def radio_params(field: RadioField, hints: Sequence[str] = ()) -> dict[str, object]:
    """How radio buttons look: the question as a heading, and a hint under each button where there are any."""
    legend = {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}
    items = {"items": [{"hint": {"text": hint}} for hint in hints]} if hints else {}
    return {"fieldset": {"legend": legend}, **items}


def strip(text: str | None) -> str | None:
    """What was typed, without the spaces around it and with single ones within."""
    return " ".join(text.split()) if text else text


# They print as nothing or as blanks, though Unicode has them as letters and signs; the range only changes others.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0").union(map(chr, range(0xFE00, 0xFE10)))


def _is_seen(character: str) -> bool:
    return character.isprintable() and character not in _BLANKS


def drop_unseen(text: str) -> str:
    """A text as it was typed; nothing where nobody could see anything of it."""
    return text if any(_is_seen(character) and not character.isspace() for character in text) else ""


def check_seen(_: object, field: Field) -> None:
    """Refuse a name with something that cannot be seen: two that look the same could be different.

    Raises:
        ValidationError: It has a control character, a sign without width or one that prints as a blank.
    """
    if not all(map(_is_seen, field.data or "")):
        raise ValidationError("Use only letters and signs that can be seen")


def words_required(problem: str, *, most: int) -> list[object]:
    """The rules for a short text that has to be there.

    Args:
        problem: What to say where it is missing, as “Enter the name”.
        most: How many characters it may have.
    """
    return [DataRequired(problem), Length(max=most, message=f"Use {most} characters or fewer"), check_seen]


def take_error(field: object, error: Exception) -> None:
    """Show at a field what the store refused."""
    field.errors = [str(error)]  # type: ignore[attr-defined]
