"""Whether the database can be used."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from sqlalchemy import column, table, update

from webapp.db.migrating import newest_revision
from webapp.db.work import session

__all__ = ["check_database", "check_writing"]


def check_database() -> bool:
    """Whether the tables are those of this release.

    Raises:
        SQLAlchemyError: The database does not answer.
    """
    return MigrationContext.configure(session().connection()).get_current_revision() == newest_revision()


def check_writing() -> None:
    """Write something that changes nothing; the caller does not commit it.

    Raises:
        SQLAlchemyError: The database can only be read.
    """
    session().connection().execute(update(_VERSIONS).values(version_num=_VERSIONS.c.version_num))


_VERSIONS = table("alembic_version", column("version_num"))
