"""``flask backup FILE``: a consistent copy of the database, taken while people write; for a scheduler, daily."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.db.backups import BackupError, make_keeper
from webapp.site import Site

__all__ = ["backup_command"]


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Write over a file that is there.")
@with_appcontext
def backup_command(file: Path, *, replace: bool) -> None:
    """Copy the database to FILE, which only its owner can read; the site may run meanwhile."""
    app = cast("Site", current_app)
    try:
        make_keeper(app.engine).take(file, replace=replace)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The database is copied to {file} ({file.stat().st_size:,} bytes), and the copy is sound.")
