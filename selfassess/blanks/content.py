"""What a blank questionnaire asks, in the words that its reader needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selfassess.errors import OutputError
from selfassess.model.answer import DK, NA, Code
from selfassess.model.practice import Practice
from selfassess.model.standard import Kind, Questionnaire, Standard, Theme

__all__ = ["Blank", "BlankPractice", "BlankTheme", "Level", "make_blank"]


@dataclass(frozen=True, slots=True)
class Level:
    """One answer that can be chosen."""

    code: Code
    label: str
    meaning: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class BlankPractice:
    """One practice to be answered.

    Attributes:
        statement: What is true when it is in place; where the kinds of organisation read different words, each on a
            line of its own after the kind.
        tier: The label of its tier.
        asked_of: The one kind of organisation that is asked, where the questionnaire is for all of them; else empty.
        na_hint: When it may properly not apply; empty where that is not allowed.
    """

    id: str
    title: str
    statement: str
    why: str
    evidence: tuple[str, ...]
    tier: str
    asked_of: str
    na_allowed: bool
    na_hint: str


@dataclass(frozen=True, slots=True)
class BlankTheme:
    """A theme with the practices to be answered."""

    theme: Theme
    practices: tuple[BlankPractice, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank questionnaire.

    Attributes:
        kind: The kind of organisation it is for; None where the person says so in it.
        levels: What can be answered, from not in place to embedded, then not known, then does not apply.
    """

    standard: Standard
    questionnaire: Questionnaire
    kind: Kind | None
    levels: tuple[Level, ...]
    themes: tuple[BlankTheme, ...]

    @property
    def title(self) -> str:
        """The title of the whole."""
        return f"{self.standard.title}: {self.questionnaire.title[:1].lower()}{self.questionnaire.title[1:]}"

    @property
    def practices(self) -> Iterator[BlankPractice]:
        """Every practice, in order."""
        return (practice for part in self.themes for practice in part.practices)


def make_blank(standard: Standard, questionnaire: str = "full", kind: str | None = None) -> Blank:
    """The questionnaire as it is asked of one kind of organisation, or of every kind.

    Raises:
        OutputError: The standard has no such questionnaire or kind.
    """
    _check("questionnaire", questionnaire, standard.questionnaires)
    if kind is not None:
        _check("kind of organisation", kind, standard.kinds)
    kinds = [kind] if kind else list(standard.kinds)
    asked = {practice.id for each in kinds for practice in standard.asked(questionnaire, each)}
    themes = [
        BlankTheme(theme, tuple(_practice(standard, p, kinds) for p in held if p.id in asked))
        for theme in standard.head.themes
        for held in [standard.practices_by_theme[theme.id]]
    ]
    return Blank(
        standard,
        standard.questionnaires[questionnaire],
        standard.kinds[kind] if kind else None,
        _levels(standard),
        tuple(part for part in themes if part.practices),
    )


def _check(what: str, given: str, known: dict[str, Questionnaire] | dict[str, Kind]) -> None:
    if given not in known:
        raise OutputError(f"“{given}” is no {what} of this standard: use one of {', '.join(known)}")


def _levels(standard: Standard) -> tuple[Level, ...]:
    scale = [Level(level.level, level.label, level.meaning, level.example or "") for level in standard.head.levels]
    others = {other.code: Level(other.code, other.label, other.meaning) for other in standard.head.other_answers}
    # “Does not apply” comes last, so that a list can leave it out.
    return (*scale, others[DK], others[NA])


def _practice(standard: Standard, practice: Practice, kinds: list[str]) -> BlankPractice:
    asked = [kind for kind in kinds if kind in practice.applies_to]
    tiers = {tier.id: tier.label for tier in standard.head.tiers}
    return BlankPractice(
        id=practice.id,
        title=practice.title,
        statement=_statement(standard, practice, asked),
        why=practice.why,
        evidence=practice.evidence,
        tier=tiers[practice.tier.value],
        asked_of=", ".join(standard.kinds[kind].title for kind in asked) if len(asked) < len(kinds) else "",
        na_allowed=practice.na_allowed,
        na_hint=practice.na_hint or "",
    )


def _statement(standard: Standard, practice: Practice, kinds: list[str]) -> str:
    words = {kind: practice.statement_to(kind) for kind in kinds}
    if len(set(words.values())) == 1:
        return words[kinds[0]]
    return "\n".join(f"{standard.kinds[kind].title}: {text}" for kind, text in words.items())
