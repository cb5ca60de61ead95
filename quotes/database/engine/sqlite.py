"""A SQLite file for reading, through Python's own driver, and what its errors mean."""

from __future__ import annotations

import re
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from quotes.database.engine.address import reading_uri
from quotes.errors import DatabaseError

LOCK_SECONDS = 10
"""How long is waited for another program before giving up."""

_LARGEST = 2**63 - 1
"""No row has a larger number, and SQLite takes none."""
_NOTHING = "(SELECT NULL WHERE 0)"
_BOUND = 256
"""Up to so many numbers of a list are bound one by one."""

_PROBLEMS = {
    "database is locked": "is locked by another program; wait until it is done and try again",
    "database table is locked": "is locked by another program; wait until it is done and try again",
    "file is not a database": "is not a SQLite database; name another file with --db",
    "unable to open database file": "cannot be opened; check that you may read and write it",
    "attempt to write a readonly database": "cannot be written; check that you may write the file "
    "and its folder",
    "database disk image is malformed": "is damaged; restore it from a copy",
    "database or disk is full": "cannot grow: the disk is full",
    "disk I/O error": "cannot be read or written (disk error)",
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """Which database a connection leads to, as SQLAlchemy names it."""

    name: str


class SqliteReader:
    """A connection on which SQLite refuses to write; ``raw`` is the driver's own."""

    dialect = Dialect("sqlite")

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def ask(
        self,
        sql: str,
        values: Mapping[str, Any],
        *,
        dates: Collection[str] = (),
        flags: Collection[str] = (),
        documents: Collection[str] = (),
    ) -> Iterator[Any]:
        """Return what ``search.reading.ask`` returns; the rows are fetched as they are read."""
        given: dict[str, Any] = {}
        for name, value in values.items():
            if isinstance(value, list):
                listed, more = _listed(name, value)
                given |= more
                sql = re.sub(rf":{name}\b", f"({listed})" if value else _NOTHING, sql)
            else:
                given[name] = _plain(value)
        cursor = self.raw.execute(sql, given)
        names = tuple(column[0] for column in cursor.description)
        made = _record(names)
        readers = _readers(names, dates, flags, documents)
        if not readers:
            return map(made, cursor)
        return _made(cursor, made, readers)


def _listed(name: str, values: list[Any]) -> tuple[str, dict[str, Any]]:
    """Return what stands for a list in a statement, and the values that are bound there.

    Thousands of numbers are quicker written out. A short list is filled up with its last value to
    one of a few lengths, so that the driver finds the statement prepared.
    """
    if len(values) > _BOUND and all(type(one) is int for one in values):
        return ", ".join(str(_plain(one)) for one in values), {}
    if len(values) <= _BOUND:
        length = 1 << max(len(values) - 1, 0).bit_length()
        values = values + values[-1:] * (length - len(values))
    given = {f"{name}_{at}": _plain(one) for at, one in enumerate(values)}
    return ", ".join(f":{key}" for key in given), given


def _plain(value: Any) -> Any:
    if isinstance(value, int):
        return min(value, _LARGEST)
    return value.isoformat() if isinstance(value, date) else value


@lru_cache(maxsize=64)
def _record(names: tuple[str, ...]) -> Callable[[Any], Any]:
    named: Any = namedtuple  # of names that no checker of types can know
    make: Callable[[Any], Any] = named("Record", names, rename=True)._make
    return make


def _readers(
    names: tuple[str, ...],
    dates: Collection[str],
    flags: Collection[str],
    documents: Collection[str],
) -> list[tuple[int, Callable[[Any], Any]]]:
    """Return at which places of a row something else is meant than SQLite can hold."""
    readers: list[tuple[int, Callable[[Any], Any]]] = []
    for at, name in enumerate(names):
        if name in dates:
            readers.append((at, date.fromisoformat))
        elif name in flags:
            readers.append((at, bool))
        elif name in documents:
            import json

            readers.append((at, json.loads))
    return readers


def _made(
    rows: Iterable[tuple[Any, ...]],
    make: Callable[[Any], Any],
    readers: list[tuple[int, Callable[[Any], Any]]],
) -> Iterator[Any]:
    for row in rows:
        cells = [*row]
        for at, read in readers:
            if cells[at] is not None:
                cells[at] = read(cells[at])
        yield make(cells)


@contextmanager
def open_file(path: Path) -> Iterator[SqliteReader]:
    """Yield a reader of a SQLite file, which sees one state of it. Raises DatabaseError."""
    with translated(path):
        raw = sqlite3.connect(
            reading_uri(path),
            uri=True,
            timeout=LOCK_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            raw.execute("PRAGMA query_only = ON")
            raw.execute("PRAGMA temp_store = MEMORY")  # a file takes four times as long
            raw.execute("BEGIN")
            yield SqliteReader(raw)
        finally:
            raw.close()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the errors of the driver into one line that says what to do."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.InternalError) as error:
        raise DatabaseError(explain(path, str(error))) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise
        raise DatabaseError(explain(path, str(error))) from error


def explain(path: Path, problem: str) -> str:
    """Return one line about a problem of SQLite with a file, and what to do."""
    for part, advice in _PROBLEMS.items():
        if part in problem:
            return f"{path}: {advice}"
    return f"{path}: {problem}"
