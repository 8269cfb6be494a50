"""Commands for whoever runs the site: ``flask --app webapp.wsgi …``."""

from __future__ import annotations

from flask import Flask

from webapp.commands.administrator import administrator_command
from webapp.commands.backup import backup_command
from webapp.commands.demo import demo_command
from webapp.commands.migrate import migrate_command
from webapp.commands.purge import purge_command
from webapp.commands.restore import restore_command

__all__ = ["add_commands"]


def add_commands(app: Flask) -> None:
    """Add the commands."""
    commands = (administrator_command, backup_command, demo_command, migrate_command, purge_command, restore_command)
    for command in commands:
        app.cli.add_command(command)
