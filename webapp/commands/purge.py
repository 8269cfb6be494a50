"""``flask purge``: delete what has expired; for a scheduler, once an hour or once a day."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.settings import Settings
from webapp.site import Site
from webapp.store.people import UNCONFIRMED_FOR, delete_unconfirmed
from webapp.store.purging import purge_expired

__all__ = ["purge_command"]


@click.command("purge")
@with_appcontext
def purge_command() -> None:
    """Delete expired quick checks, invitations, held forms and sessions, and accounts that were never confirmed."""
    app = cast("Site", current_app)
    settings: Settings = app.extensions["settings"]
    with app.run_work(write=True) as work:
        purged = purge_expired(idle=timedelta(minutes=settings.session_minutes))
        accounts = delete_unconfirmed(older_than=UNCONFIRMED_FOR)
        work.commit()
    click.echo(
        f"Deleted: quick checks {purged.quick_checks}, invitations {purged.invitations}, held forms "
        f"{purged.held_forms}, ended sessions {purged.sessions}, counted tries {purged.tries}, "
        f"accounts never confirmed {accounts}."
    )
