"""Opening a database that is ready for use: created, filled or migrated where needed.

A new SQLite file or an empty PostgreSQL database is created on first use, and filled with the known
speakers and outlets. An older SQLite file is migrated on first use, too: it belongs to one person.
An older PostgreSQL database may be shared, so there it takes ``quotes db upgrade``.

Reading a SQLite file needs no SQLAlchemy, which takes longer to load than most answers: what does
is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from quotes.database.engine.address import label, parse, plain_path, sqlite_path
from quotes.database.engine.revisions import is_current
from quotes.database.engine.sqlite import SqliteReader, open_file
from quotes.errors import DatabaseError
from quotes.settings import default_database

if TYPE_CHECKING:
    from sqlalchemy import Connection as EngineConnection
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from quotes.database.engine.migrate import Status

Connection: TypeAlias = "EngineConnection | SqliteReader"
"""What can be asked, and only asked: see ``open_reader``."""


@contextmanager
def open_session(url: str, *, patient: bool = False) -> Iterator[Session]:
    """Yield a session that can write; the schema is brought up to date first.

    ``url`` is a path or an address (see ``engine.address.parse``). The caller commits; what is not
    committed is rolled back. ``patient``: see ``open_engine``. Raises DatabaseError in every case
    where the database itself is the problem.
    """
    from sqlalchemy.orm import Session

    from quotes.database.engine.connection import open_engine

    with open_engine(url, patient=patient) as engine:
        _ensure(engine)
        with Session(engine, expire_on_commit=False) as session:
            yield session


@contextmanager
def open_reader(url: str) -> Iterator[Connection]:
    """Yield a connection on which the database itself refuses to write; ``search`` asks it.

    A missing SQLite file is created only at the default place: anywhere else it is an error, since
    a mistyped path would look like an empty database. Raises DatabaseError.
    """
    path = plain_path(url) or sqlite_path(parse(url))
    if path is None:
        with open_connection(url) as connection:
            yield connection
        return
    prepare(url)
    with open_file(path) as reader:
        yield reader


@contextmanager
def open_readers(url: str) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Yield what opens a connection such as ``open_reader`` gives, at any time, in any thread.

    A SQLite file is opened each time, which costs next to nothing, and is taken as it is then; with
    a server connections are kept, and given out again. Raises DatabaseError.
    """
    path = plain_path(url) or sqlite_path(parse(url))
    if path is not None:
        prepare(url)
        yield partial(open_reader, url)
        return
    from quotes.database.engine.connection import open_engine, translated

    prepare(url)
    with open_engine(url, read_only=True) as engine:

        @contextmanager
        def connect() -> Iterator[Connection]:
            with translated(engine.url), engine.connect() as connection:
                yield connection

        yield connect


@contextmanager
def open_connection(url: str) -> Iterator[EngineConnection]:
    """Yield what ``open_reader`` does, as a connection of SQLAlchemy on every database."""
    from quotes.database.engine.connection import open_engine

    prepare(url)
    with open_engine(url, read_only=True) as engine, engine.connect() as connection:
        yield connection


def prepare(url: str) -> None:
    """Bring the schema up to date before reading, where that is needed; see ``open_reader``."""
    path = plain_path(url) or sqlite_path(parse(url))
    if path and not path.exists() and path != default_database():
        raise DatabaseError(f"{path}: there is no database here; `quotes ingest` makes one")
    if not (path and path.exists() and is_current(path)):
        from quotes.database.engine.connection import open_engine

        with open_engine(url, patient=True) as engine:  # others may make the tables just now
            _ensure(engine)


def upgrade(url: str) -> Status:
    """Create or migrate the tables; return the status from before.

    Raises DatabaseError if the database cannot be opened, or was made by a newer program.
    """
    from quotes.database.engine import migrate
    from quotes.database.engine.connection import open_engine

    with open_engine(url, patient=True) as engine:
        return migrate.upgrade(engine, _fill)


def _ensure(engine: Engine) -> None:
    from quotes.database.engine import migrate

    before = migrate.status(engine)
    if before.current:
        return
    if engine.dialect.name == "postgresql" and before.revision is not None:
        migrate.refuse_newer(engine, before)
        raise DatabaseError(
            f"{label(engine.url)}: has schema {before.revision} and this program needs "
            f"{before.head}: run `quotes db upgrade`"
        )
    migrate.upgrade(engine, _fill)


def _fill(connection: EngineConnection) -> None:
    """Load the known speakers and outlets into a database that was just created."""
    from sqlalchemy.orm import Session

    from quotes.database.seed import seed

    with Session(connection, join_transaction_mode="create_savepoint") as session:
        seed(session)
        session.commit()
