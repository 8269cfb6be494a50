"""What is kept of visitors for a short time: quick checks, and forms sent after the session had ended."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import Base, Code, Id, Moment

__all__ = ["HeldForm", "QuickCheck"]


class QuickCheck(Base):
    """A quick check without an account, found only by the token in its visitor's session; deleted after a day."""

    __tablename__ = "quick_check"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    standard_hash: Mapped[str] = mapped_column(String(64), ForeignKey("standard_copy.hash"))
    kind: Mapped[Code]
    organisation: Mapped[str] = mapped_column(String(300), default="")
    answers: Mapped[dict[str, object]]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment] = mapped_column(index=True)


class HeldForm(Base):
    """What somebody typed into a page of an assessment and sent when already signed out, until they sign in again."""

    __tablename__ = "held_form"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(300))
    fields: Mapped[dict[str, object]]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment] = mapped_column(index=True)
