"""What is exported, in which format: the one place where rows and writers meet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO, cast

from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.export.collected import collect
from quotes.export.files import Format, whole_file
from quotes.export.rows import COLUMNS, PEOPLE, export_rows, for_people
from quotes.export.writers import TextFormat, write, write_file
from quotes.search.query import Level, SearchQuery

TABLES: dict[Level, tuple[Format, ...]] = {
    "quotes": ("csv", "jsonl", "jsonld", "xlsx", "parquet"),
    "quotations": ("csv", "jsonl", "jsonld", "xlsx", "parquet"),
    "variants": ("csv", "jsonl", "xlsx", "parquet"),
    "renderings": ("csv", "jsonl", "xlsx", "parquet"),
}
"""What can be written as a table, and how: the first format is the usual one."""

FOR_PEOPLE: tuple[Format, ...] = ("csv", "xlsx")
"""Formats that people read: with identifiers as people see them, and reasons in words."""


def export_text(
    connection: Connection,
    what: Level,
    query: SearchQuery,
    form: Format,
    stream: TextIO,
    *,
    excel: bool = False,
) -> int:
    """Write a table as text (CSV, JSON lines, JSON-LD) and return how many rows it has.

    ``excel`` begins CSV with a byte-order mark. Raises UsageError as ``export_rows``.
    """
    if form == "jsonld":
        return _write_linked(connection, what, query, stream)
    columns, rows = _table(connection, what, query, form)
    return write(rows, columns, cast(TextFormat, form), stream, excel=excel)


def export_table(
    connection: Connection,
    what: Level,
    query: SearchQuery,
    form: Format,
    path: Path,
    *,
    excel: bool = False,
) -> int:
    """Write a table to a file, whole or not at all, and return how many rows it has.

    Raises UsageError as ``export_rows``, QuotesError if the file cannot be written.
    """
    if form == "jsonld":
        with whole_file(path) as part, part.open("w", encoding="utf-8") as stream:
            return _write_linked(connection, what, query, stream)
    columns, rows = _table(connection, what, query, form)
    if form == "xlsx":
        from quotes.export.sheets import write_rows

        return write_rows(path, columns, rows)
    if form == "parquet":
        from quotes.export.parquet import write_parquet

        return write_parquet(path, columns, rows)
    return write_file(path, rows, columns, cast(TextFormat, form), excel=excel)


def _table(
    connection: Connection, what: Level, query: SearchQuery, form: Format
) -> tuple[tuple[str, ...], Iterable[tuple[Any, ...]]]:
    """Return the columns and rows of a table, for people where the format is one of theirs."""
    rows = export_rows(connection, what, query)
    if form in FOR_PEOPLE:
        return PEOPLE[what], for_people(what, rows)
    return COLUMNS[what], rows


def export_sheet(connection: Connection, query: SearchQuery, path: Path) -> int:
    """Write the workbook for editors and return how many rows it has."""
    from quotes.export.sheets import write_sheet

    return write_sheet(path, collect(connection, query))


def export_dossier(connection: Connection, query: SearchQuery, form: Format, path: Path) -> int:
    """Write the dossier of the speaker of ``query`` and return how many quotes it has."""
    from quotes.export.dossier import heading, write_html
    from quotes.search.finding import count_quotes
    from quotes.search.speakers import speaker_details

    if query.speaker is None:
        raise UsageError("a dossier is that of one speaker: name one")
    lines = heading(speaker_details(connection, query.speaker), count_quotes(connection, query))
    if form == "xlsx":
        from quotes.export.sheets import write_dossier

        return write_dossier(path, lines, collect(connection, query))
    return write_html(path, lines, collect(connection, query))


def _write_linked(connection: Connection, what: Level, query: SearchQuery, stream: TextIO) -> int:
    from quotes.export.linked import annotations_document, quotes_document

    if what == "quotations":
        document = annotations_document(COLUMNS[what], export_rows(connection, what, query))
        count = len(document["items"])
    else:
        document = quotes_document(collect(connection, query))
        count = len(document["@graph"])
    json.dump(document, stream, ensure_ascii=False, indent=1)
    stream.write("\n")
    return count
