"""Opening a database that is ready for use: created, filled or migrated where needed.

A new SQLite file or an empty PostgreSQL database is created on first use, and filled with the known
speakers and outlets. An older SQLite file is migrated on first use, too: it belongs to one person.
An older PostgreSQL database may be shared, so there it takes ``quotes db upgrade``.

Reading needs no ORM: ``open_reader`` gives a Core connection (half the start-up time), while
``open_session`` gives a Session for writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from quotes.database.engine import migrate
from quotes.database.engine.address import label, parse, sqlite_path
from quotes.database.engine.connection import open_engine
from quotes.errors import DatabaseError
from quotes.settings import default_database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@contextmanager
def open_session(url: str) -> Iterator[Session]:
    """Yield a session that can write; the schema is brought up to date first.

    ``url`` is a path or an address (see ``engine.address.parse``). The caller commits; what is not
    committed is rolled back. Raises DatabaseError in every case where the database itself is the
    problem.
    """
    from sqlalchemy.orm import Session

    with open_engine(url) as engine:
        _ensure(engine)
        with Session(engine, expire_on_commit=False) as session:
            yield session


@contextmanager
def open_reader(url: str) -> Iterator[Connection]:
    """Yield a connection on which the database itself refuses to write.

    A missing SQLite file is created only at the default place: anywhere else it is an error, since
    a mistyped path would look like an empty database. Raises DatabaseError.
    """
    path = sqlite_path(parse(url))
    if path and not path.exists() and path != default_database():
        raise DatabaseError(f"{path}: there is no database here; `quotes ingest` makes one")
    if not (path and path.exists() and migrate.is_current(path)):
        with open_engine(url) as engine:
            _ensure(engine)
    with open_engine(url, read_only=True) as engine, engine.connect() as connection:
        yield connection


def upgrade(url: str) -> migrate.Status:
    """Create or migrate the tables; return the status from before.

    Raises DatabaseError if the database cannot be opened, or was made by a newer program.
    """
    with open_engine(url) as engine:
        return migrate.upgrade(engine, _fill)


def _ensure(engine: Engine) -> None:
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


def _fill(connection: Connection) -> None:
    """Load the known speakers and outlets into a database that was just created."""
    from sqlalchemy.orm import Session

    from quotes.database.seed import seed

    with Session(connection, join_transaction_mode="create_savepoint") as session:
        seed(session)
        session.commit()
