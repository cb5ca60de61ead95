"""Opening a database: addresses, SQLite's settings, and errors in words that help.

Reading needs no ORM: ``open_reader`` gives a Core connection (half the start-up time), while
``open_session`` gives a Session for writing. Both create or migrate the schema where needed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url

from quotes.errors import DatabaseError
from quotes.settings import default_database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BULK = "quotes_bulk"
"""Execution option of a connection: its transaction writes much, and only what it derives."""
LOCK_SECONDS = 10
_ANSWER_SECONDS = 10


@contextmanager
def open_session(url: str) -> Iterator[Session]:
    """Yield a session that can write; the schema is brought up to date first.

    ``url`` is a path or an address (see ``parse``). The caller commits; what is not committed is
    rolled back. Raises DatabaseError in every case where the database itself is the problem.
    """
    from sqlalchemy.orm import Session

    from quotes.database.migrate import ensure

    with open_engine(url) as engine:
        ensure(engine)
        with Session(engine, expire_on_commit=False) as session:
            yield session


@contextmanager
def open_reader(url: str) -> Iterator[Connection]:
    """Yield a connection on which the database itself refuses to write.

    A missing SQLite file is created only at the default place: anywhere else it is an error, since
    a mistyped path would look like an empty database. Raises DatabaseError.
    """
    from quotes.database.migrate import ensure, is_current

    path = sqlite_path(parse(url))
    if path and not path.exists() and path != default_database():
        raise DatabaseError(f"{path}: there is no database here; `quotes ingest` makes one")
    if not (path and path.exists() and is_current(path)):
        with open_engine(url) as engine:
            ensure(engine)
    with open_engine(url, read_only=True) as engine, engine.connect() as connection:
        yield connection


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


def parse(url: str) -> URL:
    """Return ``url`` as an address that SQLAlchemy can open.

    A text without ``://`` is the path of a SQLite file; ``postgres://`` and ``postgresql://`` mean
    the psycopg driver. Raises DatabaseError, without ever printing the password.
    """
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    scheme = url.partition("://")[0]
    try:
        address = make_url(url)
    except (exc.ArgumentError, ValueError):
        raise DatabaseError(
            f"{scheme}://…: this is not a database address; the form is "
            "postgresql://user:password@host:5432/name or the path of a SQLite file"
        ) from None
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return address.set(drivername="postgresql+psycopg")
    if scheme != "sqlite":
        raise DatabaseError(
            f"{scheme}://…: only SQLite files and postgresql:// addresses are supported"
        )
    if address.database in (None, "", ":memory:"):
        raise DatabaseError(f"{url}: name a file, as in sqlite:///quotes.db")
    return address


def sqlite_path(address: URL) -> Path | None:
    """Return the file of a SQLite address, None for PostgreSQL."""
    if address.get_backend_name() != "sqlite":
        return None
    return Path(str(address.database))


def label(address: URL) -> str:
    """Return how messages name a database: the file, or the address without its password."""
    path = sqlite_path(address)
    if path:
        return str(path)
    return address.difference_update_query(_SECRETS).render_as_string(hide_password=True)


_SECRETS = ("password", "sslpassword")


def _secrets(address: URL) -> Iterator[str]:
    given = (address.password, *(address.query.get(name) for name in _SECRETS))
    yield from (str(secret) for secret in given if secret)


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


def reading_uri(path: Path) -> str:
    """Return the address under which SQLite opens a file for reading alone.

    In a folder that cannot be written SQLite cannot make the files of the write-ahead log; without
    a log of changes still to be read the file may be taken as it is.
    """
    has_log = path.with_name(f"{path.name}-wal").exists()
    immutable = "" if has_log or os.access(path.parent, os.W_OK) else "&immutable=1"
    return f"{path.absolute().as_uri()}?mode=ro{immutable}"


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
    for secret in _secrets(address):
        problem = problem.replace(secret, "***")
    return f"{label(address)}: {problem}; check the address and that the server runs"
