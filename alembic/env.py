"""Runs the migrations over the program's own connection, or over that of QUOTES_DB."""

from sqlalchemy import Connection

from alembic import context
from quotes.database.engine.connection import open_engine
from quotes.database.engine.migrate import VERSION_TABLE
from quotes.database.engine.models import Base
from quotes.database.engine.views import create_views, drop_views
from quotes.settings import database_url

_OF_ONE_DATABASE = ("rendering_search", "ix_renderings_search", "ix_quotes_newest")
"""How the names begin of what the full-text search has, and of the order of quotes."""


def is_ours(_object: object, name: str | None, *_: object) -> bool:
    """Whether a table or index is in the models; those of one sort of database alone are not."""
    return not (name or "").startswith(_OF_ONE_DATABASE)


def migrate(connection: Connection) -> None:
    """Migrate the tables; the views are made anew where the tables are those of this program."""
    drop_views(connection)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table=VERSION_TABLE,
        include_object=is_ours,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if context.get_context().get_current_revision() == context.get_head_revision():
        create_views(connection)


if "connection" in context.config.attributes:
    migrate(context.config.attributes["connection"])
else:
    with open_engine(database_url()) as engine, engine.begin() as connection:
        migrate(connection)
