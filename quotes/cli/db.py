"""``quotes db``: the database itself."""

from __future__ import annotations

from dataclasses import asdict

import click

from quotes.cli.options import common_options, database_option, state
from quotes.cli.output import plural, print_table
from quotes.database.engine.address import label, parse
from quotes.database.engine.revisions import revisions
from quotes.database.session import open_connection, open_session
from quotes.database.session import upgrade as upgrade_schema


@click.group(name="db")
def command() -> None:
    """Create, migrate and inspect the database.

    A new database is created and filled with the known speakers and outlets on first use, and a
    SQLite file is migrated on first use too; a PostgreSQL database may be shared and waits for
    `quotes db upgrade`.
    """


@command.command()
@database_option
@common_options
def upgrade() -> None:
    """Create the tables, or migrate them to this version of the program."""
    before = upgrade_schema(state().database)
    name = label(parse(state().database))
    if before.current:
        click.echo(f"{name}: nothing to do, schema {before.head} is current")
    else:
        click.echo(
            f"{name}: migrated from {before.revision or 'an empty database'} "
            f"to schema {before.head}"
        )


@command.command()
@database_option
@common_options
def status() -> None:
    """Show where the database is, its schema, and how much it holds."""
    from sqlalchemy.orm import Session

    from quotes.database.quotes.options import is_semantic
    from quotes.database.repository import Repository

    with open_connection(state().database) as connection, Session(connection) as session:
        counts = Repository(session).stats()
        semantic = is_semantic(session)
    click.echo(f"{label(parse(state().database))}: schema {revisions()[-1]} is current")
    if semantic:
        click.echo("meanings are compared, until `quotes normalise --rebuild --lexical`")
    print_table(("stored", "count"), asdict(counts).items())


@command.command()
@database_option
@common_options
def seed() -> None:
    """Load the known speakers and outlets that ship with the program, again.

    Records that nobody has edited are brought up to date; what a person wrote stays.
    """
    from quotes.database.seed import seed as load

    with open_session(state().database) as session, session.begin():
        speakers, outlets = load(session)
    click.echo(f"loaded {plural(speakers, 'speaker')} and {plural(outlets, 'outlet')}")
