"""Groups of organisations, and who may see their results."""

from __future__ import annotations

from sqlalchemy import select

from webapp.db.tables import GroupReader
from webapp.db.work import session

__all__ = ["is_group_reader"]


def is_group_reader(*, user_id: str, group_id: str) -> bool:
    """Whether somebody may see a group's results."""
    query = select(GroupReader.user_id).where(GroupReader.user_id == user_id, GroupReader.group_id == group_id)
    return session().execute(query).first() is not None
