"""``flask restore FILE``: put a backup in the place of the database, which is kept."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import Engine

from webapp.clock import now
from webapp.db.backups import BackupError, make_keeper
from webapp.db.migrating import migrate
from webapp.db.work import work_on
from webapp.settings import Settings
from webapp.site import Site
from webapp.store.audit import record_event
from webapp.store.sessions import end_all_sessions
from webapp.store.standards import keep_standard

__all__ = ["restore_command"]


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def restore_command(file: Path) -> None:
    """Put the backup FILE in the place of the database, once it is proven; stop the site first."""
    app = cast("Site", current_app)
    kept = _name_kept(app)
    try:
        is_kept = make_keeper(app.engine).put_back(file, kept=kept, prepare=_prepare)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The site is restored from {file}. Everybody has to sign in again.")
    if is_kept:
        click.echo(f"The database that was there is kept in {kept}: delete it when you need it no more.")


def _name_kept(app: Site) -> Path:
    """Where the present database is kept: beside it, or in the site's own folder where it is on a server."""
    settings: Settings = app.extensions["settings"]
    url = app.engine.url
    name = f"before-restore-{now():%Y%m%d-%H%M%S-%f}"
    if app.engine.dialect.name == "sqlite":
        path = Path(url.database or "").resolve()
        return path.with_name(f"{path.name}.{name}")
    settings.instance.mkdir(parents=True, exist_ok=True)
    return settings.instance / f"{url.database}.{name}"


def _prepare(engine: Engine) -> None:
    """Bring what was restored to this release; a browser that was signed out since the backup must stay so."""
    migrate(engine)
    with work_on(engine, write=True) as work:
        keep_standard()
        end_all_sessions()
        record_event("database_restored", user_id=None)
        work.commit()
