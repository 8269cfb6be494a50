"""Queries that pages ask all the time: written as SQL once, then asked past SQLAlchemy's machinery.

A page asks five questions, each of which the database answers in a few microseconds. Finding the written form of a
query, and dressing its answer as rows that know their columns by name, takes ten times as long. Values still go to the
database as parameters, and types still mean what the tables say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVarTuple, cast

from sqlalchemy import CompoundSelect, Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError

__all__ = ["Prepared"]

_Columns = TypeVarTuple("_Columns")
_Make = Callable[[Any], Any]


class Prepared(Generic[*_Columns]):
    """A query with named parameters, none of them a list."""

    def __init__(self, query: Select[*_Columns] | CompoundSelect[*_Columns]) -> None:
        self._query = query
        self._written: dict[str, _Written] = {}

    def ask(self, connection: Connection, values: Mapping[str, object]) -> list[tuple[*_Columns]]:
        """The rows, as plain tuples in the order of the query's columns.

        Args:
            connection: With a transaction that has begun.
            values: One for each parameter.

        Raises:
            DBAPIError: The database refused.
        """
        dialect = connection.dialect
        written = self._written.get(dialect.name)
        if written is None:
            written = self._written[dialect.name] = _write(self._query, dialect)
        return cast("list[tuple[*_Columns]]", written.ask(connection, values))


@dataclass(frozen=True, slots=True)
class _Written:
    """A query in the words of one kind of database.

    Attributes:
        names: Of the parameters in order, where the database counts them; None where it knows their names.
        fixed: Values that stand in the query itself.
        prepare: What makes a parameter of a value, where something does.
        columns: The places of the columns whose values are not simply what the database says, and what makes them.
    """

    sql: str
    names: tuple[str, ...] | None
    fixed: dict[str, object]
    prepare: dict[str, _Make]
    columns: tuple[tuple[int, _Make], ...]

    def ask(self, connection: Connection, values: Mapping[str, object]) -> list[Sequence[Any]]:
        cursor = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr] # it is open
        parameters = self._parameters(values)
        listeners = connection.dispatch.before_cursor_execute
        if listeners:  # who counts or traces what is asked, as tests do, hears of this too
            listeners(connection, cursor, self.sql, parameters, None, False)  # noqa: FBT003 - as SQLAlchemy calls them
        try:
            cursor.execute(self.sql, parameters)
            rows: list[Sequence[Any]] = list(cursor.fetchall())
        except Exception as error:
            raise _as_sqlalchemy(error, self.sql, connection) from error
        finally:
            cursor.close()
        return [self._made(row) for row in rows] if self.columns else rows

    def _parameters(self, values: Mapping[str, object]) -> Any:
        if self.fixed or self.prepare:
            values = {**self.fixed, **values}
            values |= {name: make(values[name]) for name, make in self.prepare.items()}
        return values if self.names is None else [values[name] for name in self.names]

    def _made(self, row: Sequence[Any]) -> tuple[Any, ...]:
        made = list(row)
        for place, make in self.columns:
            made[place] = make(made[place])
        return tuple(made)


def _write(query: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]], dialect: Dialect) -> _Written:
    compiled = query.compile(dialect=dialect)
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    prepare = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    makers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in query.selected_columns]
    return _Written(
        sql=str(compiled),
        names=tuple(compiled.positiontup or ()) if compiled.positional else None,
        fixed={name: bind.effective_value for name, bind in binds.items() if not bind.required},
        prepare={name: make for name, make in prepare.items() if make is not None},
        columns=tuple((place, make) for place, make in enumerate(makers) if make is not None),
    )


def _as_sqlalchemy(error: Exception, sql: str, connection: Connection) -> BaseException:
    """The error as the rest of the site knows it, and without the values, which may be what people wrote."""
    driver = cast("type[Exception]", connection.dialect.loaded_dbapi.Error)
    return DBAPIError.instance(sql, None, error, driver, hide_parameters=True, dialect=connection.dialect)
