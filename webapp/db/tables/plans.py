"""Action plans as people keep them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import Base, Code, Id, LongText, Moment, Name

__all__ = ["Action", "ActionChange", "Plan"]


class Plan(Base):
    """The one plan of an organisation, and the assessment from which it was last brought up to date."""

    __tablename__ = "plan"

    id: Mapped[Id]
    organisation_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"), unique=True
    )
    assessment_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("assessment.id"), index=True)
    start: Mapped[date]
    created_at: Mapped[Moment]


class Action(Base):
    """An action that people took into the plan, with what they wrote; empty fields follow the draft."""

    __tablename__ = "plan_action"
    __table_args__ = (
        UniqueConstraint("plan_id", "reference"),
        CheckConstraint("status IN ('not_started', 'under_way', 'done', 'blocked')", name="status"),
        CheckConstraint("effort IS NULL OR effort IN ('low', 'medium', 'high')", name="effort"),
    )

    id: Mapped[Id]
    plan_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("plan.id", ondelete="CASCADE"))
    reference: Mapped[Code]
    """A practice's id, or “Own 1” for an action of people's own."""
    is_declined: Mapped[bool] = mapped_column(default=False)
    """Whether people said that they do not want it; it is not offered again."""
    gap: Mapped[LongText] = mapped_column(default="")
    theme: Mapped[Name] = mapped_column(default="")
    action: Mapped[LongText] = mapped_column(default="")
    effort: Mapped[str | None] = mapped_column(String(10))
    owner: Mapped[Name] = mapped_column(default="")
    helpers: Mapped[LongText] = mapped_column(default="")
    start: Mapped[date]
    due: Mapped[date]
    status: Mapped[Code] = mapped_column(default="not_started")
    progress_note: Mapped[LongText] = mapped_column(default="")
    evidence: Mapped[list[str]] = mapped_column(default=list)
    last_reviewed: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[Moment]


class ActionChange(Base):
    """One change of an action, or a text that lost to another: who, when, from, to. Never changed, only added."""

    __tablename__ = "plan_action_change"
    __table_args__ = (
        CheckConstraint("kind IN ('added', 'saved', 'taken_out', 'put_back', 'not_kept')", name="kind"),
        Index(None, "action_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("plan_action.id", ondelete="CASCADE"))
    version: Mapped[int]
    """The action's version after the change; of a text that was not kept, the version it lost to."""
    kind: Mapped[Code]
    before: Mapped[dict[str, object]]
    after: Mapped[dict[str, object]]
    changed_by: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("user_account.id", ondelete="SET NULL")
    )
    changed_at: Mapped[Moment]
