"""What stands around the answers of a theme's page: open comments, and who was given the theme.

One question to the database, because this page is the one that people open most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, func, literal, null, select, union_all

from webapp.db.prepared import Prepared
from webapp.db.tables import Comment, ThemeAssignment, User
from webapp.db.work import ask
from webapp.store.records import AssessmentRecord

__all__ = ["ThemeNotes", "find_theme_notes"]


@dataclass(frozen=True, slots=True)
class ThemeNotes:
    """What is known of a theme besides its answers.

    Attributes:
        assigned_to: The name of who was given the theme; empty for nobody.
        comments: How many comments are open, by practice of the whole assessment.
    """

    assigned_to: str
    comments: dict[str, int]


def find_theme_notes(record: AssessmentRecord, theme: str) -> ThemeNotes:
    """The notes of one theme."""
    rows = ask(_NOTES, {"assessment": record.id, "theme": theme})
    return ThemeNotes(
        assigned_to=next((name for practice, _, name in rows if practice is None), ""),
        comments={practice: count for practice, count, _ in rows if practice is not None},
    )


def _notes() -> CompoundSelect[*tuple[Any, ...]]:
    comments = (
        select(Comment.practice.label("practice"), func.count().label("open"), literal("").label("name"))
        .where(Comment.assessment_id == bindparam("assessment"), Comment.resolved_at.is_(None))
        .group_by(Comment.practice)
    )
    assigned = (
        select(null().label("practice"), literal(0).label("open"), User.name.label("name"))
        .join(ThemeAssignment, ThemeAssignment.user_id == User.id)
        .where(
            ThemeAssignment.assessment_id == bindparam("assessment"),
            ThemeAssignment.theme == bindparam("theme"),
        )
    )
    return union_all(comments, assigned)


_NOTES = Prepared(_notes())
