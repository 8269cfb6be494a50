"""Commands for whoever runs the site: ``flask --app webapp.wsgi …``."""

from __future__ import annotations

from flask import Flask

from webapp.commands.migrate import migrate_command

__all__ = ["add_commands"]


def add_commands(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(migrate_command)
