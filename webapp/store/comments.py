"""Comments on practices: what colleagues say to each other about an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.orm import aliased

from webapp.clock import now
from webapp.db.tables import Assessment, Comment, User
from webapp.db.work import session
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.members import get_member
from webapp.store.records import AssessmentRecord, Status
from webapp.store.scope import Role, Scope

__all__ = [
    "COMMENT_LENGTH",
    "CommentRecord",
    "OpenComment",
    "OpenCount",
    "add_comment",
    "count_open",
    "list_comments",
    "list_open_for",
    "may_resolve",
    "resolve_comment",
]

COMMENT_LENGTH = 5_000
"""Characters of a comment."""


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """One comment.

    Attributes:
        author: The name of who wrote it; empty where the account is gone.
        addressee_id: The colleague whom it is for; None for everybody.
        addressee: Their name.
        resolved_at: When somebody said that it is dealt with; None while it is open.
    """

    id: str
    text: str
    author_id: str | None
    author: str
    addressee_id: str | None
    addressee: str
    created_at: datetime
    resolved_by: str
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenComment:
    """An open comment that is for one person, and where it is."""

    assessment_id: str
    assessment_title: str
    practice: str
    text: str
    author: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many comments on a practice are open, and how many of those are for one person."""

    open: int
    mine: int


_Addressee = aliased(User, name="addressee")
_Resolver = aliased(User, name="resolver")


def list_comments(record: AssessmentRecord, practice: str) -> tuple[CommentRecord, ...]:
    """The comments on a practice, the first one first."""
    query = _select().where(Comment.assessment_id == record.id, Comment.practice == practice)
    return tuple(_make_record(row) for row in session().execute(query.order_by(Comment.created_at, Comment.id)))


def count_open(scope: Scope, record: AssessmentRecord) -> dict[str, OpenCount]:
    """How many comments are open, by practice."""
    query = (
        select(
            Comment.practice,
            func.count().label("every"),
            func.count().filter(Comment.addressed_to == scope.user_id).label("mine"),
        )
        .where(Comment.assessment_id == record.id, Comment.resolved_at.is_(None))
        .group_by(Comment.practice)
    )
    return {row.practice: OpenCount(row.every, row.mine) for row in session().execute(query)}


def list_open_for(scope: Scope) -> tuple[OpenComment, ...]:
    """The open comments for this person in the organisation's unsigned assessments, the latest first."""
    query = (
        select(Comment, Assessment.title, User.name)
        .join(Assessment, Assessment.id == Comment.assessment_id)
        .outerjoin(User, User.id == Comment.author_id)
        .where(
            Assessment.organisation_id == scope.organisation_id,
            Assessment.status != Status.SIGNED.value,
            Comment.addressed_to == scope.user_id,
            Comment.resolved_at.is_(None),
        )
        .order_by(Comment.created_at.desc(), Comment.id)
    )
    return tuple(
        OpenComment(found.assessment_id, title, found.practice, found.text, name or "", found.created_at)
        for found, title, name in session().execute(query)
    )


def add_comment(
    scope: Scope, record: AssessmentRecord, *, practice: str, text: str, addressed_to: str | None = None
) -> str:
    """Say something about a practice.

    Args:
        scope: Who says it.
        record: The assessment.
        practice: One that the assessment asks.
        text: What is said.
        addressed_to: A member of the organisation; None for everybody.

    Returns:
        The comment's id.

    Raises:
        NotAllowedError: The assessment is signed.
        NotFoundError: The colleague is no member.
    """
    _require_unsigned(record)
    if addressed_to is not None:
        get_member(scope, addressed_to)
    comment = Comment(
        assessment_id=record.id,
        practice=practice,
        author_id=scope.user_id,
        addressed_to=addressed_to,
        text=text,
        created_at=now(),
    )
    session().add(comment)
    session().flush()
    return comment.id


def resolve_comment(scope: Scope, record: AssessmentRecord, *, practice: str, comment_id: str) -> None:
    """Say that a comment is dealt with; one that is already stays as it is.

    Raises:
        NotFoundError: The practice has no such comment.
        NotAllowedError: The assessment is signed, or this person may only close comments by or to them.
    """
    _require_unsigned(record)
    found = next((each for each in list_comments(record, practice) if each.id == comment_id), None)
    if found is None:
        raise NotFoundError
    if not may_resolve(scope, found):
        raise NotAllowedError("Only the people it is between, and those who work on the answers, can close a comment")
    query = update(Comment).where(Comment.id == comment_id, Comment.resolved_at.is_(None))
    session().execute(query.values(resolved_by=scope.user_id, resolved_at=now()))


def may_resolve(scope: Scope, comment: CommentRecord) -> bool:
    """Whether somebody may close a comment: readers only their own, and those that are for them."""
    return scope.role is not Role.READER or scope.user_id in (comment.author_id, comment.addressee_id)


def _require_unsigned(record: AssessmentRecord) -> None:
    if record.status is Status.SIGNED:
        raise NotAllowedError("This assessment is signed, so its comments cannot be changed")


def _select() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Comment.id,
            Comment.text,
            Comment.author_id,
            User.name.label("author"),
            Comment.addressed_to,
            _Addressee.name.label("addressee"),
            Comment.created_at,
            _Resolver.name.label("resolver"),
            Comment.resolved_at,
        )
        .outerjoin(User, User.id == Comment.author_id)
        .outerjoin(_Addressee, _Addressee.id == Comment.addressed_to)
        .outerjoin(_Resolver, _Resolver.id == Comment.resolved_by)
    )


def _make_record(row: Row[*tuple[Any, ...]]) -> CommentRecord:
    return CommentRecord(
        id=row.id,
        text=row.text,
        author_id=row.author_id,
        author=row.author or "",
        addressee_id=row.addressed_to,
        addressee=row.addressee or "",
        created_at=row.created_at,
        resolved_by=row.resolver or "",
        resolved_at=row.resolved_at,
    )
