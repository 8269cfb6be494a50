"""How the tables became what they are, one revision after another."""

from __future__ import annotations

from pathlib import Path

__all__ = ["FOLDER"]

FOLDER = Path(__file__).parent
"""Where Alembic finds the revisions."""
