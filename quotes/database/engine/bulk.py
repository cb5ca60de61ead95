"""Many rows in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Row,
    Text,
    TypeDecorator,
    UpdateBase,
    bindparam,
    exc,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.sql.selectable import TypedReturnsRows
from sqlalchemy.types import TypeEngine

from quotes.database.engine.connection import as_json

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH = 5000
"""How many values go into one IN list (SQLite takes 32,766, PostgreSQL 65,535)."""
_VALUES = 900
"""How many values go into one INSERT; every SQLite takes 999, and with more it is hardly faster."""
_NUMBERS = 10_000
"""How many rows of an array are made Python's numbers at a time, which take far more memory."""


def batches(values: Iterable[Any]) -> Iterator[Sequence[Any]]:
    """Yield ``values`` in ascending order, in lists short enough for one query."""
    ordered = sorted(values)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def as_rows(array: NDArray[Any]) -> Iterator[list[Any]]:
    """Yield the rows of an array in lists that ``insert_tuples`` takes."""
    for start in range(0, len(array), _NUMBERS):
        yield array[start : start + _NUMBERS].tolist()


def insert_rows(
    session: Session, table: type[Any], rows: Sequence[Mapping[str, Any]]
) -> Sequence[int]:
    """Insert ``rows``, which have the same columns, and return their ids in the same order.

    The ids are reserved first, unless the rows bring theirs; the caller must be the only writer.
    No column gets a default of its model.
    """
    if not rows:
        return []
    columns = tuple(rows[0])
    zone = "+00" if session.connection().dialect.name == "postgresql" else ""
    encoded = [tuple([_plain(row[name], zone) for name in columns]) for row in rows]
    if "id" not in columns:
        return insert_numbered(session, table, columns, encoded)
    insert_tuples(session, table, columns, encoded)
    return [row["id"] for row in rows]


def _plain(value: Any, zone: str) -> Any:
    """Return a value as a number or a text, as the driver takes it for any column."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | dict):
        return as_json(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S.%f}{zone}"
    return value.isoformat() if isinstance(value, date) else value


class _Among(FunctionElement[bool]):
    """``column IN ids``, the ids being one value of a statement, however many there are."""

    name = "among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002
        """Stay as it is: SQLAlchemy would append ``= 1``, and SQLite not use the index."""
        return self


@compiles(_Among, "sqlite")
def _among_json(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608


@compiles(_Among, "postgresql")
def _among_array(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY ({ids})"


class _Many(TypeDecorator[Any]):
    """Any number of values as one: a JSON array for SQLite, an array for PostgreSQL."""

    impl = Text
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(self.item) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else json.dumps(value)


def among(column: Any, name: str = "ids") -> ColumnElement[bool]:
    """Return that ``column`` is one of ``:ids``, so that a statement is built once for any of them.

    To build a statement takes several times as long as to run it.
    """
    return _Among(column, bindparam(name, type_=_Many(column.type)))


def found(
    session: Session,
    statement: TypedReturnsRows[*tuple[Any, ...]],
    ids: Iterable[Any],
    values: Mapping[str, Any] | None = None,
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield what ``statement``, which has an ``among``, finds for any number of ``ids``.

    ``values`` are the others that it asks for.
    """
    connection = session.connection()
    for part in batches(ids):
        yield from connection.execute(statement, {"ids": part, **(values or {})})


def change(session: Session, statement: UpdateBase, ids: Iterable[Any]) -> None:
    """Carry out ``statement``, which has an ``among``, for any number of ``ids``."""
    connection = session.connection()
    for part in batches(ids):
        connection.execute(statement, {"ids": part})


def insert_numbered(
    session: Session, table: type[Any], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> Sequence[int]:
    """Insert ``rows`` under ids that are reserved first; return these in the same order.

    Several times as fast as ``insert_rows``; ``table`` must never give an id again (AUTOINCREMENT),
    and the caller must be the only writer. Values are numbers and texts (days as ISO 8601).
    """
    ids = reserve_ids(session, table, len(rows))
    numbered = [(key, *row) for key, row in zip(ids, rows, strict=True)]
    insert_tuples(session, table, ("id", *columns), numbered)
    return ids


def reserve_ids(session: Session, table: type[Any], many: int) -> Sequence[int]:
    """Return so many ids, in ascending order, under which rows can be inserted.

    The caller must be the only writer, and inserts them before it reserves more.
    """
    if not many:
        return []
    connection, name = session.connection(), table.__tablename__
    if connection.dialect.name == "postgresql":
        numbers = f"SELECT nextval(pg_get_serial_sequence('{name}', 'id'))"
        return [
            row[0]
            for row in connection.exec_driver_sql(f"{numbers} FROM generate_series(1, %s)", (many,))
        ]
    query = f"SELECT max(id) FROM {name}"  # noqa: S608
    if table.__table__.dialect_kwargs.get("sqlite_autoincrement"):
        query = f"SELECT seq FROM sqlite_sequence WHERE name = '{name}'"  # noqa: S608
    last = connection.exec_driver_sql(query).scalar() or 0
    return range(last + 1, last + 1 + many)


def insert_tuples(
    session: Session, table: type[Any], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert ``rows`` of numbers and texts straight through the driver: for many narrow rows."""
    if not rows:
        return
    connection = session.connection()
    names = ", ".join(f'"{column}"' for column in columns)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {table.__tablename__} ({names}) FROM STDIN", rows)
        return
    # One by one the driver would take three times as long.
    many = _VALUES // len(columns)
    marks = f"({', '.join('?' for _ in columns)})"
    for start in range(0, len(rows), many):
        part = rows[start : start + many]
        places = ", ".join([marks] * len(part))
        statement = f"INSERT INTO {table.__tablename__} ({names}) VALUES {places}"  # noqa: S608
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(part)))


def _copy(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    errors = connection.dialect.loaded_dbapi.Error
    try:
        with connection.connection.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except errors as error:  # as if it had gone through SQLAlchemy, which tells them apart
        raise exc.DBAPIError.instance(
            statement, None, error, errors, dialect=connection.dialect
        ) from error


def update_tuples(
    session: Session, table: type[Any], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Set ``columns`` straight through the driver; each row ends with the id that it is for."""
    if not rows:
        return
    connection = session.connection()
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    settings = ", ".join(f"{name} = {mark}" for name in columns)
    statement = f"UPDATE {table.__tablename__} SET {settings} WHERE id = {mark}"  # noqa: S608
    connection.exec_driver_sql(statement, rows)


def delete_tuples(
    session: Session, table: type[Any], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Delete the rows with these values in ``columns``, straight through the driver."""
    if not rows:
        return
    connection = session.connection()
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    alike = " AND ".join(f'"{name}" = {mark}' for name in columns)
    connection.exec_driver_sql(
        f"DELETE FROM {table.__tablename__} WHERE {alike}",  # noqa: S608
        rows,
    )
