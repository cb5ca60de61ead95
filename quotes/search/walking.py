"""Going through quotes in an order that an index has, with conditions on each of them."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, islice
from math import isqrt
from typing import Any

from quotes.database.session import Connection
from quotes.search.fulltext import Matches
from quotes.search.lookup import find_speaker
from quotes.search.query import SearchQuery, Sort, Where, asked_of_rendering
from quotes.search.reading import ask

_FIRST, _MOST = 40, 2_000
"""So many rows are looked at together at first, and at most."""
_ARTICLES = 500
"""And so many articles at most: one costs several times as much as another row."""
_MATCHES = 4
"""Up to so many times as many renderings that match a text narrow it as rows of another table:
going through quotes costs more where each has to be compared with a text."""

NEWEST = "k.first_published DESC NULLS LAST, k.id DESC"

IN_ORDER: Mapping[Sort | None, Sequence[tuple[str, str]]] = {
    None: [("1 = 1", NEWEST)],
    "date": [("1 = 1", NEWEST)],
    "oldest": [
        ("k.first_published IS NOT NULL", "k.first_published, k.id DESC"),
        ("k.first_published IS NULL", "k.id DESC"),
    ],
}
"""The orders in which an index has the quotes, in one or two parts: condition and order of each."""

_DIVERGENT = """EXISTS (SELECT 1 FROM variants v CROSS JOIN renderings r {0} CROSS JOIN articles l
  WHERE v.quote_id = k.id AND r.variant_id = v.id AND r.relation = 'divergent'
    AND l.id = r.article_id AND NOT l.removed)"""
_BY_RELATION = {"sqlite": "INDEXED BY ix_renderings_divergent"}
"""SQLite takes the index of all renderings else, and reads each of them."""

_DISPUTED = """EXISTS (SELECT 1 FROM variants v CROSS JOIN renderings r CROSS JOIN voices w
  WHERE v.quote_id = k.id AND r.variant_id = v.id AND w.id = r.voice_id AND w.disputed)"""

_RENDERED = """EXISTS (SELECT 1 FROM variants v CROSS JOIN renderings r CROSS JOIN articles l
  WHERE v.quote_id = k.id AND r.variant_id = v.id AND l.id = r.article_id AND NOT l.removed
    AND {0} AND {1})"""

_SURE = """EXISTS (SELECT 1 FROM attributions t
  WHERE t.quotation_id = r.quotation_id AND t.speaker_id = k.speaker_id AND {0})"""

_LATEST = """
SELECT min(day) AS day FROM (
  SELECT l.published AS day FROM articles l
   WHERE NOT l.removed AND {0} AND l.published >= :floor AND l.published < :before
   ORDER BY l.published DESC LIMIT :most) d"""

_OF_ARTICLES = """
SELECT DISTINCT k.id, k.first_published
  FROM articles l CROSS JOIN renderings r CROSS JOIN variants o CROSS JOIN quotes k
 WHERE NOT l.removed AND {0} AND {1}
   AND r.article_id = l.id AND o.id = r.variant_id AND k.id = o.quote_id AND {2}"""

_DAY = "l.published >= :first AND l.published < :before"


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of a table for which a condition holds, and the way from them to renderings (r)."""

    table: str
    condition: str
    way: str = ""
    joined: str = "1 = 1"

    def count(self, connection: Connection, params: Mapping[str, Any], most: int) -> int:
        """Return how many rows there are, but no more than ``most``."""
        rows = f"SELECT 1 FROM {self.table} WHERE {self.condition} LIMIT :most"
        query = f"SELECT count(*) AS found FROM ({rows}) c"
        (row,) = ask(connection, query, {**params, "most": most})
        return int(row.found)

    @property
    def quotes(self) -> str:
        """A SELECT of the quotes to which these rows lead."""
        return f"""SELECT v.quote_id FROM {self.table} {self.way} CROSS JOIN variants v
          WHERE {self.condition} AND {self.joined} AND v.id = r.variant_id"""


_DIVERGENT_ROWS = _Rows("renderings r", "r.relation = 'divergent'")
_DISPUTED_ROWS = _Rows("voices w", "w.disputed", "CROSS JOIN renderings r", "r.voice_id = w.id")
_SURE_ROWS = _Rows(
    "attributions t",
    "t.joint_confidence >= :confidence",
    "CROSS JOIN renderings r",
    "r.quotation_id = t.quotation_id",
)


def conditions(connection: Connection, query: SearchQuery, where: Where) -> None:
    """Add what ``query`` asks of a quote (k) beside its text.

    Raises UsageError for an unknown speaker or outlet.
    """
    _of_quote(connection, query, where)
    articles, sure = _of_rendering(connection, query, where)
    if articles.conditions or sure.conditions:
        where.add(_RENDERED.format(articles, sure))


def _of_quote(connection: Connection, query: SearchQuery, where: Where) -> None:
    """Add what ``query`` asks of a quote (k) beside its text and what it asks of a rendering."""
    if query.speaker is not None:
        where.add("k.speaker_id = :speaker", speaker=find_speaker(connection, query.speaker).id)
    if query.divergent:
        where.add(_DIVERGENT.format(_BY_RELATION.get(connection.dialect.name, "")))
    if query.disputed:
        where.add(_DISPUTED)
    if query.varied:
        where.add("(SELECT count(*) FROM variants v WHERE v.quote_id = k.id) > 1")
    if query.min_outlets is not None:
        where.add(
            "(SELECT outlets FROM quote_list WHERE id = k.id) >= :min_outlets",
            min_outlets=query.min_outlets,
        )


def _of_rendering(connection: Connection, query: SearchQuery, where: Where) -> tuple[Where, Where]:
    """Return what ``query`` asks of the article (l) of one rendering (r), and of its speaker.

    The parameters are added to ``where``.
    """
    articles, sure = asked_of_rendering(connection, query)
    if sure.conditions:
        sure = Where([_SURE.format(sure)], sure.params)
    where.params |= articles.params | sure.params
    return articles, sure


def fulfilling(
    connection: Connection, where: Where, quotes: Collection[int]
) -> dict[int, date | None]:
    """Return those of some quotes (k) that fulfil ``where``, with their first days."""
    query = f"SELECT k.id, k.first_published FROM quotes k WHERE k.id IN :ids AND {where}"
    values = {**where.params, "ids": [*quotes]}
    return {row.id: row.first_published for row in _dated(connection, query, values)}


def in_order(
    connection: Connection, query: SearchQuery, where: Where, wanted: int, text: Matches | None
) -> Iterator[tuple[int, int | None]]:
    """Yield the quotes that fulfil ``where``, in order, of which ``wanted`` may be read.

    ``where`` holds the ``conditions`` of ``query``; one that holds for few rows narrows them to the
    quotes of these. So does ``text`` where few renderings match: then the first of these comes with
    its quote. Else those yielded need not match.
    """
    (row,) = ask(connection, "SELECT max(id) AS last FROM quotes")
    few = isqrt(wanted * (row.last or 1))  # as many as have to be gone through for ``wanted``
    narrow = [
        rows
        for rows, is_asked in (
            (_DIVERGENT_ROWS, query.divergent),
            (_DISPUTED_ROWS, query.disputed),
            (_SURE_ROWS, query.min_confidence is not None),
        )
        if is_asked and rows.count(connection, where.params, few + 1) <= few
    ]
    own = _Rows("quotes k", "k.speaker_id = :speaker")
    rare = query.speaker is not None and own.count(connection, where.params, few + 1) <= few
    most = _MATCHES * few
    if text and not (rare or narrow) and text.count(most + 1) <= most:
        return _of_text(connection, query, where, wanted, text)
    where = Where([*where.conditions, *(f"k.id IN ({one.quotes})" for one in narrow)], where.params)
    found = None if rare or narrow else _by_articles(connection, query, few)
    if found is None:
        found = chain.from_iterable(
            (row.id for row in ask(connection, statement, where.params, stream=True))
            for statement in (
                f"SELECT k.id FROM quotes k WHERE {where} AND {part} ORDER BY {order}"
                for part, order in IN_ORDER[query.sort]
            )
        )
    return ((quote, None) for quote in found)


def _of_text(
    connection: Connection, query: SearchQuery, where: Where, wanted: int, text: Matches
) -> Iterator[tuple[int, int | None]]:
    """Yield the quotes that match a text and fulfil ``where``, with the rendering that matches."""
    order = "k.first_published NULLS LAST, k.id DESC" if query.sort == "oldest" else NEWEST
    statement = f"""SELECT k.id, m.rendering FROM ({text.quotes}) m CROSS JOIN quotes k
      WHERE k.id = m.quote_id ORDER BY {order}"""
    parts = Parts(ask(connection, statement, text.params, stream=True), wanted)
    for part in parts:
        kept = fulfilling(connection, where, [row.id for row in part]) if where.conditions else None
        fit = [(row.id, row.rendering) for row in part if kept is None or row.id in kept]
        parts.found += len(fit)
        yield from fit


def _by_articles(connection: Connection, query: SearchQuery, few: int) -> Iterator[int] | None:
    """Yield the quotes in articles of some days or of an outlet; None where that is not quicker."""
    if query.sort == "oldest":
        return None
    where = Where()
    _of_quote(connection, query, where)
    articles, sure = _of_rendering(connection, replace(query, since=None, until=None), where)
    where.conditions += sure.conditions
    if not (query.since or query.until):
        undated = _Rows("articles l", f"NOT l.removed AND {articles} AND l.published IS NULL")
        if not articles.conditions or undated.count(connection, where.params, few + 1) > few:
            return None
    return _newest_of_articles(connection, query, articles, where)


def _newest_of_articles(
    connection: Connection, query: SearchQuery, articles: Where, where: Where
) -> Iterator[int]:
    """Yield the quotes in some articles, the newest first: by way of the newest articles.

    ``articles`` is what is asked of them beside their days. A quote is as old as its first article,
    or older; so those that are newer than all articles which are left come first (as in Fagin,
    Lotem and Naor 2003, Optimal Aggregation Algorithms).
    """
    floor = query.since or date.min
    before = date.max if query.until in (None, date.max) else query.until + timedelta(1)
    size = _FIRST
    of_day, of_none = (
        _OF_ARTICLES.format(articles, condition, where)
        for condition in (_DAY, "l.published IS NULL")
    )
    rows = () if query.since or query.until else _dated(connection, of_none, where.params)
    waiting = {row.id: row.first_published for row in rows}
    seen = set(waiting)
    while True:
        params = {**where.params, "floor": floor, "before": before, "most": size}
        (latest,) = ask(connection, _LATEST.format(articles), params, dates=["day"])
        first = latest.day or date.min
        if latest.day is not None:
            rows = _dated(connection, of_day, {**params, "first": first})
            waiting |= {row.id: row.first_published for row in rows if row.id not in seen}
            seen.update(waiting)
        ready = [one for one, day in waiting.items() if first == date.min or (day and day >= first)]
        yield from sorted(ready, key=lambda one: (waiting[one] or date.min, one), reverse=True)
        for one in ready:
            del waiting[one]
        if latest.day is None:
            return
        before, size = first, min(2 * size, _ARTICLES)


def _dated(connection: Connection, query: str, params: Mapping[str, Any]) -> Iterable[Any]:
    return ask(connection, query, params, dates=["first_published"])


@dataclass(slots=True)
class Parts:
    """Rows in parts: small ones first, since a few may be enough.

    Who reads them says how many are ``found`` of those that are ``wanted``: then no part is much
    larger than what should be enough, going by the parts before.
    """

    rows: Iterable[Any]
    wanted: int
    found: int = 0

    def __iter__(self) -> Iterator[list[Any]]:
        """Yield the parts."""
        left, size, seen = iter(self.rows), _FIRST, 0
        while part := list(islice(left, size)):
            yield part
            seen += len(part)
            size = min(2 * size, _MOST)
            if self.found:
                rest = (self.wanted - self.found) * seen // self.found
                size = min(size, max(_FIRST, rest + rest // 4))
