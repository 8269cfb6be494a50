"""An assessment as the rest of the site holds it: only a scope gives one, so holding it is leave to read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from selfassess import Standard
from webapp.store.standards import get_standard

__all__ = ["AssessmentRecord", "Status"]


class Status(StrEnum):
    """How far an assessment has come."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """One assessment, without its answers.

    Attributes:
        title: What people call it, as “2026”.
        date: The day the answers describe.
        carried_from_id: The assessment from which answers were carried over.
        corrects_id: The signed assessment that this one corrects.
    """

    id: str
    standard_hash: str
    questionnaire: str
    title: str
    date: date
    status: Status
    carried_from_id: str | None
    corrects_id: str | None
    correction_reason: str
    created_by: str | None
    created_at: datetime

    @property
    def standard(self) -> Standard:
        """The standard in the version that is answered."""
        return get_standard(self.standard_hash)

    @property
    def is_open(self) -> bool:
        """Whether answers can be changed."""
        return self.status is Status.OPEN
