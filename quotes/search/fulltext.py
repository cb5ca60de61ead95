"""The renderings that match a text: counted, ranked, or looked for among others."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from quotes.database.session import Connection
from quotes.search.reading import ask

_PROBE = 30
"""Asking FTS5 about one stretch of renderings costs as much as reading so many that match, each
with its quote. Looking one rendering of a quote up costs as much as reading one."""
_GAP = 500
"""Renderings that stand no further apart are asked for together."""

_FEW, _SAMPLE = 2_000, 32
"""Where no more match among the last one in so many renderings than ``_FEW`` of all would make, few
are likely to match: these are ranked without being counted first, which would find them twice."""
_ALL = 2**62

_RENDERINGS_OF = """SELECT v.quote_id, r.id FROM variants v JOIN renderings r ON r.variant_id = v.id
 WHERE v.quote_id IN :ids"""

_QUOTES = """SELECT v.quote_id, min(r.id) AS rendering
  FROM ({0}) m CROSS JOIN renderings r CROSS JOIN variants v
 WHERE r.id = m.rendering_id AND v.id = r.variant_id GROUP BY v.quote_id"""


@dataclass(slots=True)
class Matches:
    """The renderings that match a text; ``select`` (see ``query.matching``) finds them.

    FTS5 seeks anew for every rendering, or stretch of them, that is asked for: once that has cost
    as much as reading all that match, all are read and kept.
    """

    connection: Connection
    select: str
    params: dict[str, Any]
    _counted: tuple[int, int] = (0, 0)
    _spent: int = 0
    _read: dict[int, int] | None = None

    def _ask(self, what: str, rest: str, **more: Any) -> Iterable[Any]:
        return ask(
            self.connection, f"SELECT {what} FROM ({self.select}) m {rest}", self.params | more
        )

    @property
    def quotes(self) -> str:
        """A SELECT of the quotes (quote_id) that match, each with its first ``rendering``."""
        return _QUOTES.format(self.select)

    def count(self, most: int) -> int:
        """Return how many match, but no more than ``most``."""
        asked, found = self._counted
        if found == asked < most:
            found = self._count("", most=most)
            self._counted = most, found
        return min(found, most)

    def _count(self, where: str, **values: int) -> int:
        some = f"SELECT rendering_id FROM ({self.select}) m {where} LIMIT :most"
        query = f"SELECT count(*) AS found FROM ({some}) c"
        (row,) = ask(self.connection, query, self.params | values)
        return int(row.found)

    def ranked(self, most: int, first: int) -> Iterator[tuple[int, float]] | None:
        """Return all that match with their scores, the best ones first; None if more than ``most``.

        Unless they are few, so many of the ``first`` ones are sorted out and fetched before the
        others, in case that they are enough.
        """
        few = min(_FEW, most)
        if self._seem(few):
            rows = [*self._ask("score, rendering_id", "LIMIT :most", most=few + 1)]
            if len(rows) <= few:
                return ((rendering, score) for score, rendering in sorted(rows))
        return self._best(first) if self.count(most + 1) <= most else None

    def _seem(self, few: int) -> bool:
        """Whether it seems that no more than ``few`` match; a server finds so few at once."""
        if self.connection.dialect.name == "postgresql":
            return False
        (row,) = ask(self.connection, "SELECT max(id) AS last FROM renderings")
        before, most = (row.last or 0) * (_SAMPLE - 1) // _SAMPLE, few // _SAMPLE
        found = self._count("WHERE rendering_id > :before", before=before, most=most + 1)
        return found <= most

    def _best(self, first: int) -> Iterator[tuple[int, float]]:
        parts = ({"most": first, "passed": 0}, {"most": _ALL, "passed": first})
        for part in parts:
            rest = "ORDER BY 2, 1 LIMIT :most OFFSET :passed"
            rows = list(self._ask("rendering_id, score", rest, **part))
            yield from ((row[0], row[1]) for row in rows)
            if len(rows) < part["most"]:
                return

    def among(self, quotes: Collection[int]) -> dict[int, int]:
        """Return those of some quotes that have a rendering which matches, with the first one."""
        if self._read is None and self._spent and self.count(self._spent + 1) <= self._spent:
            rows = ask(self.connection, self.quotes, self.params)
            self._read = {row.quote_id: row.rendering for row in rows}
        if self._read is not None:
            return {quote: self._read[quote] for quote in quotes if quote in self._read}
        rows = ask(self.connection, _RENDERINGS_OF, {"ids": list(quotes)})
        renderings = {rendering: quote for quote, rendering in rows}
        found: dict[int, int] = {}
        for rendering in sorted(self._matching(renderings)):
            found.setdefault(renderings[rendering], rendering)
        return found

    def _matching(self, renderings: Collection[int]) -> set[int]:
        """Return those of some renderings that match."""
        if self.connection.dialect.name == "postgresql":
            rows = self._ask("rendering_id", "WHERE rendering_id IN :ids", ids=[*renderings])
            return {row[0] for row in rows}
        runs = [*_runs(renderings)]
        self._spent += len(renderings) + _PROBE * len(runs)
        found: set[int] = set()
        for first, last in runs:
            values = {"first": first, "last": last}
            between = "WHERE rendering_id BETWEEN :first AND :last"
            found.update(row[0] for row in self._ask("rendering_id", between, **values))
        return found.intersection(renderings)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches (first, last) in which numbers stand no further apart than ``_GAP``."""
    ordered = sorted(numbers)
    first = last = ordered[0] if ordered else 0
    for number in ordered:
        if number - last > _GAP:
            yield first, last
            first = number
        last = number
    if ordered:
        yield first, last
