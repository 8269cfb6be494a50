"""``flask purge``: delete what is kept for a time only; for a scheduler, once an hour or once a day."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.db.backups import REMAINS_FOR, delete_remains
from webapp.settings import Settings
from webapp.site import Site
from webapp.store.people import CLOSED_FOR, UNCONFIRMED_FOR, delete_closed, delete_unconfirmed
from webapp.store.purging import purge_expired

__all__ = ["MAILS_FOR", "REMAINS_FOR", "purge_command"]

MAILS_FOR = timedelta(days=30)
"""How long mails lie in the folder, where there is no mail server."""

_BACKUPS = "backups"
"""The folder that backups go to as the site is documented, within its own."""


@click.command("purge")
@with_appcontext
def purge_command() -> None:
    """Delete expired quick checks, invitations, held forms, sessions, tries, accounts and files."""
    app = cast("Site", current_app)
    settings: Settings = app.extensions["settings"]
    counts = _purge_rows(app, settings) | _purge_files(settings.instance)
    click.echo("Deleted: " + ", ".join(f"{name} {count}" for name, count in counts.items()) + ".")


def _purge_rows(app: Site, settings: Settings) -> dict[str, int]:
    with app.run_work(write=True) as work:
        purged = purge_expired(idle=timedelta(minutes=settings.session_minutes))
        unconfirmed = delete_unconfirmed(older_than=UNCONFIRMED_FOR)
        closed = delete_closed(older_than=CLOSED_FOR)
        work.commit()
    return {
        "quick checks": purged.quick_checks,
        "invitations": purged.invitations,
        "held forms": purged.held_forms,
        "ended sessions": purged.sessions,
        "counted tries": purged.tries,
        "accounts never confirmed": unconfirmed,
        "closed accounts": closed,
    }


def _purge_files(instance: Path) -> dict[str, int]:
    return {
        "old mails": _delete_files(instance, "mail/*.eml", MAILS_FOR),
        "remains of interrupted copies": sum(delete_remains(folder) for folder in (instance, instance / _BACKUPS)),
    }


def _delete_files(folder: Path, pattern: str, age: timedelta) -> int:
    """Delete old files by what the disk says of their age, which does not follow the clock of a test."""
    oldest = time.time() - age.total_seconds()
    old = [path for path in folder.glob(pattern) if path.lstat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
