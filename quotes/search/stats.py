"""Counting: quotes, quotations and articles by speaker, gender, party, office, outlet or time.

A quotation counts once, by its own article's answer; those that are not speech are left out. A
quote counts once for each group that it is in: one that five outlets published counts for each of
the five. What is not known is a group of its own, "unknown", and never left out.
"""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.search.lookup import find_outlet, find_speaker
from quotes.search.query import SearchQuery, Where, excluded_words, matching
from quotes.search.reading import ask

By = Literal["speaker", "gender", "party", "office", "outlet", "month", "year", "type"]
Over = Literal["month", "year", "outlet"]
Gender = Literal["female", "male", "unknown"]

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Counted:
    """One group: ``period`` is None unless counted over time, or within each outlet.

    ``share`` is that of the group's quotations in all that were counted (of its period).
    ``uncertain`` counts the quotations whose speaker has a confidence below 0.8.
    """

    period: str | None
    group: str
    quotes: int
    quotations: int
    articles: int
    share: float
    uncertain: int


_MONTH = {"sqlite": "substr(a.published, 1, 7)", "postgresql": "to_char(a.published, 'YYYY-MM')"}
_YEAR = {"sqlite": "substr(a.published, 1, 4)", "postgresql": "to_char(a.published, 'YYYY')"}

_GROUPS: dict[By, str] = {
    "speaker": "s.name",
    "gender": "CASE WHEN s.id IS NULL THEN NULL WHEN s.type <> 'person' THEN 'not a person'"
    " ELSE s.gender END",
    "party": "CASE WHEN s.type <> 'person' THEN 'not a person' ELSE s.party END",
    "office": "CASE WHEN s.id IS NULL THEN NULL WHEN s.type <> 'person' THEN 'not a person' ELSE"
    " coalesce(f.office, 'none known') END",
    "outlet": "o.name",
    "type": "s.type",
}

_OFFICE = """
LEFT JOIN (SELECT r.speaker_id, r.start, r."end",
                  CASE WHEN r."of" IS NULL THEN r.title
                       ELSE r.title || ' of ' || r."of" END AS office
             FROM speaker_roles r) f
  ON f.speaker_id = s.id AND a.published IS NOT NULL
 AND (f.start IS NULL OR f.start <= a.published) AND (f."end" IS NULL OR f."end" >= a.published)"""


def count_by(
    connection: Connection,
    by: By,
    query: SearchQuery | None = None,
    *,
    over: Over | None = None,
    gender: Gender | None = None,
) -> list[Counted]:
    """Return the groups with their counts, the largest first; those of each period together.

    ``query`` restricts what is counted (text, speaker, outlet, dates, confidence), ``gender`` to
    people of that gender. ``over`` is what the periods are: times, or outlets. ``by`` "office"
    counts a quotation for each office that its speaker held on the day of the article, so that its
    shares may add up to more than one. Raises UsageError for what does not exist.
    """
    if by not in get_args(By):
        raise UsageError(f"'{by}' cannot be counted by: name one of {', '.join(get_args(By))}")
    dialect = connection.dialect.name
    times = {"month": _MONTH[dialect], "year": _YEAR[dialect]}
    group = times.get(by) or _GROUPS[by]
    period = times.get(over, _GROUPS["outlet"]) if over else "''"
    where = _where(connection, query or SearchQuery())
    if gender is not None:
        where.add("s.type = 'person'")
        where.add(f"coalesce(s.gender, '{UNKNOWN}') = :gender", gender=gender)
    source = """FROM quotations q
        JOIN articles a ON a.id = q.article_id
        JOIN attributions t ON t.quotation_id = q.id
        LEFT JOIN outlets o ON o.id = a.outlet_id
        LEFT JOIN speakers s ON s.id = t.speaker_id
        LEFT JOIN renderings r ON r.quotation_id = q.id
        LEFT JOIN variants v ON v.id = r.variant_id"""
    columns = f"""coalesce({period}, '{UNKNOWN}') AS period,
        coalesce({group}, '{UNKNOWN}') AS name, count(DISTINCT v.quote_id) AS quotes,
        count(DISTINCT q.id) AS quotations, count(DISTINCT a.id) AS articles,
        count(DISTINCT CASE WHEN s.id IS NOT NULL AND t.joint_confidence < 0.8 THEN q.id END)
          AS uncertain"""
    joined = f"{source}{_OFFICE if by == 'office' else ''} WHERE {where}"
    rows = list(ask(connection, f"SELECT {columns} {joined} GROUP BY 1, 2", where.params))
    totals = Counter[str]()
    if by == "office":  # a quotation may be in several groups
        total = f"SELECT coalesce({period}, '{UNKNOWN}') AS period, count(DISTINCT q.id) AS total"
        for row in ask(connection, f"{total} {source} WHERE {where} GROUP BY 1", where.params):
            totals[row.period] = row.total
    else:
        for row in rows:
            totals[row.period] += row.quotations
    found = [
        Counted(
            period=row.period if over else None,
            group=row.name,
            quotes=row.quotes,
            quotations=row.quotations,
            articles=row.articles,
            share=row.quotations / totals[row.period],
            uncertain=row.uncertain,
        )
        for row in rows
    ]
    in_time = by in ("month", "year")
    return sorted(
        found,
        key=lambda one: (
            one.period or "",
            one.group if in_time else "",
            -one.quotations,
            -one.quotes,
            one.group,
        ),
    )


def side_by_side(found: Sequence[Counted], limit: int) -> list[Counted]:
    """Return the groups of the ``limit`` largest periods in one list: "female, Daily Lantern"."""
    kept = _largest([(one.period, one.quotations) for one in found], limit)
    return [
        replace(one, period=None, group=f"{one.group}, {one.period}")
        for one in found
        if one.period in kept
    ]


def largest(found: Sequence[Counted], limit: int) -> list[Counted]:
    """Return the counts of the ``limit`` largest groups, over all periods."""
    kept = _largest([(one.group, one.quotations) for one in found], limit)
    return [one for one in found if one.group in kept]


def _largest(sizes: Iterable[tuple[str | None, int]], limit: int) -> set[str | None]:
    """Return the names with the largest sums of sizes."""
    sums: dict[str | None, int] = {}
    for name, size in sizes:
        sums[name] = sums.get(name, 0) + size
    return set(sorted(sums, key=lambda name: (-sums[name], name or ""))[:limit])


def _where(connection: Connection, query: SearchQuery) -> Where:
    where = Where()
    where.add("q.kind <> 'none'")
    where.add("NOT a.removed")
    if query.speaker is not None:
        speaker = find_speaker(connection, query.speaker)
        where.add("t.speaker_id = :speaker", speaker=speaker.id)
    if query.outlet is not None:
        where.add("a.outlet_id = :outlet", outlet=find_outlet(connection, query.outlet))
    if query.since is not None:
        where.add("a.published >= :since", since=query.since)
    if query.until is not None:
        where.add("a.published <= :until", until=query.until)
    if query.min_confidence is not None:
        where.add("t.joint_confidence >= :confidence", confidence=query.min_confidence)
    match = matching(query, connection.dialect.name, where)
    if match is not None:
        where.add(f"r.id IN (SELECT rendering_id FROM ({match}) m)")
    excluded_words(connection, query, where, "q.id", "quotations")
    return where
