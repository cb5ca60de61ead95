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
from quotes.search.walking import IN_ORDER, NEWEST, conditions, growing, in_order

COUNTED = 1_000
"""So many quotes, the first ones of the result, are counted at most: nobody should wait for more.
"""
RANKED = 10_000
"""Up to so many renderings that match a text are ranked."""


_ORDERS: dict[Sort, str] = {
    "date": "k.first_published DESC NULLS LAST",
    "oldest": "k.first_published NULLS LAST",
    "outlets": "(SELECT outlets FROM quote_list WHERE id = k.id) DESC",
    "variants": "(SELECT count(*) FROM variants v WHERE v.quote_id = k.id) DESC",
    "confidence": "(SELECT confidence FROM quote_list WHERE id = k.id) DESC",
}

_RENDERINGS_OF = """SELECT v.quote_id, r.id FROM variants v JOIN renderings r ON r.variant_id = v.id
 WHERE v.quote_id IN :ids"""


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
        where = Where()
        select = matching(query, connection.dialect.name, where)
        text = None if select is None else Matches(connection, select, where.params)
        ranked = text is not None and query.sort is None and text.count(RANKED + 1) <= RANKED
        if query.limit is None or query.sort not in IN_ORDER:
            return _all(connection, query, ranked=ranked)
        ends = query.offset + query.limit
        if text is not None and ranked:
            found: Iterable[Place] = _best(connection, query, text, ends)
        else:
            found = _in_order(connection, query, text, ends)
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


def _all(connection: Connection, query: SearchQuery, *, ranked: bool) -> list[Place]:
    """Find all quotes, or those that come first by what has to be counted for all of them."""
    where = Where()
    quote_conditions(connection, query, where, "k.id")
    rendering_conditions(connection, query, where, "k.id", "quotes")
    match = matching(query, connection.dialect.name, where)
    excluded_words(connection, query, where, "k.id", "quotes")
    order = f"{_ORDERS[query.sort]}, {NEWEST}" if query.sort else NEWEST
    if match is None:
        statement = f"SELECT k.id, NULL AS rendering FROM quotes k WHERE {where} ORDER BY {order}"
    else:
        statement = f"""
            WITH matched AS MATERIALIZED ({match}),
            placed AS (
              SELECT v.quote_id, m.rendering_id, m.score, row_number() OVER (
                  PARTITION BY v.quote_id ORDER BY m.score, m.rendering_id) AS place
                FROM matched m {WITH_VARIANTS})
            SELECT k.id, p.rendering_id AS rendering
              FROM placed p JOIN quotes k ON k.id = p.quote_id
             WHERE p.place = 1 AND {where}
             ORDER BY {f"p.score, {order}" if ranked else order}"""
    if query.limit is not None:
        statement += " LIMIT :limit OFFSET :offset"
        where.params |= {"limit": query.limit, "offset": query.offset}
    return [Place(row.id, row.rendering) for row in ask(connection, statement, where.params)]


def _best(connection: Connection, query: SearchQuery, text: Matches, ends: int) -> list[Place]:
    """Find the quotes with the best matches, and no more than these need."""
    where = Where()
    conditions(connection, query, where)
    if query.speaker is not None:
        where.add("m.speaker_id = :speaker")
    without = _excluded(connection, query)
    statement = f"""SELECT m.id AS rendering, k.id, k.first_published
      FROM renderings m CROSS JOIN variants o CROSS JOIN quotes k
     WHERE m.id IN :ids AND o.id = m.variant_id AND k.id = o.quote_id AND {where}"""
    found: dict[int, tuple[float, bool, int, int, int]] = {}
    scores: list[float] = []
    for part in growing(text.ranked()):
        if len(scores) >= ends and part[0][1] > scores[ends - 1]:
            break
        values = where.params | {"ids": [rendering for rendering, _ in part]}
        rows = {
            row.rendering: row
            for row in ask(connection, statement, values, dates=["first_published"])
        }
        kept = _clean(connection, without, {row.id for row in rows.values()})
        for rendering, score in part:
            row = rows.get(rendering)
            if row is not None and row.id in kept and row.id not in found:
                day = row.first_published
                newest = -day.toordinal() if day else 0
                found[row.id] = (score, day is None, newest, -row.id, rendering)
                scores.append(score)
    return [Place(-key, rendering) for *_, key, rendering in sorted(found.values())]


def _in_order(
    connection: Connection, query: SearchQuery, text: Matches | None, ends: int
) -> Iterator[Place]:
    """Go through the quotes in order, and yield those that fit."""
    ids = in_order(connection, query, ends, text)
    without = _excluded(connection, query)
    if text is None and without is None:
        yield from map(Place, ids)
        return
    for part in growing(ids):
        kept = _clean(connection, without, part)
        matched = None if text is None else _matched(connection, text, kept)
        for quote in part:
            if quote in kept and (matched is None or quote in matched):
                yield Place(quote, matched[quote] if matched else None)


def _matched(connection: Connection, text: Matches, quotes: Collection[int]) -> dict[int, int]:
    """Return those of some quotes that have a rendering which matches, each with the first one."""
    held: dict[int, int] = {}
    rows = ask(connection, _RENDERINGS_OF, {"ids": list(quotes)})
    renderings = {rendering: quote for quote, rendering in rows}
    for rendering in sorted(text.among(renderings)):
        held.setdefault(renderings[rendering], rendering)
    return held


def _clean(connection: Connection, without: Matches | None, quotes: Collection[int]) -> set[int]:
    """Return the quotes that have no rendering with what a text excludes."""
    return {*quotes} - (_matched(connection, without, quotes).keys() if without else set())


def _excluded(connection: Connection, query: SearchQuery) -> Matches | None:
    where = Where()
    select = excluding(query, connection.dialect.name, where)
    return None if select is None else Matches(connection, select, where.params)
