"""Who answers which theme of an assessment."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from webapp.clock import now
from webapp.db.tables import ThemeAssignment, User
from webapp.db.work import session
from webapp.store.errors import NotAllowedError
from webapp.store.members import Member, get_member, list_members
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Role, Scope

__all__ = ["Assignee", "assign_theme", "list_answerers", "list_assignments"]

_ANSWERERS = (Role.OWNER, Role.CONTRIBUTOR)


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who answers a theme."""

    user_id: str
    name: str


def list_assignments(record: AssessmentRecord) -> dict[str, Assignee]:
    """Who answers each theme; a theme that nobody was given is left out."""
    query = (
        select(ThemeAssignment.theme, User.id, User.name)
        .join(User, User.id == ThemeAssignment.user_id)
        .where(ThemeAssignment.assessment_id == record.id)
    )
    return {row.theme: Assignee(row.id, row.name) for row in session().execute(query)}


def list_answerers(scope: Scope) -> tuple[Member, ...]:
    """The members who may answer, by name."""
    return tuple(member for member in list_members(scope) if member.role in _ANSWERERS)


def assign_theme(scope: Scope, record: AssessmentRecord, *, theme: str, user_id: str | None) -> None:
    """Give a theme to a member, or to nobody.

    Args:
        scope: Who gives it.
        record: The assessment, opened by ``get_open_assessment``.
        theme: One of its themes.
        user_id: The member; None for nobody.

    Raises:
        NotFoundError: They are no member.
        NotAllowedError: They may read, but not answer.
    """
    if user_id is not None and get_member(scope, user_id).role not in _ANSWERERS:
        raise NotAllowedError("Choose somebody who can answer: an owner or a contributor")
    which = (ThemeAssignment.assessment_id == record.id, ThemeAssignment.theme == theme)
    session().execute(delete(ThemeAssignment).where(*which))
    if user_id is not None:
        given = ThemeAssignment(
            assessment_id=record.id, theme=theme, user_id=user_id, assigned_by=scope.user_id, assigned_at=now()
        )
        session().add(given)
        session().flush()
