"""Copies of the whole database: taken while people write, and put back only once they are proven."""

from __future__ import annotations

from webapp.db.backups.errors import BackupError
from webapp.db.backups.keeper import Keeper, Prepare, make_keeper

__all__ = ["BackupError", "Keeper", "Prepare", "make_keeper"]
