"""PostgreSQL, set so that a transaction means what it means on SQLite.

A reading transaction sees one moment of the whole database and can write nothing. A writing one sees what others have
committed by the time it asks; what it is about to change it holds, by ``with_for_update`` or by `webapp.db.locks`, so
that of two who change the same thing the second waits and then sees what the first did.
"""

from __future__ import annotations

from typing import Any

from psycopg.abc import Buffer
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

from webapp.db.mode import is_writing
from webapp.db.privacy import cut_words

__all__ = ["prepare_postgresql"]

_SETTINGS = """
SELECT set_config('lock_timeout', '10s', false),
       -- Of a host that lost its power nobody is told; what it held is let go. Longer than a request can take.
       set_config('idle_in_transaction_session_timeout', '150s', false),
       -- What was acknowledged survives a power cut, even where the server's own settings would not wait for the disk.
       CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END
"""


def prepare_postgresql(engine: Engine) -> None:
    """Let every connection and every transaction of an engine be as the site needs it."""
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _keep_private)


def _set_up(connection: DBAPIConnection, _: object) -> None:
    connection.adapters.register_dumper(str, _AnyText)
    cursor = connection.cursor()
    cursor.execute(_SETTINGS)
    cursor.close()
    connection.commit()  # or the settings would end with the first transaction that is rolled back


class _AnyText(StrDumperUnknown):
    """Gives a text to the server, which knows no NUL: there it is the sign for what cannot be read.

    So an address or a search with a NUL in it finds nothing, as on SQLite, and is no error of ours.
    """

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "\ufffd"))


def _begin(connection: Connection) -> None:
    """Say what kind of transaction begins; the driver sends it along with the first question."""
    dialect: Any = connection.dialect
    driver = connection.connection.dbapi_connection
    dialect.set_isolation_level(driver, "READ COMMITTED" if is_writing() else "REPEATABLE READ")
    # One that writes asks for no right to: a database that may only be read stays so, whoever set it so.
    dialect.set_readonly(driver, None if is_writing() else True)


def _keep_private(context: ExceptionContext) -> None:
    """Cut an error's words, and those of SQLAlchemy's error around it."""
    cut, wrapped = cut_words(context.original_exception), context.sqlalchemy_exception
    if cut is not None and wrapped is not None:
        wrapped.args = (str(wrapped.args[0]).replace(*cut),)
