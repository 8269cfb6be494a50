"""``flask demo``: invented organisations, so that anyone can look round; done once, and left alone after that."""

from __future__ import annotations

from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_security import hash_password

from webapp.commands.demo.charity import make_charity
from webapp.commands.demo.people import CAST, PASSWORD, make_people
from webapp.commands.demo.prison import make_prison
from webapp.commands.demo.region import make_region
from webapp.settings import Settings
from webapp.site import Site
from webapp.store.people import find_person_by_email

__all__ = ["demo_command"]


@click.command("demo")
@with_appcontext
def demo_command() -> None:
    """Fill the database with invented organisations and people of every role."""
    app = cast("Site", current_app)
    settings: Settings = app.extensions["settings"]
    if settings.environment == "production":
        raise click.ClickException("Everybody knows the passwords of the demonstration: it has no place in production.")
    with app.run_work(write=True) as work:
        if find_person_by_email(CAST[0].email) is None:
            _fill()
            work.commit()
    _tell()


def _fill() -> None:
    people = make_people(hash_password(PASSWORD))
    prison, charity = make_prison(people), make_charity(people)
    make_region(people, {"prison owner": prison, "charity owner": charity})


def _tell() -> None:
    click.echo("You can sign in as any of these invented people:")
    width = max(len(actor.email) for actor in CAST)
    for actor in CAST:
        click.echo(f"  {actor.email:<{width}}  {actor.name}, {actor.part}")
    click.echo(f"The password of all of them is: {PASSWORD}")
