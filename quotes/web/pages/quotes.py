"""Finding quotes, and everything about one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from typing import Any

from starlette.responses import Response

from quotes.errors import UnknownError, UsageError
from quotes.export.collected import collect_ids
from quotes.export.linked import quotes_document
from quotes.search.compare import Compared, compare_texts
from quotes.search.details import QuoteDetails, quote_details
from quotes.search.doubt import certainty
from quotes.search.facets import facets
from quotes.search.finding import COUNTED, find_quotes
from quotes.search.permalinks import heir
from quotes.search.quotes import HIT_COLUMNS, each_quote, hit_row, quote_hits
from quotes.web.answers import Answer, Ask, Table, as_json, whole
from quotes.web.params import PAGE, page_number, search_query, text
from quotes.web.site import moved

MOST = COUNTED + 1


def search(ask: Ask) -> Answer:
    """Find quotes; CSV and workbook have all of them, a page and its JSON one page.

    They are counted up to ``COUNTED``.
    """
    connection, page = ask.connection, page_number(ask.params)
    query = search_query(ask.params, limit=PAGE, offset=PAGE * (page - 1))
    everything = replace(query, limit=None, offset=0)
    if ask.is_table:
        return whole(HIT_COLUMNS, map(hit_row, each_quote(connection, everything)))
    some = ask.kept(("found", everything), lambda: find_quotes(connection, query.first(MOST)))
    whole_page = len(some) < MOST or query.offset + PAGE <= COUNTED
    places = some[query.offset :][:PAGE] if whole_page else find_quotes(connection, query)
    counted = ask.kept(("facets", everything), lambda: facets(connection, some))
    data = {
        "total": counted.counted,
        "more": not counted.complete,
        "page": page,
        "pages": ceil(counted.counted / PAGE),
        "quotes": quote_hits(connection, query, places),
        "facets": counted,
    }
    title = f"“{query.text}”" if query.text else "Quotes"
    return Answer("search.html", title, data, lambda: Table((), ()), {"query": query})


def quote(ask: Ask) -> Answer | Response:
    """Show one quote; a number that another quote has taken over leads there."""
    number = ask.path["id"]
    try:
        details = quote_details(ask.connection, number)
    except UnknownError:
        if (into := heir(ask.connection, number)) is None:
            raise
        return moved(ask.request, "quotes", number, into)
    compared = _compared(ask)
    (collected,) = collect_ids(ask.connection, [number])
    shown = {"linked": quotes_document([collected]), "compared": compared}
    return Answer(
        "quote.html",
        f"“{details.text}” {details.speaker}",
        details,
        lambda: Table(RENDERINGS, _renderings(details)),
        shown,
    )


def linked(ask: Ask) -> Response:
    """Return one quote as linked data (JSON-LD)."""
    number = ask.path["id"]
    quote_details(ask.connection, number)
    document = quotes_document(collect_ids(ask.connection, [number]))
    answer = as_json(document)
    answer.headers["Content-Type"] = "application/ld+json"
    return answer


RENDERINGS = tuple(
    "variant relation text outlet published title url archived source names certainty confidence "
    "rule quotation article start end rendering".split()
)
"""The columns of the table beside a quote: one row a rendering."""


def _renderings(details: QuoteDetails) -> Iterator[tuple[Any, ...]]:
    for variant in details.variants:
        for one in variant.renderings:
            yield (
                f"v{variant.id}",
                variant.relation,
                one.text,
                one.outlet,
                one.published,
                one.title,
                one.url,
                one.archived,
                one.source,
                one.names,
                certainty(one.confidence),
                one.confidence,
                one.rule,
                f"n{one.quotation_id}",
                f"a{one.article_id}",
                one.start,
                one.end,
                f"r{one.id}",
            )


def _compared(ask: Ask) -> Compared | None:
    """Return how the two variants differ that ``?compare=v7,v32`` names."""
    wanted = text(ask.params, "compare")
    if wanted is None:
        return None
    left, comma, right = wanted.partition(",")
    if not comma:
        raise UsageError(f"compare={wanted[:40]}: give two, such as compare=v7,v32")
    return compare_texts(ask.connection, left, right)
