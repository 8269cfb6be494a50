"""Kinds of organisation, in the words of the standard."""

from __future__ import annotations

from webapp.store.standards import main_standard

__all__ = ["kind_hints", "kind_meanings", "kind_titles"]


def kind_titles() -> dict[str, str]:
    """What people call each kind, by its id."""
    return {kind.id: kind.title for kind in main_standard().head.kinds}


def kind_meanings() -> list[str]:
    """What each kind means, in the same order."""
    return [kind.description for kind in main_standard().head.kinds]


def kind_hints() -> dict[str, object]:
    """What each kind means, to stand under its button."""
    return {"items": [{"hint": {"text": meaning}} for meaning in kind_meanings()]}
