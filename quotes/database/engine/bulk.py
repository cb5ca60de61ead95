"""Many rows in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import (
    ColumnElement,
    Index,
    Row,
    Select,
    bindparam,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH = 5000
"""How many values go into one IN list (SQLite takes 32,766, PostgreSQL 65,535)."""
_VALUES = 900
"""How many values go into one INSERT; every SQLite takes 999, and with more it is hardly faster."""
_NUMBERS = 10_000
"""How many rows of an array are made Python's numbers at a time, which take far more memory."""
_SORT_CACHE_KB = 8_000


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
    """Insert ``rows`` and return their ids in the same order."""
    if not rows:
        return []
    added: Sequence[int] = session.connection().scalars(_insertion(table.__table__), rows).all()
    return added


@cache
def _insertion(target: Any) -> Any:  # Core, not ORM: a third faster
    return insert(target).returning(target.c.id, sort_by_parameter_order=True)


def among(column: Any) -> ColumnElement[bool]:
    """Return that ``column`` is one of ``:ids``, so that a statement is built once for any of them.

    To build a statement takes several times as long as to run it.
    """
    return cast("ColumnElement[bool]", column.in_(bindparam("ids", expanding=True)))


def found(
    session: Session, statement: Select[*tuple[Any, ...]], ids: Iterable[Any]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield what ``statement``, which has an ``among``, finds for any number of ``ids``."""
    connection = session.connection()
    for part in batches(ids):
        yield from connection.execute(statement, {"ids": part})


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
        sequence = func.pg_get_serial_sequence(name, "id")
        numbers = select(func.nextval(sequence)).select_from(func.generate_series(1, many))
        return list(connection.scalars(numbers))
    given = table.__table__.dialect_kwargs.get("sqlite_autoincrement")
    query = (
        text("SELECT seq FROM sqlite_sequence WHERE name = :table").bindparams(table=name)
        if given
        else select(func.max(table.id))
    )
    last = connection.scalar(query) or 0
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
        cursor = connection.connection.cursor()
        with cursor.copy(f"COPY {table.__tablename__} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    # One by one the driver would take three times as long.
    many = _VALUES // len(columns)
    marks = f"({', '.join('?' for _ in columns)})"
    for start in range(0, len(rows), many):
        part = rows[start : start + many]
        places = ", ".join([marks] * len(part))
        statement = f"INSERT INTO {table.__tablename__} ({names}) VALUES {places}"  # noqa: S608
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(part)))


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


def drop_indexes(session: Session, *tables: type[Any]) -> list[Index]:
    """Drop the indexes of ``tables`` besides their keys; return what to create in the end."""
    indexes = [index for table in tables for index in table.__table__.indexes]
    for index in indexes:
        index.drop(session.connection())
    return indexes


def create_indexes(session: Session, indexes: Iterable[Index]) -> None:
    """Create indexes of full tables."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        # It sorts in runs as large as its cache: in half the time if a processor's holds them, too.
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_SORT_CACHE_KB}")
    for index in indexes:
        index.create(connection)
