"""``quotes sql``: read-only SQL by people.

The database itself refuses to write: SQLite through a file opened for reading and an authoriser
that allows nothing else, PostgreSQL through a read-only transaction. One statement at a time; what
it may have started is always rolled back.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

from quotes.database.engine.address import label, parse
from quotes.database.session import open_reader
from quotes.errors import DatabaseError, UsageError

if TYPE_CHECKING:
    import psycopg

Rows = tuple[list[str], list[tuple[Any, ...]]]

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
_ALLOWED_PRAGMAS = frozenset({"data_version", "table_info", "table_xinfo", "table_list"})
_REFUSED_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer"})


def run_sql(url: str, statement: str) -> Rows:
    """Execute one reading statement and return (column names, rows).

    Raises UsageError if the statement is wrong, writes, or is more than one; DatabaseError if the
    database cannot be opened or is locked.
    """
    if not _READING.match(statement):
        raise UsageError(_ONLY_READS)
    with open_reader(url) as connection:
        raw: Any = connection.connection.driver_connection
        # The driver's own call: colons and percent signs in the statement mean themselves.
        if isinstance(raw, sqlite3.Connection):
            return _run_sqlite(raw, statement, label(parse(url)))
        return _run_postgresql(raw, statement)


def _run_sqlite(raw: sqlite3.Connection, statement: str, name: str) -> Rows:
    try:
        # Opening the full-text index takes rights that are refused from then on.
        raw.execute("SELECT rowid FROM rendering_search LIMIT 0")
        raw.set_authorizer(_authorise)
        cursor = raw.execute(statement)
        return [column[0] for column in cursor.description or ()], cursor.fetchall()
    except (sqlite3.Error, sqlite3.Warning) as error:
        if "locked" in str(error):
            raise DatabaseError(f"{name}: is locked by another program; try again later") from error
        raise UsageError(_explain(str(error))) from error


def _run_postgresql(raw: psycopg.Connection[Any], statement: str) -> Rows:
    import psycopg

    try:
        # A prepared statement cannot hold a second one after a semicolon.
        cursor = raw.execute(statement.encode(), prepare=True)
        return [column.name for column in cursor.description or ()], cursor.fetchall()
    except psycopg.Error as error:
        raise UsageError(_explain(str(error))) from error
    finally:
        raw.rollback()


def _authorise(
    action: int, first: str | None, second: str | None, _schema: str | None, _via: str | None
) -> int:
    refused = (
        action not in _ALLOWED
        or (action == sqlite3.SQLITE_PRAGMA and first not in _ALLOWED_PRAGMAS)
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _REFUSED_FUNCTIONS)
    )
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def _explain(problem: str) -> str:
    first = problem.strip().splitlines()[0] if problem.strip() else "the statement failed"
    if any(word in first.lower() for word in _REFUSALS):
        return _ONLY_READS
    return f"{first} (`quotes sql --schema` lists views, tables and columns)"
