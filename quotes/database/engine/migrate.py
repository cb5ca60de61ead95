"""Bringing the schema up to date. Alembic is imported only when there is something to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from quotes.database.engine.address import label
from quotes.database.engine.connection import READING, one_writer
from quotes.database.engine.revisions import VERSION_TABLE, revisions
from quotes.errors import DatabaseError
from quotes.resources import folder

if TYPE_CHECKING:
    from alembic.config import Config


@dataclass(frozen=True, slots=True)
class Status:
    """Which revision a database has (None: no tables yet) and which one this program needs."""

    revision: str | None
    head: str

    @property
    def current(self) -> bool:
        """Whether there is nothing to do."""
        return self.revision == self.head

    @property
    def newer(self) -> bool:
        """Whether a newer program made the schema."""
        return self.revision is not None and self.revision > self.head


def status(engine: Engine) -> Status:
    """Return the revision of the database; raises DatabaseError if its tables are not ours."""
    with engine.connect().execution_options(**{READING: True}) as connection:
        return _status(connection)


def upgrade(engine: Engine, fill: Callable[[Connection], None]) -> Status:
    """Create or migrate the schema and return the status from before.

    ``fill`` is called for a database that had no tables, in the same transaction. Raises
    DatabaseError if the schema is newer than this program.
    """
    with engine.begin() as connection:
        one_writer(connection)  # of several first users one makes the tables, the others find them
        before = _status(connection)
        refuse_newer(engine, before)
        if before.current:
            return before
        from alembic import command

        command.upgrade(config(connection), "head")
        if before.revision is None:
            fill(connection)
    return before


def config(connection: Connection) -> Config:
    """Return Alembic's configuration for migrating over ``connection``."""
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(folder("alembic")).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration


def refuse_newer(engine: Engine, found: Status) -> None:
    """Raise DatabaseError if the schema is newer than this program."""
    if found.newer:
        raise DatabaseError(
            f"{label(engine.url)}: has schema {found.revision}, which is newer than this program's "
            f"{found.head}: update quotes (pip install --upgrade quotes)"
        )


def _status(connection: Connection) -> Status:
    known = revisions()
    tables = set(inspect(connection).get_table_names())
    name = label(connection.engine.url)
    if VERSION_TABLE in tables:
        query = text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608
        found = Status(connection.scalar(query), known[-1])
        if found.revision is None or found.revision in known:
            return found
        if not (found.revision.isdigit() and found.newer):
            raise DatabaseError(
                f"{name}: has schema {found.revision}, which this program does not know; "
                "name another database with --db"
            )
        return found
    if {"quotations", "alembic_version"} <= tables:
        raise DatabaseError(
            f"{name}: was made by a development version of quotes, before the first release; "
            "name a new database with --db and ingest the articles again"
        )
    if "quotations" in tables or (tables and connection.dialect.name == "sqlite"):
        raise DatabaseError(
            f"{name}: holds the tables of another program; name another database with --db"
        )
    return Status(None, known[-1])
