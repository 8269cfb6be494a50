"""A standard: practices in themes, the sources they meet, and the questionnaires that ask them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from selfassess.model.practice import Mapping, Practice
from selfassess.model.record import PracticeId, Record, Slug, Text, Version, WholeNumbers
from selfassess.model.reference import CaseStudies, CaseStudy, Rule
from selfassess.model.source import Source
from selfassess.model.survey import Survey

__all__ = [
    "AnswerLevel",
    "Kind",
    "OtherAnswer",
    "Questionnaire",
    "Standard",
    "StandardHead",
    "Theme",
    "TierMeaning",
]


class Kind(Record):
    """A kind of organisation that may be asked."""

    id: Slug
    title: Text
    description: Text


class AnswerLevel(Record):
    """What one level of the answer scale means."""

    level: Annotated[Literal[0, 1, 2, 3], WholeNumbers]
    label: Text
    meaning: Text
    example: Text | None = None


class OtherAnswer(Record):
    """What an answer outside the scale means."""

    code: Literal["NA", "DK"]
    label: Text
    meaning: Text


class TierMeaning(Record):
    """What a tier means in this standard."""

    id: Literal["must", "core", "stretch"]
    label: Text
    meaning: Text


class Theme(Record):
    """A group of practices that are asked together."""

    id: Slug
    title: Text
    introduction: Text


class Questionnaire(Record):
    """Which practices are asked; ``all`` asks every practice that is not retired."""

    id: Slug
    title: Text
    introduction: Text
    practices: Literal["all"] | tuple[PracticeId, ...]


class StandardHead(Record):
    """The file ``standard.yaml``."""

    id: Slug
    title: Text
    version: Version
    language: Text
    summary: Text
    jurisdiction: Text
    kinds: tuple[Kind, ...] = Field(min_length=1)
    levels: tuple[AnswerLevel, AnswerLevel, AnswerLevel, AnswerLevel]
    other_answers: tuple[OtherAnswer, OtherAnswer]
    tiers: tuple[TierMeaning, TierMeaning, TierMeaning]
    themes: tuple[Theme, ...] = Field(min_length=1)
    rights: Text
    sources_order: tuple[Slug, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, eq=False)
class Standard:
    """A whole standard, checked, with its parts by id.

    Attributes:
        head: What ``standard.yaml`` says.
        hash: SHA-256 of the content, as 64 hexadecimal digits; comments and layout do not change it.
        practices_by_theme: The practices of each theme, themes and practices in the standard's order.
        sources: The sources in the standard's order.
        survey: The published figures to compare with, where there are any.
    """

    head: StandardHead
    hash: str
    practices_by_theme: dict[str, tuple[Practice, ...]]
    sources: tuple[Source, ...]
    questionnaires: dict[str, Questionnaire]
    survey: Survey | None
    rules: dict[str, Rule]
    case_studies: CaseStudies | None

    @property
    def id(self) -> str:
        """The permanent id."""
        return self.head.id

    @property
    def version(self) -> str:
        """The version of the content, three numbers."""
        return self.head.version

    @property
    def title(self) -> str:
        """The title as people see it."""
        return self.head.title

    @cached_property
    def practices(self) -> dict[str, Practice]:
        """Every practice by id, in the standard's order, retired ones included."""
        return {p.id: p for practices in self.practices_by_theme.values() for p in practices}

    @cached_property
    def theme_of(self) -> dict[str, Theme]:
        """The theme of each practice."""
        themes = {theme.id: theme for theme in self.head.themes}
        return {p.id: themes[key] for key, held in self.practices_by_theme.items() for p in held}

    @cached_property
    def position(self) -> dict[str, int]:
        """The place of each practice in the standard's order, from 0."""
        return {practice_id: index for index, practice_id in enumerate(self.practices)}

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of organisation by id."""
        return {kind.id: kind for kind in self.head.kinds}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def case_study_by_id(self) -> dict[str, CaseStudy]:
        """The case studies by id."""
        studies = self.case_studies.case_studies if self.case_studies else ()
        return {study.id: study for study in studies}

    @cached_property
    def mappings(self) -> dict[tuple[str, str], tuple[tuple[Practice, Mapping], ...]]:
        """The practices mapped to each requirement, by (source id, requirement id)."""
        found: dict[tuple[str, str], list[tuple[Practice, Mapping]]] = {}
        for practice in self.practices.values():
            for mapping in practice.meets:
                found.setdefault((mapping.source, mapping.requirement), []).append((practice, mapping))
        return {key: tuple(pairs) for key, pairs in found.items()}

    @cached_property
    def counted_sources(self) -> dict[str, tuple[str, ...]]:
        """By practice, the ids of the sources that it is equal to or part of, in the order of its mappings."""
        return {
            practice.id: tuple(dict.fromkeys(m.source for m in practice.meets if m.relation.counts))
            for practice in self.practices.values()
        }

    @cached_property
    def level_labels(self) -> dict[int | str, str]:
        """What people see for each answer code."""
        labels: dict[int | str, str] = {level.level: level.label for level in self.head.levels}
        return labels | {other.code: other.label for other in self.head.other_answers}

    def asked(self, questionnaire: str, kind: str) -> tuple[Practice, ...]:
        """The practices that a questionnaire asks an organisation of this kind, in order.

        Raises:
            KeyError: The standard has no such questionnaire.
        """
        key = (questionnaire, kind)
        if key not in self._asked:
            listed = self.questionnaires[questionnaire].practices
            wanted = self.practices.keys() if listed == "all" else set(listed)
            self._asked[key] = tuple(
                practice
                for practice in self.practices.values()
                if practice.id in wanted and kind in practice.applies_to and not practice.retired
            )
        return self._asked[key]

    @cached_property
    def _asked(self) -> dict[tuple[str, str], tuple[Practice, ...]]:
        return {}
