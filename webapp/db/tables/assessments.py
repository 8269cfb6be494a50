"""Assessments: the answers, what became of each, and the sign-off."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import Base, Code, Id, LongText, Moment, Name

__all__ = [
    "Answer",
    "AnswerChange",
    "Assessment",
    "Comment",
    "KeptReport",
    "ReviewEvent",
    "SignedCopy",
    "StandardCopy",
    "ThemeAssignment",
]

_LEVELS = "level IS NULL OR level IN ('0', '1', '2', '3', 'NA', 'DK')"
_HASH_LENGTH = 64

_Assessment = Annotated[str, mapped_column(String(ID_LENGTH), ForeignKey("assessment.id", ondelete="CASCADE"))]
_Person = Annotated[str | None, mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="SET NULL"))]


class StandardCopy(Base):
    """One version of a standard, whole, so that an assessment can always be read as it was answered."""

    __tablename__ = "standard_copy"
    __table_args__ = (UniqueConstraint("standard_id", "version", "hash"),)

    hash: Mapped[str] = mapped_column(String(_HASH_LENGTH), primary_key=True)
    standard_id: Mapped[Code]
    version: Mapped[Code]
    title: Mapped[Name]
    files: Mapped[dict[str, object]]
    """The text of every file by its path."""
    added_at: Mapped[Moment]


class Assessment(Base):
    """One self-assessment of an organisation: open, submitted or signed."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'submitted', 'signed')", name="status"),
        Index(None, "organisation_id", "created_at"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"))
    standard_hash: Mapped[str] = mapped_column(String(_HASH_LENGTH), ForeignKey("standard_copy.hash"))
    questionnaire: Mapped[Code]
    title: Mapped[Name]
    """What people call it, as “2026”."""
    date: Mapped[date]
    """The day the answers describe."""
    status: Mapped[Code] = mapped_column(default="open")
    carried_from_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("assessment.id", ondelete="SET NULL")
    )
    corrects_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("assessment.id", ondelete="SET NULL"))
    correction_reason: Mapped[LongText] = mapped_column(default="")
    created_by: Mapped[_Person]
    created_at: Mapped[Moment]


class Answer(Base):
    """The answer to one practice; its version counts the changes, so that nobody overwrites what they did not see."""

    __tablename__ = "answer"
    __table_args__ = (CheckConstraint(_LEVELS, name="level"),)

    assessment_id: Mapped[_Assessment] = mapped_column(primary_key=True)
    practice: Mapped[Code] = mapped_column(primary_key=True)
    level: Mapped[str | None] = mapped_column(String(2))
    note: Mapped[LongText] = mapped_column(default="")
    reason: Mapped[LongText] = mapped_column(default="")
    evidence: Mapped[list[str]] = mapped_column(default=list)
    to_confirm: Mapped[bool] = mapped_column(default=False)
    """Whether it was carried over and nobody has said yet that it still holds."""
    version: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[_Person]
    changed_at: Mapped[Moment]


class AnswerChange(Base):
    """One change of an answer, or a text that lost to another: who, when, from, to. Never changed, only added."""

    __tablename__ = "answer_change"
    __table_args__ = (
        CheckConstraint("kind IN ('saved', 'carried', 'confirmed', 'not_kept')", name="kind"),
        Index(None, "assessment_id", "practice"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[_Assessment]
    practice: Mapped[Code]
    version: Mapped[int]
    """The answer's version after the change; of a text that was not kept, the version it lost to."""
    kind: Mapped[Code]
    before: Mapped[dict[str, object]]
    after: Mapped[dict[str, object]]
    changed_by: Mapped[_Person]
    changed_at: Mapped[Moment]


class ThemeAssignment(Base):
    """Who answers a theme."""

    __tablename__ = "theme_assignment"

    assessment_id: Mapped[_Assessment] = mapped_column(primary_key=True)
    theme: Mapped[Code] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"))
    assigned_by: Mapped[_Person]
    assigned_at: Mapped[Moment]


class Comment(Base):
    """A remark on a practice of an assessment, to everybody or to one colleague."""

    __tablename__ = "comment"
    __table_args__ = (Index(None, "assessment_id", "practice"),)

    id: Mapped[Id]
    assessment_id: Mapped[_Assessment]
    practice: Mapped[Code]
    author_id: Mapped[_Person]
    addressed_to: Mapped[_Person]
    text: Mapped[LongText]
    created_at: Mapped[Moment]
    resolved_by: Mapped[_Person]
    resolved_at: Mapped[Moment | None]


class ReviewEvent(Base):
    """A step on the way to the sign-off: submitted, sent back with a reason, signed."""

    __tablename__ = "review_event"
    __table_args__ = (CheckConstraint("kind IN ('submitted', 'sent_back', 'signed')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[_Assessment] = mapped_column(index=True)
    kind: Mapped[Code]
    reason: Mapped[LongText] = mapped_column(default="")
    user_id: Mapped[_Person]
    user_name: Mapped[Name]
    """The name at that time: a signature outlives the account."""
    happened_at: Mapped[Moment]


class SignedCopy(Base):
    """The assessment as it was signed, word for word, with its checksum."""

    __tablename__ = "signed_copy"

    assessment_id: Mapped[_Assessment] = mapped_column(primary_key=True)
    document: Mapped[LongText]
    """The assessment as an assessment file in JSON, with keys in order."""
    checksum: Mapped[str] = mapped_column(String(_HASH_LENGTH))
    """SHA-256 of the document."""
    signed_at: Mapped[Moment]


class KeptReport(Base):
    """A report of a signed assessment: its page is kept when it is signed, its PDF once it has been made."""

    __tablename__ = "kept_report"
    __table_args__ = (CheckConstraint("kind IN ('gap_report', 'action_plan')", name="kind"),)

    assessment_id: Mapped[_Assessment] = mapped_column(primary_key=True)
    kind: Mapped[Code] = mapped_column(primary_key=True)
    html: Mapped[LongText]
    checksum: Mapped[str] = mapped_column(String(_HASH_LENGTH))
    """SHA-256 of the page."""
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    pdf_checksum: Mapped[str | None] = mapped_column(String(_HASH_LENGTH))
    made_at: Mapped[Moment]
