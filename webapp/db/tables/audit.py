"""The audit log: who did what to whom, without answers."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import Base, Code, Moment

__all__ = ["AuditEvent"]


class AuditEvent(Base):
    """Something that happened to an account, an organisation, a team or an assessment. Never changed, only added."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    happened_at: Mapped[Moment] = mapped_column(index=True)
    event: Mapped[Code]
    user_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="SET NULL"))
    organisation_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), index=True)
    """Kept without a foreign key: the log outlives what it tells of."""
    subject: Mapped[str | None] = mapped_column(String(100))
    details: Mapped[dict[str, object]]
