"""``flask administrator EMAIL``: the first administrator; further ones are made on the site."""

from __future__ import annotations

from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.site import Site
from webapp.store.administration import appoint_administrator
from webapp.store.people import find_person_by_email

__all__ = ["administrator_command"]


@click.command("administrator")
@click.argument("email")
@with_appcontext
def administrator_command(email: str) -> None:
    """Let the person with this address administer the site."""
    app = cast("Site", current_app)
    with app.run_work(write=True) as work:
        person = find_person_by_email(email)
        if person is None:
            raise click.ClickException(f"Nobody has an account with the address {email}. Register on the site first.")
        appoint_administrator(administrator_id=None, user_id=person.id)
        work.commit()
    click.echo(f"{person.name} is an administrator of the site.")
