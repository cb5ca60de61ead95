"""``quotes search``: find canonical quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import click

from quotes.cli.asking import ask_filters
from quotes.cli.options import (
    TextCommand,
    common_options,
    database_option,
    filter_options,
    format_option,
    state,
    text_argument,
)
from quotes.cli.output import days, note, plural, print_text, print_values
from quotes.database.session import open_reader
from quotes.search.doubt import certainty, doubted
from quotes.search.finding import COUNTED, find_quotes
from quotes.search.query import SearchQuery, Sort
from quotes.search.quotes import HIT_COLUMNS, QuoteHit, hit_row, quote_hits

_PLAIN: Mapping[str, Any] = {}
_FOUND: Mapping[str, Any] = {"bold": True, "fg": "yellow"}
_FACTS: Mapping[str, Any] = {"dim": True}
_DOUBT: Mapping[str, Any] = {"fg": "red"}


@click.command(name="search", cls=TextCommand)
@text_argument
@filter_options
@click.option(
    "--sort",
    type=click.Choice(get_args(Sort)),
    help="Latest, oldest, most published, most varied or surest first."
    " [default: best match, then latest]",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    default=20,
    show_default=True,
    help="Print at most this many quotes.",
)
@format_option("cards", "csv", "json", "jsonl")
@database_option
@common_options
def command(form: str, limit: int, **filters: Any) -> None:
    """Find quotes by the words of any of their variants.

    All words of TEXT have to be in one rendering, in any form (sell, selling); put a phrase in
    double quotation marks, OR between words of which one is enough, and - before a word that must
    not be there. Without TEXT the latest quotes are listed. The conditions on one rendering
    (outlet, dates, confidence) have to hold together.

    A name with a question mark (Putin ?) is uncertain, with two (Putin ??) very uncertain.

    \b
      quotes search "no deal" --speaker putin
      quotes search 'sanctions OR tariffs -china' --sort outlets
      quotes search --outlet "Sample Wire" --since 2025-08-15 --certain
      quotes search --divergent --format csv > changed.csv
      quotes search --disputed
    """
    with open_reader(state().database) as connection:
        query = SearchQuery(limit=limit, **ask_filters(connection, filters))
        most = max(limit, COUNTED)
        found = find_quotes(connection, query.first(most + 1))
        hits = quote_hits(connection, query, found[:limit])
    if form == "cards":
        margin = max((len(f"q{hit.id}") for hit in hits), default=0) + 2
        for hit in hits:
            _print_card(hit, margin)
    else:
        print_values(HIT_COLUMNS, (_row(hit, form) for hit in hits), form)
    for line in _footer(hits, len(found), most):
        note(line)


def _print_card(hit: QuoteHit, margin: int) -> None:
    """Print the canonical text and below it the facts; also the variant that was found, if any."""
    in_canonical = hit.snippet == hit.text
    found = _marked(hit.text, hit.marks if in_canonical else ())
    print_text(*found, first=f"q{hit.id}".ljust(margin), whole=True)
    if not in_canonical:
        print_text(
            ("found in: ", _FACTS),
            *_marked(hit.snippet, hit.marks),
            indent=" " * margin,
            whole=True,
        )
    facts = [
        days(hit.first_published, hit.last_published),
        plural(hit.outlet_count, "outlet"),
        plural(hit.variants, "variant") if hit.variants > 1 else None,
    ]
    print_text(
        (doubted(hit.speaker, hit.confidence), _PLAIN if hit.certainty == "sure" else _DOUBT),
        *((f" · {fact}", _FACTS) for fact in facts if fact),
        *((f" · {remark}", _DOUBT) for remark in hit.remarks),
        indent=" " * margin,
        whole=True,
    )


def _marked(
    text: str, places: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    at = 0
    for start, end in places:
        yield text[at:start], _PLAIN
        yield text[start:end], _FOUND
        at = end
    yield text[at:], _PLAIN


def _row(hit: QuoteHit, form: str) -> list[object]:
    if form == "csv":
        return hit_row(hit)
    values = (getattr(hit, name) for name in HIT_COLUMNS)
    return [list(value) if isinstance(value, tuple) else value for value in values]


def _footer(hits: Sequence[QuoteHit], found: int, most: int) -> Iterator[str]:
    if not hits:
        yield "no quotes found; leave out a word or a condition, or see `quotes db status`"
        return
    total = plural(found, "quote") if found <= most else f"more than {plural(most, 'quote')}"
    more = " (--limit shows more)" if found > len(hits) else ""
    yield f"{len(hits)} of {total}{more}; `quotes show q{hits[0].id}` shows one"
    if unsure := sum(certainty(hit.confidence) != "sure" for hit in hits):
        are = "is" if unsure == 1 else "are"
        yield f"{unsure} of these {are} uncertain (marked ?): `quotes review` goes through them"
