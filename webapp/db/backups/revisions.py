"""Whether a copy is of a release that this one knows how to bring up to date."""

from __future__ import annotations

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from webapp.db.backups.errors import BackupError
from webapp.db.migrating import is_known
from webapp.db.tables import Base

__all__ = ["check_revision", "check_tables", "explain_failure"]

_VERSIONS = "alembic_version"


def explain_failure(error: SQLAlchemyError) -> BackupError:
    """Why a copy could not be brought to the tables of this release, in the database's own words."""
    cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    return BackupError(f"The backup could not be brought to the tables of this release ({cause}). Nothing was changed.")


def check_revision(revision: str | None) -> None:
    """Refuse what is no copy of the site's database, and what is of a newer release.

    Raises:
        BackupError: It is one of these.
    """
    if revision is None:
        raise BackupError("The file is no backup of this site: it does not say of which release its tables are.")
    if not is_known(revision):
        raise BackupError("The backup is of a newer release than this one: install that release, then restore.")


def check_tables(engine: Engine) -> None:
    """Refuse a copy that has other tables than the site, once it is of this release.

    Raises:
        BackupError: Tables are missing, or there are others.
    """
    found, meant = set(inspect(engine).get_table_names()) - {_VERSIONS}, set(Base.metadata.tables)
    if found != meant:
        names = ", ".join(sorted(found ^ meant))
        raise BackupError(f"The file is no backup of this site: it lacks, or has beside its own, the tables {names}.")
