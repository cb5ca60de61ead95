"""``quotes export``: rows for spreadsheets and other programs, sheets for editors."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from quotes.cli.asking import ask_filters, ask_speaker
from quotes.cli.options import (
    TextCommand,
    common_options,
    database_option,
    filter_options,
    state,
    text_argument,
)
from quotes.cli.output import note, plural
from quotes.database.session import open_reader
from quotes.errors import UsageError
from quotes.export.exports import TABLES, export_dossier, export_sheet, export_table, export_text
from quotes.export.files import Format, format_of
from quotes.export.rows import COLUMNS
from quotes.search.query import Level, SearchQuery

SHEETS: tuple[Format, ...] = ("xlsx",)
DOSSIERS: tuple[Format, ...] = ("html", "xlsx")

_MEANINGS: dict[Level, str] = {
    "quotes": "one row a quote",
    "quotations": "one row a quotation, those that are not speech, too",
    "variants": "one row a variant",
    "renderings": "one row a rendering",
}

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; it appears when it is complete. [default: standard output]",
)
needed_output = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; it appears when it is complete.",
)


@click.group(name="export")
def command() -> None:
    """Write quotes for spreadsheets, for editors and for other programs.

    The end of the file's name says the format: .csv, .jsonl, .jsonld (schema.org, W3C annotations),
    .xlsx, .parquet, .html. TEXT and the filters choose as in `quotes search`; without them
    everything is written. No cell is ever a formula.

    \b
      quotes export quotes -o quotes.csv
      quotes export renderings --speaker putin --format jsonl
      quotes export sheet "no deal" -o deal.xlsx
      quotes export dossier putin -o putin.html
    """


def _table(what: Level) -> click.Command:
    """Return the command that writes ``what`` as a table."""

    @click.command(
        name=what,
        cls=TextCommand,
        help=f"Write {what}, {_MEANINGS[what]}: what people read first, identifiers last.",
    )
    @text_argument
    @filter_options
    @click.option(
        "--format",
        "given",
        type=click.Choice(TABLES[what]),
        help=f"How to write. [default: as the file is named, else {TABLES[what][0]}]",
    )
    @output_option
    @click.option("--excel", is_flag=True, help="Begin the CSV with the mark that Excel needs.")
    @database_option
    @common_options
    def write(given: Format | None, output: Path | None, excel: bool, **filters: Any) -> None:
        form = format_of(output, TABLES[what], given)
        if excel and form != "csv":
            raise UsageError("--excel goes with CSV")
        with open_reader(state().database) as connection:
            query = SearchQuery(**ask_filters(connection, filters))
            if output is None:
                count = export_text(connection, what, query, form, sys.stdout, excel=excel)
            else:
                count = export_table(connection, what, query, form, output, excel=excel)
        note(f"{plural(count, 'row')} written to {output or 'standard output'}")

    return write


for _what in COLUMNS:
    command.add_command(_table(_what))


@command.command(cls=TextCommand)
@text_argument
@filter_options
@needed_output
@database_option
@common_options
def sheet(output: Path, **filters: Any) -> None:
    """Write a workbook for editors: each quote with its variants, sources and doubts.

    One row a variant, next to its quote: what differs, in words whether the meaning may, the
    outlets with links, the date, the speaker with the certainty in words, and why.
    """
    format_of(output, SHEETS, None)
    with open_reader(state().database) as connection:
        query = SearchQuery(**ask_filters(connection, filters))
        count = export_sheet(connection, query, output)
    note(f"{plural(count, 'row')} written to {output}")


@command.command()
@click.argument("speaker")
@needed_output
@click.option("--outlet", metavar="NAME", help="Only quotes that this outlet published.")
@click.option("--certain", is_flag=True, help="Only quotes whose speaker is sure.")
@database_option
@common_options
def dossier(speaker: str, output: Path, outlet: str | None, certain: bool) -> None:
    """Write one SPEAKER's quotes by date, with sources, doubts and variants.

    As a workbook (.xlsx), or as one page that prints well (.html).
    """
    form = format_of(output, DOSSIERS, None)
    with open_reader(state().database) as connection:
        slug = ask_speaker(connection, speaker)
        query = SearchQuery(
            speaker=slug, outlet=outlet, min_confidence=0.8 if certain else None, sort="oldest"
        )
        count = export_dossier(connection, query, form, output)
    note(f"{plural(count, 'quote')} written to {output}")
