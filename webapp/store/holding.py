"""Holding an organisation: of two who change who belongs to it, where it belongs or what it is, the second waits.

What is asked after that sees what the first did. Answers are held by their assessment, and wait for none of this.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from webapp.db.tables import Organisation
from webapp.db.work import session

__all__ = ["hold_organisation", "hold_organisations"]


def hold_organisation(organisation_id: str) -> None:
    """Hold an organisation until the transaction ends; nothing happens where there is none."""
    hold_organisations(Organisation.id == organisation_id)


def hold_organisations(condition: ColumnElement[bool]) -> None:
    """Hold several, always in the same order, or two who each hold one would wait for each other's."""
    session().execute(select(Organisation.id).where(condition).order_by(Organisation.id).with_for_update())
