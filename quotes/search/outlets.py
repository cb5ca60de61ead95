"""Everything about one outlet: its names, whom it quotes, how it compares."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from itertools import combinations

from quotes.basics import Relation
from quotes.database.session import Connection
from quotes.search.articles import LATEST_ARTICLES, LATEST_OF_OUTLET, OutletListed
from quotes.search.compare import Between
from quotes.search.lookup import find_outlet
from quotes.search.reading import Record, ask

_QUOTED = f"""
SELECT s.slug, s.name, f.quotations FROM (
  SELECT t.speaker_id, count(*) AS quotations
    FROM ({LATEST_OF_OUTLET}) a CROSS JOIN quotations q CROSS JOIN attributions t
   WHERE q.article_id = a.id AND t.quotation_id = q.id GROUP BY t.speaker_id) f
  JOIN speakers s ON s.id = f.speaker_id
 WHERE s.type <> 'anonymous' ORDER BY f.quotations DESC, s.slug LIMIT :limit"""  # noqa: S608

_LATEST = """
SELECT k.id FROM quotes k
 ORDER BY k.first_published DESC NULLS LAST, k.id DESC LIMIT :latest"""

_PUBLISHED = f"""
SELECT v.quote_id, v.id AS variant_id, o.slug, o.name, r.relation
  FROM ({_LATEST}) k CROSS JOIN variants v CROSS JOIN renderings r
  CROSS JOIN articles a CROSS JOIN outlets o
 WHERE v.quote_id = k.id AND r.variant_id = v.id AND a.id = r.article_id AND o.id = a.outlet_id
   AND NOT a.removed"""  # noqa: S608 - made of constants

Published = tuple[Relation, int]
"""What an outlet made of a quote: its relation to the canonical text, and the variant (id)."""

LATEST = 2_000
"""Among so many quotes, the latest ones, outlets are compared with each other."""
COMPARED = 10
"""So many outlets at most, those with the most quotes."""

_RANKS: dict[Relation, int] = {
    "divergent": 0,
    "canonical": 1,
    "identical": 1,
    "reworded": 2,
    "trimmed": 3,
}
"""Of several renderings by one outlet the one counts that changes most, or says most."""


@dataclass(frozen=True, slots=True)
class OutletDetails:
    """An outlet with its other names and domains, and the speakers whom it quotes most.

    ``latest``: these are counted in so many articles, the latest ones; None: in all.
    """

    listed: OutletListed
    names: tuple[str, ...]
    domains: tuple[str, ...]
    quoted: tuple[tuple[str, str, int], ...]
    latest: int | None


@dataclass(frozen=True, slots=True)
class OutletPair:
    """Two outlets (slugs), and how many quotes both published, by how they differ."""

    left: str
    right: str
    shared: int
    same: int
    trimmed: int
    reworded: int
    divergent: int


@dataclass(frozen=True, slots=True)
class OutletPairs:
    """Every two outlets; ``names`` by slug, most quotes first; ``quotes`` were looked at.

    How two outlets differ is told by how each relates to the canonical text.
    """

    names: dict[str, str]
    pairs: tuple[OutletPair, ...]
    quotes: int


def outlet_details(connection: Connection, wanted: str, *, most: int = 10) -> OutletDetails:
    """Return everything about the outlet meant by a slug, name, other name or domain.

    ``most`` speakers are listed. Raises UnknownError if there is none.
    """
    number = find_outlet(connection, wanted)
    columns = ", ".join(f"l.{field.name}" for field in fields(OutletListed))
    query = f"""SELECT {columns}, o.names, o.domains
                 FROM outlet_list l JOIN outlets o ON o.id = l.id WHERE l.id = :id"""  # noqa: S608
    (row,) = ask(connection, query, {"id": number}, documents=("names", "domains"))
    counted = {"outlet": number, "latest": LATEST_ARTICLES, "limit": most}
    quoted = ask(connection, _QUOTED, counted)
    listed = OutletListed(*row[: len(fields(OutletListed))])
    return OutletDetails(
        listed=listed,
        names=tuple(row.names),
        domains=tuple(row.domains),
        quoted=tuple((one.slug, one.name, one.quotations) for one in quoted),
        latest=LATEST_ARTICLES if listed.articles > LATEST_ARTICLES else None,
    )


def outlet_pairs(connection: Connection) -> OutletPairs:
    """Return how the outlets with the most quotes differ from each other, in the latest quotes."""
    relations: dict[int, dict[str, Published]] = defaultdict(dict)
    names: dict[str, str] = {}
    for row in ask(connection, _PUBLISHED, {"latest": LATEST}):
        names[row.slug] = row.name
        told = relations[row.quote_id]
        told[row.slug] = _leading(told.get(row.slug), row)
    quotes = Counter(slug for told in relations.values() for slug in told)
    leading = [slug for slug, _ in sorted(quotes.items(), key=lambda one: (-one[1], one[0]))]
    leading = leading[:COMPARED]
    counts: dict[tuple[str, str], Counter[Between]] = defaultdict(Counter)
    for told in relations.values():
        for pair in combinations([slug for slug in leading if slug in told], 2):
            counts[pair][_between(*(told[slug] for slug in pair))] += 1
    return OutletPairs(
        names={slug: names[slug] for slug in leading},
        pairs=tuple(_pair(*pair, counts[pair]) for pair in combinations(leading, 2)),
        quotes=len(relations),
    )


def _leading(known: Published | None, row: Record) -> Published:
    found: Published = (row.relation, row.variant_id)
    return found if known is None or _RANKS[found[0]] < _RANKS[known[0]] else known


def _between(left: Published, right: Published) -> Between:
    if left[1] == right[1]:
        return "same"
    relations = {left[0], right[0]}
    if "divergent" in relations:
        return "divergent"
    return "reworded" if "reworded" in relations else "trimmed"


def _pair(left: str, right: str, counts: Counter[Between]) -> OutletPair:
    return OutletPair(
        left=left,
        right=right,
        shared=counts.total(),
        same=counts["same"],
        trimmed=counts["trimmed"],
        reworded=counts["reworded"],
        divergent=counts["divergent"],
    )
