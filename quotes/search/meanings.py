"""What people said of the meaning of variants: it counts before what their words show."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from quotes.database.session import Connection
from quotes.search.reading import ask

_JUDGED = """
SELECT j.value, a.variant_id AS one, b.variant_id AS other
  FROM judgement_list j
  JOIN judgement_places p ON p.judgement_id = j.id AND p.anchor = 0
  JOIN judgement_places s ON s.judgement_id = j.id AND s.anchor = 1
  JOIN renderings a ON a.id = p.rendering_id
  JOIN renderings b ON b.id = s.rendering_id
  JOIN variants v ON v.id = a.variant_id
  JOIN variants w ON w.id = b.variant_id
 WHERE j.kind = 'meaning' AND j.undone_at IS NULL
   AND v.quote_id IN :quotes AND w.quote_id = v.quote_id
 ORDER BY j.id"""


class JudgedMeanings:
    """What people said of the meaning of variants (one, other, whether it changed), in order."""

    def __init__(self, said: Iterable[tuple[int, int, bool]]) -> None:
        self._changed = {frozenset((one, other)): changed for one, other, changed in said}
        self._alike: dict[int, frozenset[int]] = {}
        for pair, changed in self._changed.items():
            if not changed:
                joined = pair.union(*(self._alike.get(one, ()) for one in pair))
                self._alike |= dict.fromkeys(joined, joined)

    def changed(self, left: int, right: int) -> bool | None:
        """Return whether the meaning changed from one variant to another, by what people said.

        Variants that mean the same as a third one mean the same. None: nobody said anything.
        """
        said = self._changed.get(frozenset((left, right)))
        if said is None and right in self._alike.get(left, ()):
            return False
        return said


def judged_meanings(connection: Connection, quotes: Collection[int]) -> JudgedMeanings:
    """Return what people said of the variants of some quotes, and nobody undid."""
    rows = ask(connection, _JUDGED, {"quotes": list(quotes)})
    return JudgedMeanings((row.one, row.other, row.value == "changed") for row in rows)
