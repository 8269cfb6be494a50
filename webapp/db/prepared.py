"""What pages ask and write all the time: made SQL once, then sent past SQLAlchemy's machinery.

A page asks five questions, each of which the database answers in a few microseconds. Finding the written form of a
query, and dressing its answer as rows that know their columns by name, takes ten times as long. Values still go to the
database as parameters, and types still mean what the tables say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVarTuple, cast

from sqlalchemy import CompoundSelect, Connection, Dialect, Insert, Select, Update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from webapp.db.privacy import cut_words

__all__ = ["Prepared", "PreparedChange"]

_Columns = TypeVarTuple("_Columns")
_Make = Callable[[Any], Any]


class Prepared(Generic[*_Columns]):
    """A query with named parameters, none of them a list."""

    def __init__(self, query: Select[*_Columns] | CompoundSelect[*_Columns]) -> None:
        self._query = query
        self._written: dict[str, tuple[_Statement, _Makers]] = {}

    def ask(self, connection: Connection, values: Mapping[str, object]) -> list[tuple[*_Columns]]:
        """The rows, as plain tuples in the order of the query's columns.

        Args:
            connection: With a transaction that has begun.
            values: One for each parameter.

        Raises:
            DBAPIError: The database refused.
        """
        dialect = connection.dialect
        if dialect.name not in self._written:
            self._written[dialect.name] = self._write(dialect)
        statement, makers = self._written[dialect.name]
        rows: list[Sequence[Any]] = statement.send(connection, statement.parameters(values), _fetch)
        return cast("list[tuple[*_Columns]]", [_made(row, makers) for row in rows] if makers else rows)

    def _write(self, dialect: Dialect) -> tuple[_Statement, _Makers]:
        found = [column.type.dialect_impl(dialect) for column in self._query.selected_columns]
        makers = enumerate(kind.result_processor(dialect, None) for kind in found)
        statement = _statement(self._query.compile(dialect=dialect), dialect)
        return statement, tuple((place, make) for place, make in makers if make is not None)


class PreparedChange:
    """An insert or an update of columns that are always the same."""

    def __init__(self, change: Insert | Update, columns: Iterable[str]) -> None:
        """Prepare it.

        Args:
            change: On a table, no mapped class.
            columns: What it sets. An update's own parameters, which say where, have other names.
        """
        self._change = change
        self._columns = list(columns)
        self._written: dict[str, _Statement] = {}

    def run(self, connection: Connection, common: Mapping[str, object], rows: Iterable[Mapping[str, object]]) -> int:
        """Insert or change rows.

        Args:
            connection: With a transaction that has begun, which may write.
            common: The values of columns and parameters that are the same in every row.
            rows: The values of the others.

        Returns:
            How many rows there were to change.

        Raises:
            DBAPIError: The database refused.
        """
        dialect = connection.dialect
        if dialect.name not in self._written:
            written = self._change.compile(dialect=dialect, column_keys=self._columns, for_executemany=True)
            self._written[dialect.name] = _statement(written, dialect)
        statement = self._written[dialect.name]
        count: int = statement.send(connection, statement.many_parameters(common, rows), _count, is_many=True)
        return count


_Parameters = Mapping[str, Any] | Sequence[Any]
_Makers = tuple[tuple[int, _Make], ...]
"""The places of the columns whose values are not simply what the database says, and what makes them."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL in the words of one kind of database.

    Attributes:
        names: Of the parameters in order, where the database counts them; None where it knows their names.
        fixed: Values that stand in the statement itself, prepared.
        prepare: What makes a parameter of a value, where something does.
    """

    sql: str
    names: tuple[str, ...] | None
    fixed: dict[str, object]
    prepare: Mapping[str, _Make]

    def parameters(self, values: Mapping[str, object]) -> _Parameters:
        """For one execution, as the driver wants them."""
        return self._in_order({**self.fixed, **self._prepared(values)})

    def many_parameters(self, common: Mapping[str, object], rows: Iterable[Mapping[str, object]]) -> list[_Parameters]:
        """For an execution with many rows; what they have in common is prepared once."""
        base = {**self.fixed, **self._prepared(common)}
        return [self._in_order(base | self._prepared(row)) for row in rows]

    def _prepared(self, values: Mapping[str, object]) -> dict[str, Any]:
        makers = self.prepare
        return {name: makers[name](value) if name in makers else value for name, value in values.items()}

    def _in_order(self, values: dict[str, Any]) -> _Parameters:
        return values if self.names is None else [values[name] for name in self.names]

    def send(
        self, connection: Connection, parameters: Any, read: Callable[[DBAPICursor], Any], *, is_many: bool = False
    ) -> Any:
        """What is read from a cursor that has done it."""
        cursor = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr] # it is open
        listeners = connection.dispatch.before_cursor_execute
        if listeners:  # who counts or traces what is asked, as tests do, hears of this too
            listeners(connection, cursor, self.sql, parameters, None, is_many)
        try:
            (cursor.executemany if is_many else cursor.execute)(self.sql, parameters)
            return read(cursor)
        except Exception as error:
            raise _as_sqlalchemy(error, self.sql, connection) from error
        finally:
            cursor.close()


def _fetch(cursor: DBAPICursor) -> list[Sequence[Any]]:
    return list(cursor.fetchall())


def _count(cursor: DBAPICursor) -> int:
    return cursor.rowcount


def _made(row: Sequence[Any], makers: _Makers) -> tuple[Any, ...]:
    made = list(row)
    for place, make in makers:
        made[place] = make(made[place])
    return tuple(made)


def _statement(compiled: SQLCompiler, dialect: Dialect) -> _Statement:
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    makers = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    prepare = {name: make for name, make in makers.items() if make is not None}
    fixed = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
    return _Statement(
        sql=str(compiled),
        names=tuple(compiled.positiontup or ()) if compiled.positional else None,
        fixed={name: prepare[name](value) if name in prepare else value for name, value in fixed.items()},
        prepare=prepare,
    )


def _as_sqlalchemy(error: Exception, sql: str, connection: Connection) -> BaseException:
    """The error as the rest of the site knows it, and without the values, which may be what people wrote."""
    cut_words(error)
    driver = cast("type[Exception]", connection.dialect.loaded_dbapi.Error)
    return DBAPIError.instance(sql, None, error, driver, hide_parameters=True, dialect=connection.dialect)
