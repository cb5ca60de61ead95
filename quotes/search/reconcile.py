"""Matching many names with the stored speakers, as tables of other people have them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quotes.database.session import Connection
from quotes.search.lookup import storable
from quotes.search.reading import ask
from quotes.speakers.matching import match

_NAMES = """
SELECT s.slug, n.name FROM speaker_names n JOIN speakers s ON s.id = n.speaker_id
 WHERE s.type <> 'anonymous' ORDER BY s.slug, n.name"""

_FACTS = """SELECT slug, name, type, party, quotes FROM speaker_list WHERE slug IN :slugs"""

_MORE = 3
"""So many times as many are looked at as are wanted: some are merged, or of another type."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A speaker who may be meant; ``score`` is 0 to 1."""

    slug: str
    name: str
    type: str
    description: str
    score: float


class Reconciler:
    """Matches names with the speakers of a database; what it has read it keeps."""

    def __init__(self, connection: Connection, merged: Mapping[str, str]) -> None:
        self._connection = connection
        self._merged = merged
        self._names = [(row.slug, row.name) for row in ask(connection, _NAMES)]

    def match(self, name: str, most: int, types: Collection[str] = ()) -> list[Reconciled]:
        """Return at most ``most`` speakers whom a name may mean, the likeliest first.

        Among equal scores those with more quotes come first. ``types`` (empty: all) restricts.
        Speakers whom people merged are those into whom they were.
        """
        scores: dict[str, float] = {}
        for found in match(storable(name), self._names, limit=_MORE * most):
            slug = self._merged.get(found.slug, found.slug)
            scores[slug] = max(found.score, scores.get(slug, 0.0))
        if not scores:
            return []
        rows = [
            row
            for row in ask(self._connection, _FACTS, {"slugs": [*scores]})
            if not types or row.type in types
        ]
        rows.sort(key=lambda row: (-scores[row.slug], -row.quotes, row.slug))
        return [
            Reconciled(row.slug, row.name, row.type, _description(row.party, row.quotes),
                       scores[row.slug])
            for row in rows[:most]
        ]  # fmt: skip


def _description(party: str | None, quotes: int) -> str:
    counted = f"{quotes:,} {'quote' if quotes == 1 else 'quotes'}"
    return f"{party}, {counted}" if party else counted
