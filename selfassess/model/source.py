"""A source: what somebody published, as numbered requirements that can be traced back."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from selfassess.model.record import Day, Identifier, Link, Record, Slug, Text

__all__ = ["Encoded", "Requirement", "RequirementStatus", "Source", "SourceKind"]


class RequirementStatus(StrEnum):
    """What a source says of a requirement that sources are compared by."""

    REQUIRED = "required"
    ABSENT = "absent"
    NOT_APPLICABLE = "not_applicable"


class SourceKind(StrEnum):
    """What sort of publication a source is."""

    GUIDANCE = "guidance"
    QUALITY_STANDARD = "quality_standard"
    RECOMMENDATIONS = "recommendations"
    RESEARCH = "research"


class Encoded(StrEnum):
    """Whether all the requirements of a source are in its file."""

    FULLY = "fully"
    PARTLY = "partly"


class Requirement(Record):
    """One numbered requirement of a source, labelled in our words."""

    id: Identifier
    label: Text
    locator: Text
    """Where it stands in the publication: section, table, row."""
    status: RequirementStatus
    group: Text | None = None
    asked: bool = True
    """False where it describes the publication itself and no organisation can be asked it."""
    note: Text | None = None

    @property
    def can_be_met(self) -> bool:
        """Whether a practice may be mapped to it."""
        return self.asked and self.status is RequirementStatus.REQUIRED


class Source(Record):
    """A publication and its requirements."""

    id: Slug
    title: Text
    short_title: Text = Field(max_length=32)
    publisher: Text
    year: int = Field(ge=1900, le=2100)
    kind_of_source: SourceKind
    encoded: Encoded
    encoded_note: Text | None = None
    """What is missing, where the source is encoded partly."""
    seen_through: Text
    """Where its content was read."""
    rights: Text
    link: Link | None = None
    readiness_note: Text | None = None
    """What must be said wherever readiness against the source is shown."""
    checked_on: Day
    requirements: tuple[Requirement, ...] = Field(min_length=1)
