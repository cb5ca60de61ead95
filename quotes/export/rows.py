"""The rows of an export, in the order of their ids, streamed and never capped on the quiet.

The search filters apply like this. ``text``, ``speaker`` and ``divergent`` choose quotes, and with
them all their variants and renderings. ``outlet``, ``since``, ``until`` and ``min_confidence``
choose renderings: those themselves, and the quotes and variants that have one. Quotations are
chosen by their own text, speaker and article, and by holding a divergent rendering, since one
without a speaker belongs to no quote.
"""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from quotes.search.lookup import find_speaker
from quotes.search.query import (
    Level,
    SearchQuery,
    Where,
    quote_conditions,
    raw_syntax,
    rendering_conditions,
    text_condition,
)
from quotes.search.reading import ask

COLUMNS: dict[Level, tuple[str, ...]] = {
    "quotes": tuple(
        "id speaker speaker_slug text first_published last_published variants renderings outlets "
        "divergent".split()
    ),
    "quotations": tuple(
        "id article_id article start end text kind kind_confidence speaker speaker_slug "
        "speaker_type mention cue rule reason confidence outlet title url published "
        "quote_id".split()
    ),
    "variants": tuple(
        "id quote_id speaker speaker_slug text relation renderings outlets first_published".split()
    ),
    "renderings": tuple(
        "quote_id variant_id quotation_id article start end rendering_start rendering_end text "
        "speaker outlet published relation".split()
    ),
}
"""The fields of each export, in their order."""

_VIEWS: dict[Level, str] = {
    "quotes": "quote_list",
    "quotations": "quotation_list",
    "variants": "variant_list",
    "renderings": "rendering_list",
}


def export_rows(
    connection: Connection, what: Level, query: SearchQuery | None = None
) -> Iterator[tuple[Any, ...]]:
    """Yield one tuple a row, in the order of ``COLUMNS[what]``; dates are ``datetime.date``.

    Renderings are those that belong to a quote; quotations are all, those of kind ``none`` too.
    Raises UsageError for an unknown speaker or outlet, and for a raw query with a syntax error.
    """
    query = query or SearchQuery()
    where = Where()
    if what == "quotations":
        _quotations(connection, query, where)
    else:
        _quotes(connection, query, where, "x.id" if what == "quotes" else "x.quote_id")
    rendering_conditions(connection, query, where, "x.id", what)
    selected = ", ".join(_select(name) for name in COLUMNS[what])
    statement = f"SELECT {selected} FROM {_VIEWS[what]} x WHERE {where} ORDER BY x.id"
    if query.limit is not None:
        statement += " LIMIT :limit"
        where.params["limit"] = query.limit
    with raw_syntax(query):
        for row in ask(connection, statement, where.params, dates=_dates(what), stream=True):
            yield tuple(row)


def _dates(what: Level) -> list[str]:
    return [name for name in COLUMNS[what] if name.endswith("published")]


def _quotes(connection: Connection, query: SearchQuery, where: Where, quote: str) -> None:
    where.add(f"{quote} IS NOT NULL")
    quote_conditions(connection, query, where, quote)
    text_condition(connection, query, where, quote, "quotes")


def _quotations(connection: Connection, query: SearchQuery, where: Where) -> None:
    if query.speaker is not None:
        speaker = find_speaker(connection, query.speaker)
        where.add("x.speaker_slug = :speaker", speaker=speaker.slug)
    if query.divergent:
        where.add("x.id IN (SELECT quotation_id FROM renderings WHERE relation = 'divergent')")
    if query.varied or query.min_outlets is not None:
        chosen = Where()
        only = SearchQuery(varied=query.varied, min_outlets=query.min_outlets)
        quote_conditions(connection, only, chosen, "quote_id")
        where.add(
            f"x.id IN (SELECT quotation_id FROM rendering_list WHERE {chosen})", **chosen.params
        )
    text_condition(connection, query, where, "x.id", "quotations")


def _select(name: str) -> str:
    return 'x.source AS "article"' if name == "article" else f'x."{name}"'
