"""``flask migrate``: make or renew the tables, and keep the standards installed."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from webapp.db.migrating import migrate
from webapp.site import Site
from webapp.store.standards import keep_standard

__all__ = ["migrate_command", "prepare_database"]

_NEWER = "The database is of a newer release than this one: install that release, or restore a backup made before it."

_UNUSABLE = (
    "The database cannot be used: {}. Check that it can be reached, that this user may write to it and to its folder, "
    "and that the disk is not full."
)


@click.command("migrate")
@with_appcontext
def migrate_command() -> None:
    """Bring the database to the tables and standards of this release."""
    prepare_database(cast("Site", current_app))
    click.echo("The database is up to date.")


def prepare_database(app: Site) -> None:
    """Make or renew the tables, and keep the installed standard for ever.

    Raises:
        ClickException: The tables are of a newer release, or the database cannot be written to.
    """
    _make_folder(app)
    try:
        migrate(app.engine)
        with app.run_work(write=True) as opened:
            keep_standard()
            opened.commit()
    except CommandError as error:
        if isinstance(error.__cause__, ResolutionError):
            raise click.ClickException(_NEWER) from None
        raise
    except OperationalError as error:
        raise click.ClickException(_UNUSABLE.format(error.orig)) from None


def _make_folder(app: Site) -> None:
    """SQLite makes a file, but no folder for it."""
    url = make_url(app.engine.url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
