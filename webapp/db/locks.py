"""Holding what is no row: one transaction at a time, until it ends."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, select

from webapp.db.work import session

__all__ = ["hold", "hold_on"]


def hold(name: str) -> None:
    """Wait until no other transaction holds this name, and hold it until this one ends.

    For what is about to be made, and so has no row yet that could be held by ``with_for_update``.
    """
    hold_on(session().connection(), name)


def hold_on(connection: Connection, name: str) -> None:
    """The same on a connection outside a unit of work. On SQLite a transaction that writes is alone in any case."""
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(number)))
