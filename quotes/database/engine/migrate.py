"""Bringing the schema up to date. Alembic is imported only when there is something to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from quotes.database.engine.address import label, reading_uri
from quotes.errors import DatabaseError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"
"""The newest revision in ``alembic/versions``; revisions are numbered, so they can be compared."""


@dataclass(frozen=True, slots=True)
class Status:
    """Which revision a database has (None: no tables yet) and which one this program needs."""

    revision: str | None
    head: str = HEAD

    @property
    def current(self) -> bool:
        """Whether there is nothing to do."""
        return self.revision == self.head


def status(engine: Engine) -> Status:
    """Return the revision of the database; raises DatabaseError if its tables are not ours."""
    with engine.connect() as connection:
        return Status(_revision(connection))


def upgrade(engine: Engine, fill: Callable[[Connection], None]) -> Status:
    """Create or migrate the schema and return the status from before.

    ``fill`` is called for a database that had no tables, in the same transaction. Raises
    DatabaseError if the schema is newer than this program.
    """
    with engine.begin() as connection:
        before = Status(_revision(connection))
        refuse_newer(engine, before)
        if before.current:
            return before
        from alembic import command

        command.upgrade(config(connection), "head")
        if before.revision is None:
            fill(connection)
    return before


def is_current(path: Path) -> bool:
    """Whether the SQLite file has this program's schema: a look without SQLAlchemy."""
    try:
        connection = sqlite3.connect(reading_uri(path), uri=True)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return bool(row == (HEAD,))


def config(connection: Connection) -> Config:
    """Return Alembic's configuration for migrating over ``connection``."""
    from alembic.config import Config

    from quotes.resources import folder

    configuration = Config()
    configuration.set_main_option("script_location", str(folder("alembic")).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration


def _revision(connection: Connection) -> str | None:
    """Return the stored revision, None for a database without tables of ours."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        if found is None:
            return None
        if not str(found).isdigit() or "quotations" not in tables:
            raise DatabaseError(_foreign(connection))
        return str(found)
    if "quotations" in tables or (tables and connection.dialect.name == "sqlite"):
        raise DatabaseError(_foreign(connection))
    return None


def _foreign(connection: Connection) -> str:
    name = label(connection.engine.url)
    return f"{name}: holds the tables of another program; name another database with --db"


def refuse_newer(engine: Engine, found: Status) -> None:
    """Raise DatabaseError if the schema is newer than this program."""
    if found.revision is not None and found.revision > found.head:
        raise DatabaseError(
            f"{label(engine.url)}: has schema {found.revision}, which is newer than this program's "
            f"{found.head}: update quotes (pip install --upgrade quotes)"
        )
