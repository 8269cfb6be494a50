"""How Alembic reaches the database: through the engine that the site uses."""

from __future__ import annotations

from typing import Literal

from alembic import context
from flask_security import AsaList

from webapp.db.locks import hold_on
from webapp.db.mode import writing
from webapp.db.tables import Base
from webapp.db.types import UtcDateTime


def plain_types(kind: str, thing: object, _: object) -> str | Literal[False]:
    """Write our own column types as the database sees them, so that a migration outlives them."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, AsaList):
        return "sa.UnicodeText()"
    return False


engine = context.config.attributes["engine"]
is_sqlite = engine.dialect.name == "sqlite"

mode = writing.set(True)
try:
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=is_sqlite,
            transaction_per_migration=False,
            transactional_ddl=True,  # on SQLite too, as our engine says itself where a transaction begins
            compare_type=True,
            render_item=plain_types,
        )
        with context.begin_transaction():
            hold_on(connection, "migrations")  # of two hosts that are upgraded at once, the second finds it done
            context.run_migrations()
finally:
    writing.reset(mode)
