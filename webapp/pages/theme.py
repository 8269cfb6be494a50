"""The page of one theme: what stands in its inputs, and which theme comes after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from selfassess.model.standard import Standard
from webapp.questions.fields import QuestionField, fields_for
from webapp.questions.inputs import Inputs, inputs_of
from webapp.store.answers import SavedAnswer
from webapp.store.errors import NotFoundError

__all__ = ["ThemePage", "find_field", "make_theme_page", "saved_inputs"]


@dataclass(frozen=True, slots=True)
class ThemePage:
    """What one theme's page asks.

    Attributes:
        number: Its place among the themes, from 1.
        following: The id of the next theme; None after the last.
    """

    theme: str
    title: str
    introduction: str
    number: int
    total: int
    following: str | None
    fields: tuple[QuestionField, ...]


@lru_cache(maxsize=256)
def make_theme_page(standard: Standard, questionnaire: str, theme: str, kind: str) -> ThemePage:
    """The page of a theme.

    Raises:
        NotFoundError: The questionnaire asks this kind of organisation nothing about such a theme.
    """
    asked = standard.asked(questionnaire, kind)
    order = list(dict.fromkeys(standard.theme_of[practice.id].id for practice in asked))
    if theme not in order:
        raise NotFoundError
    place = order.index(theme)
    head = next(each for each in standard.head.themes if each.id == theme)
    return ThemePage(
        theme=theme,
        title=head.title,
        introduction=head.introduction,
        number=place + 1,
        total=len(order),
        following=order[place + 1] if place + 1 < len(order) else None,
        fields=fields_for(standard, questionnaire, theme, kind),
    )


def find_field(standard: Standard, questionnaire: str, practice: str, kind: str) -> tuple[str, QuestionField]:
    """The theme of a practice, and how it is asked.

    Raises:
        NotFoundError: The questionnaire does not ask it of this kind of organisation.
    """
    theme = standard.theme_of.get(practice)
    if theme is not None:
        for field in fields_for(standard, questionnaire, theme.id, kind):
            if field.id == practice:
                return theme.id, field
    raise NotFoundError


def saved_inputs(answers: Mapping[str, SavedAnswer]) -> dict[str, Inputs]:
    """What stands in the inputs of each practice that was saved."""
    return {
        key: inputs_of(saved.answer, version=saved.version, to_confirm=saved.to_confirm)
        for key, saved in answers.items()
    }
