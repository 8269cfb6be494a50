"""An organisation's home: where each assessment stands, what is next, and what colleagues ask of whoever looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from webapp.store.comments import OpenComment
from webapp.store.records import AssessmentRecord, Status
from webapp.store.scope import Role, Scope

__all__ = ["AssessmentLine", "CommentLine", "OrganisationHome", "make_home"]


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """One assessment.

    Attributes:
        status: Where it stands, in words.
        next_step: What this person can do with it, in words.
        is_signed: Whether it leads to its results.
    """

    id: str
    title: str
    date: date
    status: str
    next_step: str
    is_signed: bool
    is_correction: bool


@dataclass(frozen=True, slots=True)
class CommentLine:
    """An open comment that is for whoever looks.

    Attributes:
        title: What the practice is about.
        author: The name of who wrote it; empty where the account is gone.
    """

    assessment_id: str
    assessment_title: str
    practice: str
    title: str
    author: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationHome:
    """What an organisation is at, and what it has finished.

    Attributes:
        comments: Open comments for this person, the latest first.
        current: Open and submitted, the latest first.
        signed: Signed off, the latest first.
        may_start: Whether this person may start an assessment.
    """

    comments: tuple[CommentLine, ...]
    current: tuple[AssessmentLine, ...]
    signed: tuple[AssessmentLine, ...]
    may_start: bool


_STATUS_WORDS = {
    Status.OPEN: "Being answered",
    Status.SUBMITTED: "Waiting for sign-off",
    Status.SIGNED: "Signed off",
}


def make_home(records: Sequence[AssessmentRecord], comments: Iterable[OpenComment], scope: Scope) -> OrganisationHome:
    """The home of an organisation, as somebody with a role sees it.

    Args:
        records: Its assessments, the latest first.
        comments: The open comments for this person, the latest first.
        scope: Who looks.
    """
    known = {record.id: record for record in records}
    lines = tuple(_make_line(record, scope) for record in records)
    return OrganisationHome(
        comments=tuple(_make_comment(comment, known[comment.assessment_id]) for comment in comments),
        current=tuple(line for line in lines if not line.is_signed),
        signed=tuple(line for line in lines if line.is_signed),
        may_start=scope.may_act_as(Role.CONTRIBUTOR),
    )


def _make_line(record: AssessmentRecord, scope: Scope) -> AssessmentLine:
    return AssessmentLine(
        id=record.id,
        title=record.title,
        date=record.date,
        status=_STATUS_WORDS[record.status],
        next_step=_next_step(record.status, scope),
        is_signed=record.status is Status.SIGNED,
        is_correction=record.corrects_id is not None,
    )


def _make_comment(comment: OpenComment, record: AssessmentRecord) -> CommentLine:
    return CommentLine(
        assessment_id=record.id,
        assessment_title=record.title,
        practice=comment.practice,
        title=record.standard.practices[comment.practice].title,
        author=comment.author,
        created_at=comment.created_at,
    )


def _next_step(status: Status, scope: Scope) -> str:
    if status is Status.OPEN:
        return "Continue answering" if scope.may_act_as(Role.CONTRIBUTOR) else "Read the answers so far"
    if status is Status.SUBMITTED:
        return "Read, then sign or send back" if scope.may_act_as(Role.APPROVER) else "Read what was submitted"
    return "See the results"
