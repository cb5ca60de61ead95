"""What others said of an item while somebody was looking at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.database.session import Connection
from quotes.search.reading import ask

_LAST = "SELECT max(id) AS last FROM judgements"

_PLACED = """
SELECT DISTINCT j.id, j."by", j.kind, j.value FROM judgement_list j
  JOIN judgement_places p ON p.judgement_id = j.id
 WHERE j.id > :seen AND j.undone_at IS NULL
   AND (p.quotation_id IN :quotations OR p.rendering_id IN :renderings)
 ORDER BY j.id"""

_NAMED = """
SELECT j.id, j."by", j.kind, j.value FROM judgement_list j
 WHERE j.id > :seen AND j.undone_at IS NULL AND j.speaker IN :slugs AND j.value IN :slugs
 ORDER BY j.id"""


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement that stands, by somebody, in the words of the log."""

    id: int
    by: str
    kind: str
    value: str | None


def last_judgement(connection: Connection) -> int:
    """Return the number of the latest judgement, 0 if there is none."""
    (row,) = ask(connection, _LAST)
    return int(row.last or 0)


def said_since(connection: Connection, about: Sequence[str], seen: int) -> list[Said]:
    """Return what was judged of an item (``Item.about``) after the judgement ``seen``."""
    numbers: dict[str, list[int]] = {"n": [], "r": [], "v": []}
    slugs = []
    for one in about:
        if one[:1] in numbers and one[1:].isdigit():
            numbers[one[0]].append(int(one[1:]))
        else:
            slugs.append(one)
    if slugs:
        rows = ask(connection, _NAMED, {"seen": seen, "slugs": slugs})
    else:
        values = {"seen": seen, "quotations": numbers["n"], "renderings": numbers["r"]}
        rows = ask(connection, _PLACED, values)
    return [Said(row.id, row.by, row.kind, row.value) for row in rows]
