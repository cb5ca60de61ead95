"""Engines: SQLite's settings, and errors of databases in words that help."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, text

from quotes import notes
from quotes.database.engine import sqlite
from quotes.database.engine.address import label, parse, reading_uri, secrets, sqlite_path
from quotes.database.engine.sqlite import LOCK_SECONDS
from quotes.errors import DatabaseError
from quotes.settings import default_database

BULK = "quotes_bulk"
"""Execution option of a connection: its transaction writes much, and only what it derives."""
READING = "quotes_reading"
"""Execution option of a connection: its transaction only reads, and takes no lock for it."""
_PATIENT = "quotes_patient"

_NOTE_SECONDS = 2
_ANSWER_SECONDS = 10
_WRITERS_LOCK = 0x71756F746573
"""PostgreSQL's advisory lock number for writers ("quotes" in ASCII)."""


@contextmanager
def open_engine(url: str, *, read_only: bool = False, patient: bool = False) -> Iterator[Engine]:
    """Yield an engine as it is, without a look at the schema; database errors are translated.

    While another program writes, a writer waits ``LOCK_SECONDS`` for it; one that is ``patient``
    waits as long as it takes, and says so.
    """
    address = parse(url)
    with translated(address):
        engine = _engine(address, read_only, patient).execution_options(**{_PATIENT: patient})
        try:
            yield engine
        finally:
            engine.dispose()


def as_json(value: Any) -> str:
    """Return a value as JSON in the form in which it takes the least room."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _engine(address: URL, read_only: bool, patient: bool) -> Engine:
    path = sqlite_path(address)
    if path:
        return _sqlite_engine(address, path, read_only, patient)
    try:
        engine = create_engine(
            address,
            connect_args={"connect_timeout": _ANSWER_SECONDS},
            pool_pre_ping=True,
            json_serializer=as_json,
        )
    except ModuleNotFoundError as error:
        raise DatabaseError(
            "PostgreSQL needs a driver that is not installed: pip install 'quotes[postgres]'"
        ) from error
    return engine.execution_options(postgresql_readonly=True) if read_only else engine


def _sqlite_engine(address: URL, path: Path, read_only: bool, patient: bool) -> Engine:
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
            timeout=_NOTE_SECONDS if patient else LOCK_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = create_engine(address, creator=connect, json_serializer=as_json)
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
    if connection.info.get(BULK) is not bulk:
        connection.exec_driver_sql(f"PRAGMA foreign_keys = {'OFF' if bulk else 'ON'}")
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_BULK_CACHE_KB if bulk else _CACHE_KB}")
        connection.info[BULK] = bulk
    if connection.get_execution_options().get(READING, False):
        connection.exec_driver_sql("BEGIN")
        return
    # The lock is taken before anything is read: what a writer has read cannot change under it.
    if connection.get_execution_options().get(_PATIENT, False):
        _wait_for_lock(connection)
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _wait_for_lock(connection: Connection) -> None:
    """Begin to write as soon as nobody else does."""
    told = False
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except exc.OperationalError as error:
            if "locked" not in str(error.orig):
                raise
        if not told:
            _tell_waiting(connection)
        told = True


def one_writer(connection: Connection) -> None:
    """Wait until no other transaction of this program writes (SQLite: it has waited already)."""
    if connection.dialect.name != "postgresql":
        return
    if not connection.scalar(text(f"SELECT pg_try_advisory_xact_lock({_WRITERS_LOCK})")):
        if connection.get_execution_options().get(_PATIENT, False):
            _tell_waiting(connection)
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"))


def _tell_waiting(connection: Connection) -> None:
    name = label(connection.engine.url)
    notes.tell(f"{name}: another program writes there; waiting until it is done (Ctrl-C ends)")


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


def _explain(address: URL, problem: str) -> str:
    path = sqlite_path(address)
    problem = problem.strip().splitlines()[0] if problem.strip() else "unknown error"
    if path:
        return sqlite.explain(path, problem)
    for secret in secrets(address):
        problem = problem.replace(secret, "***")
    return f"{label(address)}: {problem}; check the address and that the server runs"
