"""``quotes export``: rows for spreadsheets and other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from quotes.cli.asking import ask_filters
from quotes.cli.options import (
    common_options,
    database_option,
    filter_options,
    format_option,
    state,
)
from quotes.cli.output import note, plural
from quotes.database.session import open_reader
from quotes.errors import UsageError
from quotes.export import COLUMNS, export_rows, write, write_file
from quotes.search import SearchQuery


@click.command(name="export")
@click.argument(
    "what", metavar="quotes|quotations|variants|renderings", type=click.Choice(list(COLUMNS))
)
@click.argument("text", required=False)
@filter_options
@format_option("csv", "jsonl")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; it appears when it is complete. [default: standard output]",
)
@click.option("--excel", is_flag=True, help="Begin the CSV with the mark that Excel needs.")
@database_option
@common_options
def command(what: Any, form: Any, output: Path | None, excel: bool, **filters: Any) -> None:
    """Write quotes, quotations, variants or renderings as CSV or JSON lines.

    TEXT and the filters choose as in `quotes search`; without them everything is written. Cells
    that a spreadsheet would run as formulas get an apostrophe in front.

    \b
      quotes export quotations -o quotations.csv
      quotes export renderings --speaker putin --format jsonl
    """
    if excel and form != "csv":
        raise UsageError("--excel goes with --format csv")
    with open_reader(state().database) as connection:
        query = SearchQuery(**ask_filters(connection, filters))
        rows = export_rows(connection, what, query)
        if output:
            count = write_file(output, rows, COLUMNS[what], form, excel=excel)
        else:
            count = write(rows, COLUMNS[what], form, sys.stdout, excel=excel)
    note(f"{plural(count, 'row')} written to {output or 'standard output'}")
