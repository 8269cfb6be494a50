"""Whether the database can be used."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext

from webapp.db.migrating import newest_revision
from webapp.db.work import session

__all__ = ["check_database"]


def check_database() -> bool:
    """Whether the tables are those of this release.

    Raises:
        SQLAlchemyError: The database does not answer.
    """
    return MigrationContext.configure(session().connection()).get_current_revision() == newest_revision()
