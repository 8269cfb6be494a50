"""Copies of the whole database: taken while people write, and put back only once they are proven."""

from __future__ import annotations

from webapp.db.backups.errors import BackupError
from webapp.db.backups.files import REMAINS_FOR, delete_remains
from webapp.db.backups.keeper import Keeper, Prepare, make_keeper

__all__ = ["REMAINS_FOR", "BackupError", "Keeper", "Prepare", "delete_remains", "make_keeper"]
