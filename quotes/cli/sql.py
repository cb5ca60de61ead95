"""``quotes sql``: read-only SQL."""

from __future__ import annotations

import click

from quotes.cli.options import common_options, database_option, format_option, state
from quotes.cli.output import note, plural, print_values
from quotes.errors import UsageError
from quotes.search.schema import schema_text
from quotes.search.sql import run_sql


@click.command(name="sql")
@click.argument("statement", required=False)
@click.option("--schema", is_flag=True, help="Describe the views, tables and columns, and stop.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up after so many seconds.",
)
@format_option("table", "csv", "json", "jsonl")
@database_option
@common_options
def command(statement: str | None, schema: bool, timeout: float | None, form: str) -> None:
    """Query the database with one SQL STATEMENT; nothing can be written.

    Start from the views quote_list, quotation_list, variant_list and rendering_list. Ctrl-C ends a
    statement. On PostgreSQL it has the rights of the role that connects: use one that is no
    superuser and may only read, where others write the statements.

    \b
      quotes sql --schema
      quotes sql "SELECT speaker, count(*) AS quotes FROM quote_list GROUP BY speaker"
    """
    if schema:
        click.echo(schema_text())
        return
    if statement is None:
        raise UsageError("give a statement to run, or --schema to see what there is to query")
    columns, rows = run_sql(state().database, statement, timeout=timeout, tell=note)
    print_values(columns, rows, form)
    note(plural(len(rows), "row"))
