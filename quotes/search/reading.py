"""Asking the database: one SQL text for SQLite and PostgreSQL, with named values.

A SQLite file is asked through Python's own driver: SQLAlchemy would take longer to load than any
answer takes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from quotes.database.engine.sqlite import SqliteReader
from quotes.database.session import Connection

Record = Any
"""A row: its values in order, and by the names of the columns as attributes."""

_STREAM = 1000
"""How many rows are fetched at a time where not all are wanted at once."""


def ask(
    connection: Connection,
    sql: str,
    values: Mapping[str, Any] | None = None,
    *,
    dates: Collection[str] = (),
    flags: Collection[str] = (),
    documents: Collection[str] = (),
    stream: bool = False,
) -> Iterable[Record]:
    """Return the rows that ``sql`` finds; a value that is a list stands for ``IN :name``.

    The columns named by ``dates`` come back as dates, by ``flags`` as truth values, and by
    ``documents`` as what their JSON says. ``stream``: the rows are fetched as they are read.
    """
    if isinstance(connection, SqliteReader):
        return connection.ask(sql, values or {}, dates=dates, flags=flags, documents=documents)
    from sqlalchemy import JSON, Boolean, Date, bindparam, text

    statement = text(sql)
    many = [name for name, value in (values or {}).items() if isinstance(value, list)]
    if many:
        statement = statement.bindparams(*(bindparam(name, expanding=True) for name in many))
    types: dict[str, Any] = {
        **{name: Date() for name in dates},
        **{name: Boolean() for name in flags},
        **{name: JSON() for name in documents},
    }
    options = {"yield_per": _STREAM} if stream else {}
    return connection.execute(
        statement.columns(**types) if types else statement, values or {}, execution_options=options
    )
