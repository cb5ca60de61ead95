"""``quotes search``: find canonical quotes."""

from __future__ import annotations

from dataclasses import fields
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
from quotes.cli.output import Marked, note, plural, print_table, print_values
from quotes.database.session import open_reader
from quotes.search import QuoteHit, SearchQuery, count_quotes, search_quotes

FIELDS = tuple(field.name for field in fields(QuoteHit) if field.name != "marks")


@click.command(name="search")
@click.argument("text", required=False)
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    default=20,
    show_default=True,
    help="Print at most this many quotes, the best matches first.",
)
@format_option("table", "csv", "json", "jsonl")
@database_option
@common_options
def command(form: str, limit: int, **filters: Any) -> None:
    """Find quotes by any wording that was printed of them.

    All words of TEXT must stand in one wording, in any form (sell, selling); put a phrase in double
    quotation marks. Without TEXT the newest quotes are listed. The conditions of one printing
    (outlet, dates, confidence) must hold together.

    \b
      quotes search "no deal" --speaker putin
      quotes search --outlet "Sample Wire" --since 2025-08-15
      quotes search --divergent --format csv > changed.csv
      quotes search --disputed
    """
    with open_reader(state().database) as connection:
        query = SearchQuery(limit=limit, **ask_filters(connection, filters))
        hits = search_quotes(connection, query)
        total = count_quotes(connection, query) if len(hits) == limit else len(hits)
    if form == "table":
        _print(hits)
    else:
        print_values(FIELDS, (_row(hit, form) for hit in hits), form)
    note(_footer(hits, total))


def _print(hits: list[QuoteHit]) -> None:
    if hits:
        print_table(
            ("id", "date", "speaker", "wordings", "outlets", "quote"),
            [
                (
                    hit.id,
                    hit.first_published,
                    f"{hit.speaker}{' (disputed)' if hit.disputed else ''}",
                    f"{hit.variants}{' (divergent)' if hit.divergent else ''}",
                    hit.outlet_count,
                    Marked(hit.snippet, hit.marks),
                )
                for hit in hits
            ],
        )


def _row(hit: QuoteHit, form: str) -> list[object]:
    outlets = "; ".join(hit.outlets) if form == "csv" else list(hit.outlets)
    return [outlets if name == "outlets" else getattr(hit, name) for name in FIELDS]


def _footer(hits: list[QuoteHit], total: int) -> str:
    if not hits:
        return "no quotes found; leave out a word or a condition, or see `quotes db status`"
    more = " (--limit shows more)" if total > len(hits) else ""
    return f"{len(hits)} of {plural(total, 'quote')}{more}; `quotes show {hits[0].id}` shows one"
