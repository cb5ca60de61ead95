"""Searching the canonical quotes by any wording that was printed of them."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, Row, bindparam, text

from quotes.search.highlight import snippet, stems
from quotes.search.query import (
    CONFIDENCE,
    SearchQuery,
    Where,
    matching,
    printing_conditions,
    quote_conditions,
    raw_syntax,
)

_BATCH = 500

_DETAILS = (
    text("SELECT * FROM quote_list WHERE id IN :ids")
    .bindparams(bindparam("ids", expanding=True))
    .columns(first_published=Date, last_published=Date)
)

_PRINTERS = text(
    f"""SELECT v.quote_id, o.name, max({CONFIDENCE}) AS confidence, min(a.published) AS first
          FROM variants v
          JOIN renderings r ON r.variant_id = v.id
          JOIN quotations q ON q.id = r.quotation_id
          JOIN articles a ON a.id = q.article_id
          JOIN attributions t ON t.quotation_id = q.id
          LEFT JOIN outlets o ON o.id = a.outlet_id
         WHERE v.quote_id IN :ids
         GROUP BY v.quote_id, o.name
         ORDER BY first NULLS LAST, o.name"""
).bindparams(bindparam("ids", expanding=True))


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """One canonical quote that was found.

    ``snippet`` is the canonical wording, or where that lacks a searched word the printed one that
    matched best, and ``marks`` the (start, end) of the searched words in it. ``outlets`` holds the
    names of the outlets in the order of printing; articles without a known outlet count in
    ``outlet_count`` alone. ``divergent`` counts the wordings that may change the meaning;
    ``confidence`` (0-1) is that of the best attribution.
    """

    id: int
    speaker: str
    speaker_slug: str
    text: str
    first_published: date | None
    last_published: date | None
    variants: int
    renderings: int
    outlets: tuple[str, ...]
    outlet_count: int
    divergent: int
    confidence: float
    snippet: str
    marks: tuple[tuple[int, int], ...]


def search_quotes(connection: Connection, query: SearchQuery) -> list[QuoteHit]:
    """Return the quotes that ``query`` asks for: best match first, then newest.

    Without a text the newest come first. Raises UsageError for an unknown speaker or outlet, and
    for a raw query with a syntax error.
    """
    places = _find(connection, query)
    words = stems(query.text or "")
    hits = []
    for start in range(0, len(places), _BATCH):
        hits += _hits(connection, places[start : start + _BATCH], words)
    return hits


def count_quotes(connection: Connection, query: SearchQuery) -> int:
    """Return how many quotes ``query`` finds without its limit. Raises as ``search_quotes``."""
    return len(_find(connection, replace(query, limit=None)))


def _find(connection: Connection, query: SearchQuery) -> Sequence[Row[Any]]:
    """Return (quote id, the wording that matched best or NULL), in the order of the result."""
    where = Where()
    quote_conditions(connection, query, where, "k.id")
    printing_conditions(connection, query, where, "k.id", "quotes")
    match = matching(query, connection.dialect.name, where)
    newest = "k.first_published DESC NULLS LAST, k.id DESC"
    if match is None:
        statement = f"SELECT k.id, NULL AS wording FROM quotes k WHERE {where} ORDER BY {newest}"
    else:
        statement = f"""
            WITH matched AS MATERIALIZED ({match}),
            placed AS (
              SELECT v.quote_id, r.text AS wording, m.score, row_number() OVER (
                  PARTITION BY v.quote_id ORDER BY m.score, r.id) AS place
                FROM matched m
                JOIN renderings r ON r.id = m.rendering_id
                JOIN variants v ON v.id = r.variant_id)
            SELECT k.id, p.wording FROM placed p JOIN quotes k ON k.id = p.quote_id
             WHERE p.place = 1 AND {where} ORDER BY p.score, {newest}"""
    if query.limit is not None:
        statement += " LIMIT :limit"
        where.params["limit"] = query.limit
    with raw_syntax(query):
        return connection.execute(text(statement).bindparams(**where.params)).all()


def _hits(
    connection: Connection, places: Sequence[Row[Any]], words: frozenset[str]
) -> list[QuoteHit]:
    ids = [place.id for place in places]
    details = {row.id: row for row in connection.execute(_DETAILS, {"ids": ids})}
    printers: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(_PRINTERS, {"ids": ids}):
        printers[row.quote_id].append(row)
    hits = []
    for place in places:
        quote, printed = details[place.id], printers[place.id]
        in_canonical = place.wording is None or words <= stems(quote.text)
        shown, marked = snippet(quote.text if in_canonical else place.wording, words)
        hits.append(
            QuoteHit(
                id=quote.id,
                speaker=quote.speaker,
                speaker_slug=quote.speaker_slug,
                text=quote.text,
                first_published=quote.first_published,
                last_published=quote.last_published,
                variants=quote.variants,
                renderings=quote.renderings,
                outlets=tuple(row.name for row in printed if row.name),
                outlet_count=quote.outlets,
                divergent=quote.divergent,
                confidence=max(row.confidence for row in printed),
                snippet=shown,
                marks=marked,
            )
        )
    return hits
