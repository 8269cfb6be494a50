"""What keeps a backup from being taken or put back."""

from __future__ import annotations

__all__ = ["BackupError"]


class BackupError(Exception):
    """No backup was taken, or none was put back; the message says why, and what to do."""
