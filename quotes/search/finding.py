"""Finding quotes, and looking at no more of them than are wanted.

Where few renderings match a text, those are ranked and looked at, the best ones first. Where many
do, a rank would tell little and cost much: then the quotes are gone through in order, the newest
ones first, until enough are found that match. Conditions are tried on one quote after the other,
too, unless one of them holds for few rows: then only the quotes of these are looked at.
"""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from quotes.database.session import Connection
from quotes.search.fulltext import Matches
from quotes.search.query import (
    WITH_VARIANTS,
    SearchQuery,
    Sort,
    Where,
    excluded_words,
    excluding,
    matching,
    quote_conditions,
    raw_syntax,
    rendering_conditions,
    text_condition,
)
from quotes.search.reading import ask
from quotes.search.walking import IN_ORDER, NEWEST, Parts, conditions, fulfilling, in_order

COUNTED = 500
"""So many quotes, the first ones of the result, are counted at most: nobody should wait for more.
"""
RANKED = 10_000
"""Up to so many renderings that match a text are ranked."""
_LOOKED_AT, _RENDERINGS = 800, 10
"""So many of the best ones, and so many for each quote that is wanted, are enough most times."""
_SELECTED = 20
"""Where no more renderings match for each quote that is wanted, and there are conditions, most of
them would be looked at: then all are, at once."""

_ORDERS: dict[Sort, str] = {
    "date": "k.first_published DESC NULLS LAST",
    "oldest": "k.first_published NULLS LAST",
    "outlets": "(SELECT outlets FROM quote_list WHERE id = k.id) DESC",
    "variants": "(SELECT count(*) FROM variants v WHERE v.quote_id = k.id) DESC",
    "confidence": "(SELECT confidence FROM quote_list WHERE id = k.id) DESC",
}

_PLACED = f"""
WITH matched AS MATERIALIZED ({{match}}),
placed AS (
  SELECT v.quote_id, m.rendering_id, m.score, row_number() OVER (
      PARTITION BY v.quote_id ORDER BY m.score, m.rendering_id) AS place
    FROM matched m {WITH_VARIANTS})
SELECT k.id, p.rendering_id AS rendering
  FROM placed p JOIN quotes k ON k.id = p.quote_id
 WHERE p.place = 1 AND {{where}}
 ORDER BY {{order}}"""

_OF_MATCHES = """SELECT m.id AS rendering, o.quote_id
  FROM renderings m CROSS JOIN variants o WHERE m.id IN :ids AND o.id = m.variant_id"""


@dataclass(frozen=True, slots=True)
class Place:
    """A quote that was found, and the rendering of it that matched the text best, if there is one.

    Where many renderings match, it is the first one that does.
    """

    id: int
    rendering: int | None = None


def find_quotes(connection: Connection, query: SearchQuery) -> list[Place]:
    """Return the quotes that ``query`` asks for, in the order of the result.

    That is how it sorts, else the best match first, unless more than ``RANKED`` renderings match,
    and then the newest first. Raises UsageError for an unknown speaker or outlet, and for a raw
    query with a syntax error.
    """
    with raw_syntax(query):
        words, where = Where(), Where()
        select = matching(query, connection.dialect.name, words)
        text = None if select is None else Matches(connection, select, words.params)
        if query.limit is None or query.sort not in IN_ORDER:
            return _all(connection, query, text)
        ends = query.offset + query.limit
        conditions(connection, query, where)
        found: Iterable[Place] | None = None
        if text is not None and query.sort is None:
            found = _best(connection, query, where, text, ends)
        if found is None:
            found = _in_order(connection, query, where, text, ends)
        return list(islice(found, query.offset, ends))


def count_quotes(connection: Connection, query: SearchQuery) -> int:
    """Return how many quotes ``query`` finds without its limit. Raises as ``find_quotes``."""
    where = Where()
    quote_conditions(connection, query, where, "k.id")
    rendering_conditions(connection, query, where, "k.id", "quotes")
    text_condition(connection, query, where, "k.id", "quotes")
    statement = f"SELECT count(*) AS found FROM quotes k WHERE {where}"
    with raw_syntax(query):
        (row,) = ask(connection, statement, where.params)
    return int(row.found)


def _all(connection: Connection, query: SearchQuery, text: Matches | None) -> list[Place]:
    """Find all quotes, or those that come first by what has to be counted for all of them."""
    ranked = text is not None and query.sort is None and text.count(RANKED + 1) <= RANKED
    where = Where()
    quote_conditions(connection, query, where, "k.id")
    rendering_conditions(connection, query, where, "k.id", "quotes")
    match = matching(query, connection.dialect.name, where)
    excluded_words(connection, query, where, "k.id", "quotes")
    order = f"{_ORDERS[query.sort]}, {NEWEST}" if query.sort else NEWEST
    if match is None:
        statement = f"SELECT k.id, NULL AS rendering FROM quotes k WHERE {where} ORDER BY {order}"
    else:
        order = f"p.score, {order}" if ranked else order
        statement = _PLACED.format(match=match, where=where, order=order)
    if query.limit is not None:
        statement += " LIMIT :limit OFFSET :offset"
        where.params |= {"limit": query.limit, "offset": query.offset}
    return [Place(row.id, row.rendering) for row in ask(connection, statement, where.params)]


def _best(
    connection: Connection, query: SearchQuery, where: Where, text: Matches, ends: int
) -> list[Place] | None:
    """Find the quotes with the best matches, and no more than these need.

    None where more than ``RANKED`` renderings match.
    """
    without = _excluded(connection, query)
    some = min(RANKED, ends * _SELECTED)
    if where.conditions and without is None and text.count(some + 1) <= some:
        order = f"p.score, {NEWEST}"
        statement = _PLACED.format(match=text.select, where=where, order=order) + " LIMIT :ends"
        rows = ask(connection, statement, {**text.params, **where.params, "ends": ends})
        return [Place(row.id, row.rendering) for row in rows]
    first = RANKED if where.conditions else max(_LOOKED_AT, ends * _RENDERINGS)
    ranked = text.ranked(RANKED, first)
    if ranked is None:
        return None
    seen: set[int] = set()
    found: list[tuple[float, bool, int, int, int]] = []
    parts = Parts(ranked, ends)
    for part in parts:
        if len(found) >= ends and part[0][1] > found[ends - 1][0]:
            break
        rows = ask(connection, _OF_MATCHES, {"ids": [rendering for rendering, _ in part]})
        quotes = {rendering: quote for rendering, quote in rows if quote not in seen}
        days = fulfilling(connection, where, {*quotes.values()})
        kept = _clean(without, days)
        for rendering, score in part:
            quote = quotes.get(rendering)
            if quote in kept and quote not in seen:
                day = days[quote]
                newest = -day.toordinal() if day else 0
                found.append((score, day is None, newest, -quote, rendering))
                seen.add(quote)
        seen.update(quotes.values())
        parts.found = len(found)
    return [Place(-key, rendering) for *_, key, rendering in sorted(found)]


def _in_order(
    connection: Connection, query: SearchQuery, where: Where, text: Matches | None, ends: int
) -> Iterator[Place]:
    """Go through the quotes in order, and yield those that fit."""
    without = _excluded(connection, query)
    parts = Parts(in_order(connection, query, where, ends, text), ends)
    for part in parts:
        kept = _clean(without, [quote for quote, _ in part])
        unknown = [quote for quote, rendering in part if rendering is None and quote in kept]
        matched = text.among(unknown) if text and unknown else {}
        for quote, known in part:
            rendering = known or matched.get(quote)
            if quote in kept and (text is None or rendering is not None):
                parts.found += 1
                yield Place(quote, rendering)


def _clean(without: Matches | None, quotes: Collection[int]) -> set[int]:
    """Return the quotes that have no rendering with what a text excludes."""
    return {*quotes} - (without.among(quotes).keys() if without else set())


def _excluded(connection: Connection, query: SearchQuery) -> Matches | None:
    where = Where()
    select = excluding(query, connection.dialect.name, where)
    return None if select is None else Matches(connection, select, where.params)
