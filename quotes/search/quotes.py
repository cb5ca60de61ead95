"""Searching the canonical quotes by any of their renderings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import chain

from quotes.basics import Provenance
from quotes.database.session import Connection
from quotes.search.doubt import Certainty, certainty, remarks_of
from quotes.search.finding import Place, find_quotes
from quotes.search.highlight import snippet, stems
from quotes.search.query import SearchQuery, understand
from quotes.search.reading import Record, ask
from quotes.search.reasons import why

_BATCH = 500

_QUOTES = """
SELECT id, speaker, speaker_slug, text, first_published, last_published, variants, renderings,
       outlets, divergent, disputed, provenance, confidence
  FROM quote_list WHERE id IN :ids"""
"""Not all columns: which outlet was first takes longer than the rest, and is not asked for."""

_OUTLETS = """
SELECT v.quote_id, o.name AS outlet, min(a.published) AS first
  FROM variants v
  JOIN renderings r ON r.variant_id = v.id
  JOIN articles a ON a.id = r.article_id
  LEFT JOIN outlets o ON o.id = a.outlet_id
 WHERE v.quote_id IN :ids AND NOT a.removed
 GROUP BY v.quote_id, o.name
 ORDER BY first NULLS LAST, o.name"""

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
    for start in range(0, len(places), _BATCH):
        yield from quote_hits(connection, query, places[start : start + _BATCH])


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


def quote_hits(
    connection: Connection, query: SearchQuery, places: Sequence[Place]
) -> list[QuoteHit]:
    """Return what is shown of quotes that ``query`` found."""
    groups = _sought(query)
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
    matched = _texts(connection, places)
    hits = []
    for place in places:
        quote, published = quotes[place.id], outlets[place.id]
        held = stems(quote.text)
        in_canonical = place.rendering is None or all(
            any(piece <= held for piece in group) for group in groups
        )
        shown, marked = snippet(quote.text if in_canonical else matched[place.rendering], words)
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


def _texts(connection: Connection, places: Sequence[Place]) -> dict[int | None, str]:
    """Return the texts of the renderings that matched."""
    query = "SELECT id, text FROM renderings WHERE id IN :ids"
    ids = [place.rendering for place in places if place.rendering is not None]
    return {row.id: row.text for row in ask(connection, query, {"ids": ids})}


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
