"""Engines: SQLite's settings, and errors of databases in words that help."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc

from quotes.database.engine.address import label, parse, reading_uri, secrets, sqlite_path
from quotes.errors import DatabaseError
from quotes.settings import default_database

BULK = "quotes_bulk"
"""Execution option of a connection: its transaction writes much, and only what it derives."""
LOCK_SECONDS = 10
_ANSWER_SECONDS = 10


@contextmanager
def open_engine(url: str, *, read_only: bool = False) -> Iterator[Engine]:
    """Yield an engine as it is, without a look at the schema; database errors are translated."""
    address = parse(url)
    with translated(address):
        engine = _engine(address, read_only)
        try:
            yield engine
        finally:
            engine.dispose()


def _engine(address: URL, read_only: bool) -> Engine:
    path = sqlite_path(address)
    if path:
        return _sqlite_engine(address, path, read_only)
    try:
        engine = create_engine(address, connect_args={"connect_timeout": _ANSWER_SECONDS})
    except ModuleNotFoundError as error:
        raise DatabaseError(
            "PostgreSQL needs a driver that is not installed: pip install 'quotes[postgres]'"
        ) from error
    return engine.execution_options(postgresql_readonly=True) if read_only else engine


def _sqlite_engine(address: URL, path: Path, read_only: bool) -> Engine:
    if not path.parent.is_dir() and path == default_database():
        path.parent.mkdir(parents=True, exist_ok=True)
    if not path.parent.is_dir():
        raise DatabaseError(f"{path}: the folder {path.parent} does not exist; create it first")
    if path.is_dir():
        raise DatabaseError(f"{path}: is a folder; name a file in it, such as {path / 'quotes.db'}")

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            reading_uri(path) if read_only else f"{path.absolute().as_uri()}?mode=rwc",
            uri=True,
            timeout=LOCK_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = create_engine(address, creator=connect)
    event.listen(engine, "connect", _prepare_reader if read_only else _prepare_writer)
    event.listen(engine, "begin", _begin_reading if read_only else _begin_writing)
    return engine


def _prepare_reader(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA query_only = ON")


def _prepare_writer(connection: sqlite3.Connection, _record: Any) -> None:
    # WAL lets people search while articles are ingested; with it NORMAL is safe against crashes.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


_CACHE_KB, _BULK_CACHE_KB = 2_000, 250_000  # SQLite's own default, and for whole databases


def _begin_writing(connection: Connection) -> None:
    bulk = connection.get_execution_options().get(BULK, False)
    # A transaction that writes nothing but what it has read needs no look at every foreign key;
    # the setting counts from the next transaction on, so each makes its own.
    connection.exec_driver_sql(f"PRAGMA foreign_keys = {'OFF' if bulk else 'ON'}")
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_BULK_CACHE_KB if bulk else _CACHE_KB}")
    # The lock is taken before anything is read: what a writer has read cannot change under it.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def translated(address: URL) -> Iterator[None]:
    """Turn the errors of the database and its driver into one line that says what to do."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.InternalError) as error:
        raise DatabaseError(_explain(address, str(error.orig))) from error
    except exc.DatabaseError as error:
        if type(error) is not exc.DatabaseError:  # an error of this program, such as a broken rule
            raise
        raise DatabaseError(_explain(address, str(error.orig))) from error


_SQLITE_PROBLEMS = {
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


def _explain(address: URL, problem: str) -> str:
    path = sqlite_path(address)
    problem = problem.strip().splitlines()[0] if problem.strip() else "unknown error"
    if path:
        for part, advice in _SQLITE_PROBLEMS.items():
            if part in problem:
                return f"{path}: {advice}"
        return f"{path}: {problem}"
    for secret in secrets(address):
        problem = problem.replace(secret, "***")
    return f"{label(address)}: {problem}; check the address and that the server runs"
