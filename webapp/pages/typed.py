"""What somebody typed into a page of answers, to be read and copied where it could not be saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfassess.model.standard import Standard
from webapp.pages.answer_words import Part

__all__ = ["TypedPractice", "list_typed"]

_TITLES = {"level": "Answer", "reason": "Why it does not apply", "note": "Note", "evidence": "Evidence"}


@dataclass(frozen=True, slots=True)
class TypedPractice:
    """What was typed for one practice."""

    title: str
    parts: tuple[Part, ...]


def list_typed(form: Mapping[str, str], standard: Standard) -> tuple[TypedPractice, ...]:
    """What a form holds of each practice of a standard; those without anything are left out."""
    found = (TypedPractice(each.title, _parts(each.id, form, standard)) for each in standard.practices.values())
    return tuple(each for each in found if each.parts)


def _parts(practice: str, form: Mapping[str, str], standard: Standard) -> tuple[Part, ...]:
    labels = {str(code): label for code, label in standard.level_labels.items()}
    typed = {name: form.get(f"{practice}.{name}", "").strip() for name in _TITLES}
    typed["level"] = labels.get(typed["level"], "")
    return tuple(Part(_TITLES[name], text) for name, text in typed.items() if text)
