"""``quotes sql``: read-only SQL by people.

The database itself refuses to write: SQLite through a file opened for reading and an authoriser
that allows nothing else, PostgreSQL through a read-only transaction. One statement at a time; what
it may have started is always rolled back.
"""

from __future__ import annotations

import math
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from quotes import notes
from quotes.database.engine.sqlite import SqliteReader
from quotes.database.session import open_reader
from quotes.errors import UsageError

if TYPE_CHECKING:
    import psycopg

Rows = tuple[list[str], list[tuple[Any, ...]]]

SCHEMA = " (`quotes sql --schema` lists views, tables and columns)"
"""What a message on a faulty statement ends with."""

_ONLY_READS = "`quotes sql` only reads: give one statement that begins with SELECT or WITH"
_READING = re.compile(
    r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*(?:(?:select|with|values|explain)\b|\()",
    re.DOTALL | re.IGNORECASE,
)
_REFUSALS = (
    "not authorized",
    "prohibited",
    "readonly",
    "read-only",
    "one statement at a time",
    "multiple commands",
)

_ALLOWED = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_PRAGMA,
    }
)
_ALLOWED_PRAGMAS = frozenset(
    "data_version table_info table_xinfo table_list index_list index_info index_xinfo "
    "foreign_key_list function_list pragma_list collation_list compile_options".split()
)
_PRAGMA_TABLES = tuple(f"pragma_{name}" for name in sorted(_ALLOWED_PRAGMAS))
_VIRTUAL = ("rendering_search", "json_each", "json_tree", *_PRAGMA_TABLES)
"""Virtual tables: the first use of one takes rights that are refused from then on."""
_STEPS = 20_000
"""Instructions of SQLite between two looks at the clock and at Ctrl-C, a few milliseconds."""
_REFUSED_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer"})


def run_sql(
    url: str,
    statement: str,
    *,
    timeout: float | None = None,
    most: int | None = None,
    tell: Callable[[str], None] = notes.tell,
) -> Rows:
    """Execute one reading statement and return (column names, rows).

    ``timeout``: after so many seconds it is given up. ``most``: how many rows are fetched at most
    (None: all). ``tell`` hears of a role with too many rights. Raises UsageError if the statement
    is wrong,
    writes, is more than one, or takes longer; DatabaseError if the database cannot be opened or is
    locked. Ctrl-C ends it at once.
    """
    if not _READING.match(statement):
        raise UsageError(_ONLY_READS)
    with open_reader(url) as connection:
        # The driver's own call: colons and percent signs in the statement mean themselves.
        if isinstance(connection, SqliteReader):
            return _run_sqlite(connection.raw, statement, timeout, most)
        raw: Any = connection.connection.driver_connection
        return _run_postgresql(raw, statement, timeout, most, tell)


def _run_sqlite(
    raw: sqlite3.Connection, statement: str, timeout: float | None, most: int | None
) -> Rows:
    ends = math.inf if timeout is None else time.monotonic() + timeout
    try:
        for table in _VIRTUAL:
            with suppress(sqlite3.Error):  # an old SQLite may not have it
                raw.execute(f"SELECT 1 FROM {table} LIMIT 0")  # noqa: S608 - names of ours
        raw.set_authorizer(_authorise)
        raw.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
        cursor = raw.execute(statement)
        return [column[0] for column in cursor.description or ()], _fetched(cursor, most)
    except (sqlite3.Error, sqlite3.Warning) as error:
        if "interrupted" in str(error):
            # What ends a statement is the clock, or the signal that Python hands on in between.
            if time.monotonic() > ends:
                raise UsageError(_too_long(timeout)) from error
            raise KeyboardInterrupt from error
        if "locked" in str(error):
            raise
        raise UsageError(_explain(str(error))) from error
    finally:
        raw.set_progress_handler(None, 0)


def _run_postgresql(
    raw: psycopg.Connection[Any],
    statement: str,
    timeout: float | None,
    most: int | None,
    tell: Callable[[str], None],
) -> Rows:
    import psycopg

    try:
        if raw.info.parameter_status("is_superuser") == "on":
            tell(
                "quotes sql runs with all rights on the server, which reach further than this "
                "database: connect as a plain role"
            )
        if timeout is not None:
            raw.execute(f"SET LOCAL statement_timeout = {max(1, round(timeout * 1000))}".encode())
        # A prepared statement cannot hold a second one after a semicolon.
        cursor = raw.execute(statement.encode(), prepare=True)
        return [column.name for column in cursor.description or ()], _fetched(cursor, most)
    except psycopg.errors.QueryCanceled as error:
        raise UsageError(_too_long(timeout)) from error
    except psycopg.Error as error:
        raise UsageError(_explain(str(error))) from error
    finally:
        raw.rollback()


def _fetched(cursor: Any, most: int | None) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = cursor.fetchall() if most is None else cursor.fetchmany(most)
    return rows


def _authorise(
    action: int, first: str | None, second: str | None, _schema: str | None, _via: str | None
) -> int:
    refused = (
        action not in _ALLOWED
        or (action == sqlite3.SQLITE_PRAGMA and first not in _ALLOWED_PRAGMAS)
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _REFUSED_FUNCTIONS)
    )
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def _too_long(timeout: float | None) -> str:
    limit = "the server allows" if timeout is None else f"{timeout:g} seconds (--timeout)"
    return f"the statement takes longer than {limit}: ask for less, or allow more"


def _explain(problem: str) -> str:
    first = problem.strip().splitlines()[0] if problem.strip() else "the statement failed"
    if any(word in first.lower() for word in _REFUSALS):
        return _ONLY_READS
    return first + SCHEMA
