"""What practices refer to besides sources: rules of law and practice, and case studies."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from selfassess.model.record import Day, Link, Record, Slug, Text

__all__ = ["CaseStudies", "CaseStudy", "Confirmation", "Rule", "Rules"]


class Confirmation(StrEnum):
    """How far a statement of law or practice could be checked."""

    CONFIRMED = "confirmed"
    PARTLY_CONFIRMED = "partly_confirmed"
    NOT_CONFIRMED = "not_confirmed"


class Rule(Record):
    """A law or prison rule in short, with the day it was last checked."""

    id: Slug
    title: Text
    summary: Text
    status: Confirmation
    checked_on: Day
    confirmed_by: Text | None = None
    not_confirmed: Text | None = None
    link: Link | None = None


class Rules(Record):
    """The file ``rules.yaml``."""

    note: Text | None = None
    rules: tuple[Rule, ...] = Field(min_length=1)


class CaseStudy(Record):
    """A published example, with what it shows."""

    id: Slug
    title: Text
    shows: Text
    locator: Text


class CaseStudies(Record):
    """The file ``case-studies.yaml``."""

    publisher: Text
    year: int = Field(ge=1900, le=2100)
    note: Text | None = None
    case_studies: tuple[CaseStudy, ...] = Field(min_length=1)
