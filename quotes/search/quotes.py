"""Searching the canonical quotes by any of their renderings."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import chain

from quotes.database.session import Connection
from quotes.records import Provenance
from quotes.search.doubt import Certainty, certainty, remarks_of
from quotes.search.highlight import snippet, stems
from quotes.search.query import (
    WITH_VARIANTS,
    SearchQuery,
    Sort,
    Where,
    excluded_words,
    matching,
    quote_conditions,
    raw_syntax,
    rendering_conditions,
    text_condition,
    understand,
)
from quotes.search.reading import Record, ask
from quotes.search.reasons import why

_BATCH = 500

_QUOTES = "SELECT * FROM quote_list WHERE id IN :ids"

_ORDERS: dict[Sort, str] = {
    "date": "k.first_published DESC NULLS LAST",
    "oldest": "k.first_published NULLS LAST",
    "outlets": "(SELECT outlets FROM quote_list WHERE id = k.id) DESC",
    "variants": "(SELECT count(*) FROM variants v WHERE v.quote_id = k.id) DESC",
    "confidence": "(SELECT confidence FROM quote_list WHERE id = k.id) DESC",
}

_OUTLETS = """
SELECT k.id AS quote_id, r.outlet, min(r.published) AS first
  FROM quotes k
  JOIN rendering_list r ON r.quote_id = k.id
 WHERE k.id IN :ids
 GROUP BY k.id, r.outlet
 ORDER BY first NULLS LAST, r.outlet"""

_SUREST = """
SELECT * FROM (
  SELECT k.id AS quote_id, t.rule, t.cue, t.mention, t.joint_confidence AS confidence,
         row_number() OVER (PARTITION BY k.id ORDER BY t.joint_confidence DESC, r.id) AS place
    FROM quotes k
    JOIN variants v ON v.quote_id = k.id
    JOIN renderings r ON r.variant_id = v.id
    JOIN attributions t ON t.quotation_id = r.quotation_id AND +t.speaker_id = k.speaker_id
   WHERE k.id IN :ids) ranked
 WHERE place = 1"""
"""The attribution to its speaker that makes a quote as sure as it is."""


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """One canonical quote that was found.

    ``snippet`` is the text of the canonical variant, or where that lacks a searched word the one
    that matched best, and ``marks`` the (start, end) of the searched words in it. ``outlets`` holds
    the names of the outlets, the first to publish it first; articles without a known outlet count
    in ``outlet_count`` alone. ``divergent`` counts the variants that may change the meaning,
    ``disputed`` the articles that are sure that somebody else said it, ``provenance`` is where the
    words come from; ``remarks`` says all three in words. ``confidence`` (0-1) is that of the
    surest attribution to the speaker, ``certainty`` the same in words, and ``why`` its reason.
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
    disputed: int
    provenance: Provenance | None
    remarks: tuple[str, ...]
    confidence: float
    certainty: Certainty
    why: str
    snippet: str
    marks: tuple[tuple[int, int], ...]


def search_quotes(connection: Connection, query: SearchQuery) -> list[QuoteHit]:
    """Return the quotes that ``query`` asks for: as it sorts, else best match first, then newest.

    Raises UsageError for an unknown speaker or outlet, and
    for a raw query with a syntax error.
    """
    return list(each_quote(connection, query))


def each_quote(connection: Connection, query: SearchQuery) -> Iterator[QuoteHit]:
    """Yield what ``search_quotes`` returns, which may be many. Raises as that."""
    places = find_quotes(connection, query)
    groups = _sought(query)
    for start in range(0, len(places), _BATCH):
        yield from _hits(connection, places[start : start + _BATCH], groups)


HIT_COLUMNS = tuple(field.name for field in fields(QuoteHit) if field.name != "marks")
"""The columns of a table of quotes that were found."""


def hit_row(hit: QuoteHit) -> list[object]:
    """Return a quote that was found as the row of a table; lists are joined by "; "."""
    values = (getattr(hit, name) for name in HIT_COLUMNS)
    return ["; ".join(value) if isinstance(value, tuple) else value for value in values]


def _sought(query: SearchQuery) -> list[list[frozenset[str]]]:
    """Return the stems of the words sought: of each group one piece has to be there."""
    if query.raw:
        return [[stems(query.text or "")]]
    wanted = understand(query.text or "")
    return [[stems(piece) for piece in group] for group in wanted.groups]


def count_quotes(connection: Connection, query: SearchQuery) -> int:
    """Return how many quotes ``query`` finds without its limit. Raises as ``search_quotes``."""
    where = Where()
    quote_conditions(connection, query, where, "k.id")
    rendering_conditions(connection, query, where, "k.id", "quotes")
    text_condition(connection, query, where, "k.id", "quotes")
    statement = f"SELECT count(*) AS found FROM quotes k WHERE {where}"
    with raw_syntax(query):
        (row,) = ask(connection, statement, where.params)
    return int(row.found)


def find_quotes(connection: Connection, query: SearchQuery) -> Sequence[Record]:
    """Return (quote id, the text that matched best or NULL), in the order of the result."""
    where = Where()
    quote_conditions(connection, query, where, "k.id")
    limited = query.limit is not None
    rendering_conditions(connection, query, where, "k.id", "quotes", in_turn=limited)
    match = matching(query, connection.dialect.name, where)
    excluded_words(connection, query, where, "k.id", "quotes")
    newest = "k.first_published DESC NULLS LAST, k.id DESC"
    order = f"{_ORDERS[query.sort]}, {newest}" if query.sort else newest
    if match is None:
        statement = f"SELECT k.id, NULL AS matched FROM quotes k WHERE {where} ORDER BY {order}"
    else:
        statement = f"""
            WITH matched AS MATERIALIZED ({match}),
            placed AS (
              SELECT v.quote_id, m.rendering_id, m.score, row_number() OVER (
                  PARTITION BY v.quote_id ORDER BY m.score, m.rendering_id) AS place
                FROM matched m {WITH_VARIANTS})
            SELECT k.id, (SELECT text FROM renderings WHERE id = p.rendering_id) AS matched
              FROM placed p JOIN quotes k ON k.id = p.quote_id
             WHERE p.place = 1 AND {where}
             ORDER BY {order if query.sort else f"p.score, {newest}"}"""
    if limited:
        statement += " LIMIT :limit OFFSET :offset"
        where.params |= {"limit": query.limit, "offset": query.offset}
    with raw_syntax(query):
        return list(ask(connection, statement, where.params))


def _hits(
    connection: Connection, places: Sequence[Record], groups: Sequence[Sequence[frozenset[str]]]
) -> list[QuoteHit]:
    words = frozenset[str]().union(*chain.from_iterable(groups))
    ids = {"ids": [place.id for place in places]}
    quotes = {
        row.id: row
        for row in ask(connection, _QUOTES, ids, dates=("first_published", "last_published"))
    }
    outlets: dict[int, list[Record]] = defaultdict(list)
    for row in ask(connection, _OUTLETS, ids):
        outlets[row.quote_id].append(row)
    surest = {row.quote_id: row for row in ask(connection, _SUREST, ids)}
    hits = []
    for place in places:
        quote, published = quotes[place.id], outlets[place.id]
        held = stems(quote.text)
        in_canonical = place.matched is None or all(
            any(piece <= held for piece in group) for group in groups
        )
        shown, marked = snippet(quote.text if in_canonical else place.matched, words)
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
                outlets=tuple(row.outlet for row in published if row.outlet),
                outlet_count=quote.outlets,
                divergent=quote.divergent,
                disputed=quote.disputed,
                provenance=quote.provenance,
                remarks=remarks_of(quote),
                confidence=quote.confidence,
                certainty=certainty(quote.confidence),
                why=_why(quote, surest.get(quote.id)),
                snippet=shown,
                marks=marked,
            )
        )
    return hits


def _why(quote: Record, surest: Record | None) -> str:
    if surest is None:
        return "no article names the speaker: a person joined the quote to another one"
    return why(
        surest.rule,
        surest.confidence,
        speaker=quote.speaker,
        cue=surest.cue,
        mention=surest.mention,
    )
