"""Ids of rows that people meet in addresses."""

from __future__ import annotations

import secrets

__all__ = ["ID_LENGTH", "new_id"]

ID_LENGTH = 20
"""Characters of an id: 80 random bits in hexadecimal, so that nobody can guess or count them."""


def new_id() -> str:
    """An id that no other row has."""
    return secrets.token_hex(ID_LENGTH // 2)
