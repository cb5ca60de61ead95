"""How the quotes that a search finds spread over speakers, outlets and years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.database.session import Connection
from quotes.search.finding import COUNTED, Place
from quotes.search.reading import ask

LISTED = 8


@dataclass(frozen=True, slots=True)
class Facet:
    """One value by which a search can be narrowed, and how many of the counted quotes have it."""

    value: str
    name: str
    quotes: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The most frequent values among the first ``counted`` quotes; ``complete``: those are all."""

    speakers: tuple[Facet, ...]
    outlets: tuple[Facet, ...]
    years: tuple[Facet, ...]
    counted: int
    complete: bool


_SPEAKERS = """
SELECT s.slug AS value, s.name, count(*) AS quotes
  FROM quotes k JOIN speakers s ON s.id = k.speaker_id
 WHERE k.id IN :ids GROUP BY s.slug, s.name ORDER BY quotes DESC, s.slug"""

_OUTLETS = """
SELECT o.slug AS value, o.name, count(DISTINCT v.quote_id) AS quotes
  FROM variants v JOIN renderings r ON r.variant_id = v.id
  JOIN articles a ON a.id = r.article_id JOIN outlets o ON o.id = a.outlet_id
 WHERE v.quote_id IN :ids GROUP BY o.slug, o.name ORDER BY quotes DESC, o.slug"""

_DAYS = """
SELECT k.first_published AS day, count(*) AS quotes FROM quotes k
 WHERE k.id IN :ids AND k.first_published IS NOT NULL GROUP BY k.first_published"""


def facets(connection: Connection, found: Sequence[Place]) -> Facets:
    """Return the facets of what was found: the first ``COUNTED`` quotes, and one more to tell it is
    not all.
    """
    ids = [place.id for place in found[:COUNTED]]
    years: dict[str, int] = {}
    for row in ask(connection, _DAYS, {"ids": ids}, dates=["day"]):
        year = str(row.day.year)
        years[year] = years.get(year, 0) + row.quotes
    latest = sorted(years, reverse=True)[:LISTED]
    return Facets(
        speakers=_listed(connection, _SPEAKERS, ids),
        outlets=_listed(connection, _OUTLETS, ids),
        years=tuple(Facet(year, year, years[year]) for year in latest),
        counted=len(ids),
        complete=len(found) <= COUNTED,
    )


def _listed(connection: Connection, query: str, ids: Sequence[int]) -> tuple[Facet, ...]:
    rows = [*ask(connection, query, {"ids": list(ids)})][:LISTED]
    return tuple(Facet(row.value, row.name, row.quotes) for row in rows)
