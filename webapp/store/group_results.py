"""What a group's readers see: the latest assessment that each organisation signed, never one that is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select

from webapp.db.tables import Assessment, Organisation, SignedCopy
from webapp.db.work import session
from webapp.store.groups import GroupScope

__all__ = ["GroupResult", "SignedResult", "list_group_results"]


@dataclass(frozen=True, slots=True)
class SignedResult:
    """The latest signed assessment of an organisation; two with the same checksum are the same.

    Attributes:
        document: The assessment file as it was signed, in JSON.
        checksum: SHA-256 of the document.
        date: The day the answers describe.
    """

    document: str = field(compare=False)
    checksum: str
    standard_hash: str
    date: date
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class GroupResult:
    """An organisation in a group, with what it signed last; None where it has signed nothing yet."""

    organisation_id: str
    name: str
    kind: str
    signed: SignedResult | None


def list_group_results(group: GroupScope) -> tuple[GroupResult, ...]:
    """Every organisation of a group with what it signed last, by name."""
    query = (
        select(Organisation.id, Organisation.name, Organisation.kind)
        .where(Organisation.group_id == group.group_id)
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    signed = _read_signed(_find_latest(group).values())
    return tuple(GroupResult(row.id, row.name, row.kind, signed.get(row.id)) for row in session().execute(query))


def _find_latest(group: GroupScope) -> dict[str, str]:
    """By organisation, the id of the assessment it signed last: of the latest day, and of those the latest signed."""
    query = (
        select(Assessment.organisation_id, Assessment.id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .join(SignedCopy, SignedCopy.assessment_id == Assessment.id)
        .where(Organisation.group_id == group.group_id, Assessment.status == "signed")
        .order_by(Assessment.date, SignedCopy.signed_at)
    )
    return {row.organisation_id: row.id for row in session().execute(query)}


def _read_signed(assessment_ids: Iterable[str]) -> dict[str, SignedResult]:
    """By organisation, what was signed."""
    query = (
        select(
            Assessment.organisation_id,
            SignedCopy.document,
            SignedCopy.checksum,
            Assessment.standard_hash,
            Assessment.date,
            SignedCopy.signed_at,
        )
        .join(SignedCopy, SignedCopy.assessment_id == Assessment.id)
        .where(Assessment.id.in_(list(assessment_ids)))
    )
    return {
        row.organisation_id: SignedResult(row.document, row.checksum, row.standard_hash, row.date, row.signed_at)
        for row in session().execute(query)
    }
