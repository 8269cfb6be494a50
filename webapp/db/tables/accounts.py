"""People: their accounts, roles in the site, and where they are signed in."""

from __future__ import annotations

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import Base, Code, Id, Moment, Name

__all__ = ["LoginSession", "Role", "Try", "UsedCode", "User"]

_roles_of_users = Table(
    "role_of_user",
    Base.metadata,
    Column("user_id", ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("site_role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    """A role in the site as a whole; there is one, ``administrator``."""

    __tablename__ = "site_role"

    id: Mapped[Id]  # type: ignore[assignment] # Flask-Security takes any type that is unique
    name: Mapped[str] = mapped_column(String(40), unique=True)
    description: Mapped[str] = mapped_column(String(200), default="")


class User(Base, UserMixin):
    """A person's account, as Flask-Security wants it.

    A closed account keeps its row, without name, address and password, because answers say who gave them.
    """

    __tablename__ = "user_account"

    id: Mapped[Id]  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[Name] = mapped_column(default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[Moment | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    create_datetime: Mapped[Moment]
    update_datetime: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    roles: Mapped[list[Role]] = relationship(secondary=_roles_of_users, lazy="select")  # type: ignore[assignment]


class LoginSession(Base):
    """One browser in which somebody is signed in; without its row, the browser is signed out."""

    __tablename__ = "login_session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    device: Mapped[Code]
    """What the browser says it is, in a few words, as “Firefox on Windows”."""
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment]


class UsedCode(Base):
    """The last code of an authenticator app that somebody used, so that nobody who saw it can use it again."""

    __tablename__ = "used_code"

    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    counter: Mapped[int] = mapped_column(BigInteger)
    """The half minute since 1970 for which the code was made."""


class Try(Base):
    """Something that may not be tried without end, such as a password; kept for a quarter of an hour."""

    __tablename__ = "try"
    __table_args__ = (Index("ix_try_whom", "kind", "whom"), Index("ix_try_whence", "kind", "whence"))

    id: Mapped[Id]
    kind: Mapped[Code]
    whom: Mapped[str] = mapped_column(String(64))
    """For which account: a hash, because there need not be one."""
    whence: Mapped[str] = mapped_column(String(64))
    """From which address of the network: a hash."""
    happened_at: Mapped[Moment] = mapped_column(index=True)
