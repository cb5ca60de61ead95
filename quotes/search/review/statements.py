"""Pairs of wordings to be looked at: are they one statement, and do they mean the same?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.ids import number
from quotes.normaliser.difference import diff
from quotes.search.reading import Record, ask
from quotes.search.review.items import Answer, Item, QueueName, Reader, passage

ALIKE = 0.9
"""A reworded variant that is less like the canonical one (0-1) is looked at."""

CONTEXT = 160
"""How many characters of an article are shown on each side of a quotation."""

Pair = tuple[str, ...]
"""Two renderings, "r56" and "r12": the first of the variant, the first that is canonical."""

_PAIRS = """
WITH doubtful AS (%s LIMIT :most),
paired AS (
  SELECT d.variant, d.rendering, d.place,
         (SELECT min(r.id) FROM variants w JOIN renderings r ON r.variant_id = w.id
           WHERE w.quote_id = v.quote_id AND r.relation = 'canonical') AS canonical
    FROM doubtful d JOIN variants v ON v.id = d.variant)
SELECT p.rendering, p.canonical, p.variant, k.variant_id AS other
  FROM paired p JOIN renderings k ON k.id = p.canonical
 WHERE k.variant_id <> p.variant
 ORDER BY p.place, p.rendering"""
"""The canonical wordings beside those that a query finds, in order of its ``place``."""

_AMBIGUOUS = (
    _PAIRS
    % """
SELECT r.variant_id AS variant, r.id AS rendering, 0 AS place FROM renderings r
 WHERE r.id IN (SELECT rendering_id FROM ambiguities) AND r.variant_id IS NOT NULL ORDER BY r.id"""
)

_REWORDED = (
    _PAIRS
    % """
SELECT r.variant_id AS variant, min(r.id) AS rendering, r.score AS place FROM renderings r
 WHERE r.relation = 'reworded' AND r.score < :alike
 GROUP BY r.score, r.variant_id ORDER BY r.score, r.variant_id"""
)

_DIVERGENT = (
    _PAIRS
    % """
SELECT r.variant_id AS variant, min(r.id) AS rendering, -count(*) AS place FROM renderings r
 WHERE r.relation = 'divergent' GROUP BY r.variant_id ORDER BY place, rendering"""
)

_JUDGED = """
SELECT j."by", one.rendering_id AS rendering, two.rendering_id AS canonical,
       a.variant_id AS variant, b.variant_id AS other
  FROM judgement_list j
  JOIN judgements w ON w.id = j.id AND w.batch IS NULL
  JOIN judgement_places one ON one.judgement_id = j.id AND one.anchor = 0
  JOIN judgement_places two ON two.judgement_id = j.id AND two.anchor = 1
  JOIN renderings a ON a.id = one.rendering_id
  JOIN renderings b ON b.id = two.rendering_id
 WHERE j.kind IN :kinds AND j.undone_at IS NULL
 ORDER BY j.id"""

_RENDERING = """
SELECT r.*, t.mention_start, t.mention_end, k.text AS quote, s.name AS quoted
  FROM rendering_list r
  JOIN attributions t ON t.quotation_id = r.quotation_id
  LEFT JOIN quotes k ON k.id = r.quote_id
  LEFT JOIN speakers s ON s.id = k.speaker_id
 WHERE r.id = :id"""

_ALSO = """SELECT also_quote_id, also_text FROM ambiguity_list WHERE rendering_id = :id
            ORDER BY also_quote_id"""


def doubtful(connection: Connection, reader: Reader, most: int) -> list[Pair]:
    """Return variants that may be other statements than their quote, at most so many.

    Those that also fit another quote come first, then those least like theirs.
    """
    queries = (_AMBIGUOUS, _REWORDED)
    return _waiting(connection, reader, queries, ["same", "different"], most)


def divergent(connection: Connection, reader: Reader, most: int) -> list[Pair]:
    """Return variants that may change the meaning of their quote, most published first."""
    kinds = ["meaning"] if reader.second else ["meaning", "different"]
    return _waiting(connection, reader, (_DIVERGENT,), kinds, most)


def _waiting(
    connection: Connection,
    reader: Reader,
    queries: Sequence[str],
    kinds: list[str],
    most: int,
) -> list[Pair]:
    judged = list(ask(connection, _JUDGED, {"kinds": kinds}))
    own = {_variants(row) for row in judged if not reader.second or row.by == reader.by}
    found: dict[frozenset[int], Pair] = {}
    values = {"alike": ALIKE, "most": most + len(own)}
    for rows in (
        [judged] if reader.second else (ask(connection, query, values) for query in queries)
    ):
        for row in rows:
            pair = _variants(row)
            if pair not in own and len(found) < most:
                found.setdefault(pair, _key(row))
    return list(found.values())


def _variants(row: Record) -> frozenset[int]:
    return frozenset((row.variant, row.other))


def _key(row: Record) -> Pair:
    return f"r{row.rendering}", f"r{row.canonical}"


def show_doubtful(connection: Connection, about: Sequence[str]) -> Item:
    """Return the question whether two renderings are one statement.

    Raises UsageError if one does not exist.
    """
    from quotes.normaliser.reasons import why_one  # the other queues do without, and start sooner

    one, other = _pair(connection, about)
    facts = [f"why they are taken for one: {why_one(other.text, one.text)}"]
    facts += [
        f"r{one.id} also fits q{row.also_quote_id}: “{row.also_text}”"
        for row in ask(connection, _ALSO, {"id": one.id})
    ]
    return _item(
        connection,
        "merges",
        "Are these one statement?",
        (one, other),
        facts,
        (
            Answer("y", "yes, one statement", "same"),
            _apart("n", "no, two statements", one, other),
        ),
    )


def show_divergent(connection: Connection, about: Sequence[str]) -> Item:
    """Return the question whether two renderings mean the same; raises as ``show_doubtful``."""
    from quotes.normaliser.divergence import warnings

    one, other = _pair(connection, about)
    return _item(
        connection,
        "meanings",
        "Does the first change the meaning of the second?",
        (one, other),
        warnings(other.text, one.text),
        (
            Answer("y", "yes, the meaning changed", "meaning", "changed"),
            Answer("n", "no, it means the same", "meaning", "same"),
            _apart("d", "these are two statements", one, other),
        ),
    )


def _apart(key: str, label: str, one: Record, other: Record) -> Answer:
    """Return the answer that keeps all renderings of both variants apart."""
    return Answer(key, label, "different", f"v{one.variant_id}/v{other.variant_id}")


def _pair(connection: Connection, about: Sequence[str]) -> tuple[Record, Record]:
    one, other = (_rendering(connection, identifier) for identifier in about)
    return one, other


def _rendering(connection: Connection, identifier: str) -> Record:
    for row in ask(connection, _RENDERING, {"id": number(identifier, "r")}, dates=["published"]):
        return row
    raise UsageError(f"there is no rendering {identifier}; `quotes show` prints their numbers")


def _item(
    connection: Connection,
    queue: QueueName,
    question: str,
    pair: tuple[Record, Record],
    facts: Sequence[str],
    answers: tuple[Answer, ...],
) -> Item:
    one, other = pair
    quote = (f"q{other.quote_id} of {other.quoted}: “{other.quote}”",) if other.quote_id else ()
    return Item(
        queue=queue,
        about=(f"r{one.id}", f"r{other.id}"),
        question=question,
        passages=tuple(
            passage(
                connection,
                row,
                f"r{row.id}",
                [
                    (row.rendering_start, row.rendering_end, "quotation"),
                    (row.mention_start, row.mention_end, "mention"),
                ],
                CONTEXT,
            )
            for row in pair
        ),
        facts=tuple(chain(quote, facts)),
        answers=answers,
        diff=diff(other.text, one.text),
    )
