"""Quotations to be looked at: unsure speakers, and those whose speaker articles dispute."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.search.doubt import doubted
from quotes.search.reading import Record, ask
from quotes.search.reasons import why_speaker
from quotes.search.review.items import Answer, Item, Place, QueueName, Reader, passage

MOST_CANDIDATES = 9
"""One key chooses one: there are nine digits."""

_JUDGED = """SELECT 1 FROM judgement_places p JOIN judgement_list j ON j.id = p.judgement_id
              WHERE p.quotation_id = q.id AND j.undone_at IS NULL
                AND j.kind IN ('attribution', 'kind')"""

_OPEN = f"NOT EXISTS ({_JUDGED})"

_SECOND = f"""EXISTS ({_JUDGED} AND j."by" <> :by) AND NOT EXISTS ({_JUDGED} AND j."by" = :by)"""

_UNSURE = f"""
SELECT q.id FROM quotation_list q
 WHERE q.kind <> 'none' AND q.rule NOT IN ('judgement', 'enclosing') AND q.confidence < :below
   AND {_OPEN}
 ORDER BY q.confidence, q.id"""

_JUDGED_BY_OTHERS = f"SELECT q.id FROM quotations q WHERE {_SECOND} ORDER BY q.id"

_DISPUTED = f"""
SELECT q.id FROM quotations q
 WHERE q.id IN (SELECT r.quotation_id FROM renderings r
                 WHERE r.voice_id IN (SELECT w.id FROM voices w WHERE w.disputed))
   AND NOT (SELECT a.removed FROM articles a WHERE a.id = q.article_id)
   AND {_OPEN}
 ORDER BY q.id"""

_QUOTATION = """
SELECT q.id, q.article_id, q.start, q."end", a.source, a.published, o.name AS outlet,
       t.mention_start, t.mention_end, t.cue, t.rule, t.reason, t.evidence, t.speaker_evidence,
       t.joint_confidence AS confidence, s.slug, coalesce(t.found, 'null') AS found
  FROM quotations q
  JOIN articles a ON a.id = q.article_id
  JOIN attributions t ON t.quotation_id = q.id
  LEFT JOIN outlets o ON o.id = a.outlet_id
  LEFT JOIN speakers s ON s.id = t.speaker_id
 WHERE q.id = :id"""

_QUOTED = f"""
SELECT s.slug FROM quotations q
  JOIN attributions t ON t.quotation_id = q.id
  JOIN speakers s ON s.id = t.speaker_id
 WHERE q.article_id = :article
 GROUP BY s.id, s.slug
 ORDER BY count(*) DESC, s.id
 LIMIT {MOST_CANDIDATES}"""

_COUNTS_TO = """
SELECT DISTINCT s.slug, s.name, v.quote_id FROM renderings r
  JOIN variants v ON v.id = r.variant_id
  JOIN speakers s ON s.id = r.speaker_id
 WHERE r.quotation_id = :id
 ORDER BY v.quote_id"""


@dataclass(frozen=True, slots=True)
class _Found:
    """The machine's answer, whatever people said since."""

    slug: str | None
    rule: str
    reason: str | None
    confidence: float


def unsure(connection: Connection, reader: Reader, most: int) -> list[tuple[str, ...]]:
    """Return the quotations whose speaker is least sure, and which nobody has judged."""
    if reader.second:
        return _identifiers(connection, _JUDGED_BY_OTHERS, {"by": reader.by}, most)
    return _identifiers(connection, _UNSURE, {"below": reader.below}, most)


def disputed(connection: Connection, reader: Reader, most: int) -> list[tuple[str, ...]]:
    """Return the quotations that articles surely give to somebody else than most do."""
    return [] if reader.second else _identifiers(connection, _DISPUTED, {}, most)


def _identifiers(
    connection: Connection, query: str, values: dict[str, object], most: int
) -> list[tuple[str, ...]]:
    rows = ask(connection, f"{query} LIMIT :most", values | {"most": most})
    return [(f"n{row.id}",) for row in rows]


def show_unsure(connection: Connection, about: Sequence[str]) -> Item:
    """Return the question who said one quotation; raises UsageError if there is none such."""
    return _item(connection, about, "speakers")


def show_disputed(connection: Connection, about: Sequence[str]) -> Item:
    """Return the question who said a quotation that counts to another speaker than it names."""
    return _item(connection, about, "disputed")


def _item(connection: Connection, about: Sequence[str], queue: QueueName) -> Item:
    row = _row(connection, about)
    found = _machine(row)
    names = _candidates(connection, row, found)
    marks: list[Place] = [
        (row.start, row.end, "quotation"),
        (row.mention_start, row.mention_end, "mention"),
        *((one["start"], one["end"], "rival") for one in row.evidence if one["role"] == "rival"),
    ]
    facts = [_fact(found, row.cue, names)]
    if queue == "disputed":
        facts += [
            f"q{quote.quote_id} counts to {quote.name}: more articles name that speaker"
            for quote in ask(connection, _COUNTS_TO, {"id": row.id})
            if quote.slug != found.slug
        ]
    return Item(
        queue=queue,
        about=tuple(about),
        question="Who said this?",
        passages=(passage(connection, row, about[0], marks),),
        facts=tuple(facts),
        answers=tuple(_answers(found, names)),
    )


def _row(connection: Connection, about: Sequence[str]) -> Record:
    (identifier,) = about
    number = int(identifier[1:])
    documents = ("evidence", "speaker_evidence", "found")
    for row in ask(
        connection, _QUOTATION, {"id": number}, dates=["published"], documents=documents
    ):
        return row
    raise UsageError(f"there is no quotation {identifier}; `quotes review` prints their numbers")


def _machine(row: Record) -> _Found:
    if row.found is None:
        return _Found(row.slug, row.rule, row.reason, row.confidence)
    sure = row.found["confidence"] * (row.found["speaker_confidence"] or 1.0)
    return _Found(row.found["speaker"], row.found["rule"], row.found["reason"], sure)


def _fact(found: _Found, cue: str | None, names: dict[str, tuple[str, str]]) -> str:
    if found.slug is None:
        return f"nobody was found: {found.reason or 'the source has no name'}"
    name = doubted(names[found.slug][0], found.confidence)
    return f"{name}: {why_speaker(found.rule, found.confidence, cue=cue)}"


def _candidates(connection: Connection, row: Record, found: _Found) -> dict[str, tuple[str, str]]:
    """Return who may have said it, by slug: the name, and why.

    The machine's answer comes first, then those to whom the words count, those whom the mention may
    mean, and whom the article quotes, most quoted first.
    """
    evidence = (*row.evidence, *row.speaker_evidence)
    elsewhere = ask(connection, _COUNTS_TO, {"id": row.id})
    quoted = ask(connection, _QUOTED, {"article": row.article_id})
    slugs: dict[str, str] = {}
    for why, sort in (
        ("the answer", [found.slug] if found.slug else []),
        ("the same words elsewhere", [one.slug for one in elsewhere]),
        ("may be meant", sorted(one["speaker"] for one in evidence if one.get("speaker"))),
        ("quoted here", [one.slug for one in quoted]),
    ):
        for slug in sort:
            slugs.setdefault(slug, why)
    query = "SELECT slug, name FROM speakers WHERE slug IN :slugs"
    names = {one.slug: one.name for one in ask(connection, query, {"slugs": list(slugs)})}
    listed = {slug: (names[slug], why) for slug, why in slugs.items() if slug in names}
    return dict(list(listed.items())[:MOST_CANDIDATES])


def _answers(found: _Found, names: dict[str, tuple[str, str]]) -> Iterator[Answer]:
    if found.slug in names:
        yield Answer("a", f"the answer is right: {names[found.slug][0]}", "attribution", found.slug)
    for number, (slug, (name, why)) in enumerate(names.items(), start=1):
        yield Answer(str(number), f"{name} ({why})", "attribution", slug)
    yield Answer("o", "somebody else: you are asked for the name", "attribution", asks_name=True)
    yield Answer("n", "the article names nobody who said it", "attribution")
    yield Answer("x", "not speech (a title, a nickname, a sign ...)", "kind", "none")
