"""Commands for whoever runs the site: ``flask --app webapp.wsgi …``."""

from __future__ import annotations

from flask import Flask

from webapp.commands.administrator import administrator_command
from webapp.commands.demo import demo_command
from webapp.commands.migrate import migrate_command
from webapp.commands.purge import purge_command

__all__ = ["add_commands"]


def add_commands(app: Flask) -> None:
    """Add the commands."""
    for command in (administrator_command, demo_command, migrate_command, purge_command):
        app.cli.add_command(command)
