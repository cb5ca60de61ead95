"""What differs: between two variants, and between two outlets that published the same quotes."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.ids import Id, Letter
from quotes.normaliser.difference import DiffOp, diff
from quotes.normaliser.divergence import told, warnings
from quotes.search.articles import LATEST_OF_OUTLET, OF_OUTLET
from quotes.search.lookup import find_outlet
from quotes.search.meanings import JudgedMeanings, judged_meanings
from quotes.search.meant import Meant, find_meant
from quotes.search.reading import Record, ask

Between = Literal["same", "trimmed", "reworded", "divergent"]

MEANINGS: dict[Between, str] = {
    "same": "the same words",
    "trimmed": "shortened",
    "reworded": "worded differently",
    "divergent": "the meaning may differ",
}
"""How two texts differ, in words."""

_TEXTS: dict[Letter, str] = {
    "q": """SELECT text, speaker, confidence, id AS quote_id,
                   (SELECT min(variant_id) FROM rendering_list
                     WHERE quote_id = :id AND relation = 'canonical') AS variant_id
              FROM quote_list WHERE id = :id""",
    "v": """SELECT text, speaker, confidence, quote_id, id AS variant_id
              FROM variant_list WHERE id = :id""",
    "r": """SELECT text, speaker, confidence, quote_id, variant_id
              FROM rendering_list WHERE id = :id""",
}

_QUOTES_OF = """SELECT v.quote_id FROM ({0}) a CROSS JOIN renderings r CROSS JOIN variants v
 WHERE r.article_id = a.id AND v.id = r.variant_id"""

_BY_DATE = "SELECT id FROM quotes WHERE id IN :both ORDER BY first_published NULLS LAST, id"

_OF_OUTLETS = """
SELECT r.quote_id, r.variant_id, r.outlet_id, r.text, r.relation, k.text AS canonical,
       k.speaker, k.confidence
  FROM rendering_list r JOIN quote_list k ON k.id = r.quote_id
 WHERE +r.outlet_id IN :outlets AND r.quote_id IN :quotes /* +: not by its index */
 ORDER BY length(r.text) DESC, r.id"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts that are compared, and who said it; ``confidence`` is 0 to 1."""

    id: str
    text: str
    speaker: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts, how the second differs from the first, and where the meaning may."""

    left: Side
    right: Side
    between: Between
    difference: tuple[DiffOp, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutletsCompared:
    """Quotes that both outlets published, how many those are, and how many only one of them did.

    ``latest``: in so many articles of each, the latest ones; None: in all.
    """

    left: str
    right: str
    shared: tuple[Compared, ...]
    both: int
    only_left: int
    only_right: int
    latest: int | None


def compare_texts(connection: Connection, left: Id, right: Id) -> Compared:
    """Return how two variants (or quotes, or renderings) differ.

    What people said of their meaning counts before what the words show. Raises UsageError if one
    does not exist.
    """
    one, other = (find_meant(connection, given, "vqr") for given in (left, right))
    here, there = (_row(connection, meant) for meant in (one, other))
    judged = judged_meanings(connection, {here.quote_id, there.quote_id} - {None})
    changed = judged.changed(here.variant_id, there.variant_id)
    return _compared(_side(str(one), here), _side(str(other), there), changed)


def compare_outlets(
    connection: Connection,
    left: str,
    right: str,
    *,
    latest: int | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> OutletsCompared:
    """Return what two outlets (any spelling) made of the quotes that both published.

    The longest rendering of each is compared; the names on both sides are those of the quote.
    ``latest``: only the quotes in so many articles of each are looked at, the latest ones. Of the
    shared quotes, the oldest first, ``limit`` (None: all) are compared after ``offset`` ones.
    Raises UsageError for an unknown outlet, and for twice the same one.
    """
    ids = [find_outlet(connection, name) for name in (left, right)]
    if ids[0] == ids[1]:
        raise UsageError(f"'{left}' and '{right}' are one outlet: name two")
    names = {
        row.id: row.name
        for row in ask(connection, "SELECT id, name FROM outlets WHERE id IN :ids", {"ids": ids})
    }
    here, there = (_quotes_of(connection, outlet, latest) for outlet in ids)
    shared = [row.id for row in ask(connection, _BY_DATE, {"both": sorted(here & there)})]
    wanted = shared[offset : None if limit is None else offset + limit]
    found: dict[int, dict[int, Record]] = defaultdict(dict)
    for row in ask(connection, _OF_OUTLETS, {"outlets": ids, "quotes": wanted}):
        found[row.quote_id].setdefault(row.outlet_id, row)
    judged = judged_meanings(connection, wanted)
    return OutletsCompared(
        left=names[ids[0]],
        right=names[ids[1]],
        shared=tuple(
            _of_quote(found[quote][ids[0]], found[quote][ids[1]], judged) for quote in wanted
        ),
        both=len(shared),
        only_left=len(here - there),
        only_right=len(there - here),
        latest=latest if any(_has_more(connection, outlet, latest) for outlet in ids) else None,
    )


def _quotes_of(connection: Connection, outlet: int, latest: int | None) -> set[int]:
    """Return the quotes in the articles of an outlet, or in its latest ones."""
    articles = OF_OUTLET if latest is None else LATEST_OF_OUTLET
    values = {"outlet": outlet, "latest": latest}
    return {row.quote_id for row in ask(connection, _QUOTES_OF.format(articles), values)}


def _has_more(connection: Connection, outlet: int, articles: int | None) -> bool:
    """Whether an outlet has more than so many articles."""
    if articles is None:
        return False
    query = f"SELECT count(*) AS found FROM ({OF_OUTLET} LIMIT :most) a"
    (row,) = ask(connection, query, {"outlet": outlet, "most": articles + 1})
    return bool(row.found > articles)


COMPARED_COLUMNS = ("between", "warnings", "speaker", "left_id", "left", "right_id", "right")
"""The columns of a table of what was compared."""


def compared_row(one: Compared) -> list[object]:
    """Return two texts that were compared as the row of a table."""
    warnings = "; ".join(one.warnings)
    left, right = one.left, one.right
    return [one.between, warnings, left.speaker, left.id, left.text, right.id, right.text]


def _row(connection: Connection, meant: Meant) -> Record:
    (row,) = ask(connection, _TEXTS[meant.letter], {"id": meant.number})
    return row


def _side(identifier: str, row: Record) -> Side:
    return Side(identifier, row.text, row.speaker, row.confidence)


def _of_quote(left: Record, right: Record, judged: JudgedMeanings) -> Compared:
    """Compare two renderings of one quote; what was told of either counts, too."""
    changed = judged.changed(left.variant_id, right.variant_id)
    identifier = f"q{left.quote_id}"
    found = _compared(_side(identifier, left), _side(identifier, right), changed)
    divergent = [row for row in (left, right) if row.relation == "divergent"]
    if changed is False or found.warnings or len(divergent) != 1:
        return found
    (odd,) = divergent
    why = told(odd.relation, odd.canonical, odd.text)
    return dataclasses.replace(found, between="divergent", warnings=why)


def _compared(left: Side, right: Side, changed: bool | None) -> Compared:
    """Compare two texts; ``changed`` is what people said of their meaning."""
    steps = diff(left.text, right.text)
    why = () if changed is False else warnings(left.text, right.text)
    if changed and not why:
        why = told("divergent", left.text, right.text)
    return Compared(left, right, _between(steps, why), steps, why)


def _between(steps: Sequence[DiffOp], warnings: Sequence[str]) -> Between:
    changed = [step for step in steps if step.op != "equal"]
    if not changed:
        return "same"
    if warnings:
        return "divergent"
    one_way = all(not step.variant for step in changed) or all(not s.canonical for s in changed)
    return "trimmed" if one_way else "reworded"
