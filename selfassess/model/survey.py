"""Published figures that answers may be set beside, each with its base and its place."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from selfassess.model.record import Identifier, Link, Record, Slug, Text

__all__ = ["Base", "BaseOfKind", "Figure", "Importance", "Percent", "Survey", "SurveyRow"]

Percent = Annotated[int, Field(ge=0, le=100)]
"""A percentage as published, 0 to 100; never recomputed and never turned into a count."""


class BaseOfKind(Record):
    """How many answered at most, and who they were."""

    n: int = Field(ge=1)
    """The number in the table's heading; the base of a row may be smaller."""
    text: Text


class Base(Record):
    """The bases of one published table, by kind of organisation."""

    locator: Text
    by_kind: dict[Slug, BaseOfKind] = Field(min_length=1)


class Importance(Record):
    """How necessary those who answered thought a resource; rounding may make the sum 99 or 101."""

    unimportant: Percent
    desirable: Percent
    essential: Percent


class SurveyRow(Record):
    """One row of the published tables."""

    id: Identifier
    label: Text
    locator: Text
    in_place: dict[Slug, Percent] = Field(min_length=1)
    """The share that said it is in place, by kind of organisation."""
    published_mean: Percent | None = None
    """The plain mean of the kinds as published, rounding included; not the share of all who answered."""
    importance_locator: Text | None = None
    importance: dict[Slug, Importance] = Field(default_factory=dict)
    note: Text | None = None


class Figure(Record):
    """One published figure that stands by itself."""

    id: Slug
    measure: Text
    group: Text
    value: Text
    percent: Percent | None = None
    base: Text
    year: int = Field(ge=1900, le=2100)
    locator: Text
    warning: Text | None = None


class Survey(Record):
    """A published survey: its rows, its bases, and how to read them."""

    id: Slug
    title: Text
    short_title: Text = Field(max_length=60)
    publisher: Text
    year: int = Field(ge=1900, le=2100)
    fieldwork: Text
    rights: Text
    link: Link | None = None
    bases: dict[Slug, Base]
    """By table: ``in_place`` and, where it was asked, ``importance``."""
    warnings: tuple[Text, ...] = ()
    rows: tuple[SurveyRow, ...] = Field(min_length=1)
    figures: tuple[Figure, ...] = ()
