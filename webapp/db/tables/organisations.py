"""Organisations, groups of them, and who belongs to which."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import Base, Code, Id, Moment, Name

__all__ = ["Group", "GroupOffer", "GroupReader", "Invitation", "Membership", "Organisation"]

_ROLES = "role IN ('owner', 'approver', 'contributor', 'reader')"

_User = Annotated[str, mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"), index=True)]
_Organisation = Annotated[
    str, mapped_column(String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
]


class Group(Base):
    """Organisations that somebody looks after together, as a region's prisons."""

    __tablename__ = "organisation_group"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[Moment]


class GroupReader(Base):
    """Who may see the results of a group's organisations."""

    __tablename__ = "group_reader"

    group_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation_group.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[Moment]


class Organisation(Base):
    """Who assesses itself."""

    __tablename__ = "organisation"

    id: Mapped[Id]
    name: Mapped[Name]
    kind: Mapped[Code]
    reference: Mapped[str | None] = mapped_column(String(100))
    group_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation_group.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[Moment]


class GroupOffer(Base):
    """A place in a group that an administrator offers to an organisation; only its owner can take it."""

    __tablename__ = "group_offer"

    organisation_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation_group.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[Moment]


class Membership(Base):
    """Somebody's role in an organisation; one each."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint(_ROLES, name="role"),)

    organisation_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[Code]
    created_at: Mapped[Moment]


class Invitation(Base):
    """A place offered by email; only the token's hash is kept."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(_ROLES, name="role"),
        UniqueConstraint("organisation_id", "email"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[_Organisation]
    email: Mapped[str] = mapped_column(String(255))
    role: Mapped[Code]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[_User]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
