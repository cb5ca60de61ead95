"""Quotes with their variants and sources, as spreadsheets, dossiers and linked data show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quotes.basics import Provenance, Relation
from quotes.database.session import Connection
from quotes.normaliser.difference import DiffOp, diff
from quotes.normaliser.divergence import told
from quotes.search.compare import MEANINGS
from quotes.search.details import VARIANT_ORDER
from quotes.search.doubt import mark_of, remarks_of
from quotes.search.finding import find_quotes
from quotes.search.query import SearchQuery
from quotes.search.reading import Record, ask
from quotes.search.reasons import why_of

_BATCH = 200

_QUOTES = """
SELECT k.*, s.wikidata FROM quote_list k JOIN speakers s ON s.slug = k.speaker_slug
 WHERE k.id IN :ids"""

_VARIANTS = f"""
SELECT id, quote_id, text, relation, outlets, first_published FROM variant_list
 WHERE quote_id IN :ids
 ORDER BY {VARIANT_ORDER}"""  # noqa: S608 (a constant)

_RENDERINGS = """
SELECT r.id, r.variant_id, r.quotation_id, r.article_id, r.source, r.outlet, r.title, r.url,
       r.published, r.text, r.rendering_start, r.rendering_end, r.speaker, r.speaker_slug,
       r.confidence, r.provenance, t.mention, t.cue, t.rule, t.reason
  FROM rendering_list r JOIN attributions t ON t.quotation_id = r.quotation_id
 WHERE r.quote_id IN :ids
 ORDER BY r.published NULLS LAST, r.id"""


RELATIONS = {
    "canonical": "the canonical text",
    "identical": "the canonical text",
    "trimmed": MEANINGS["trimmed"],
    "reworded": MEANINGS["reworded"],
    "divergent": "MEANING MAY DIFFER",
}
"""What a variant is to its quote, in words."""


@dataclass(frozen=True, slots=True)
class Source:
    """One rendering: which article has it where, and why it counts to whom the article names.

    ``start`` and ``end`` are offsets into the body of the article. ``names`` is whom the article
    names, where that is not the speaker of the quote, ``provenance`` where its words come from.
    """

    rendering_id: int
    quotation_id: int
    article_id: int
    outlet: str | None
    title: str | None
    url: str | None
    file: str
    published: date | None
    text: str
    start: int
    end: int
    names: str | None
    confidence: float
    why: str
    provenance: Provenance | None

    @property
    def place(self) -> str:
        """The outlet, or where that is unknown the file, with the date and mark."""
        facts = (self.outlet or self.file, self.published, mark_of(self.provenance))
        return ", ".join(str(fact) for fact in facts if fact)


@dataclass(frozen=True, slots=True)
class Collected:
    """One variant: its difference to the canonical one, warnings in words, its sources."""

    id: int
    text: str
    relation: Relation
    difference: tuple[DiffOp, ...]
    warnings: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class CollectedQuote:
    """One quote; ``variants`` begins with the canonical one. ``confidence`` is 0 to 1."""

    id: int
    text: str
    speaker: str
    speaker_slug: str
    speaker_type: str
    gender: str | None
    party: str | None
    wikidata: str | None
    first_published: date | None
    last_published: date | None
    outlets: int
    confidence: float
    remarks: tuple[str, ...]
    variants: tuple[Collected, ...]

    @property
    def sources(self) -> list[Source]:
        """All sources, in the order of their dates."""
        found = [source for variant in self.variants for source in variant.sources]
        return sorted(found, key=lambda one: (one.published or date.max, one.rendering_id))


def surest(sources: Iterable[Source]) -> Source | None:
    """Return the source that is surest who speaks, the first of equals."""
    return max(sources, key=lambda one: one.confidence, default=None)


def collect(connection: Connection, query: SearchQuery) -> Iterator[CollectedQuote]:
    """Yield the quotes that ``query`` asks for, in the order of a search, with all they have.

    Raises UsageError as ``search_quotes``.
    """
    ids = [place.id for place in find_quotes(connection, query)]
    for start in range(0, len(ids), _BATCH):
        yield from collect_ids(connection, ids[start : start + _BATCH])


def collect_ids(connection: Connection, ids: Sequence[int]) -> Iterator[CollectedQuote]:
    """Yield these quotes, which have to be there, with all they have."""
    key = {"ids": list(ids)}
    dates = ("first_published", "last_published")
    quotes = {row.id: row for row in ask(connection, _QUOTES, key, dates=dates)}
    variants: dict[int, list[Record]] = defaultdict(list)
    for row in ask(connection, _VARIANTS, key, dates=["first_published"]):
        variants[row.quote_id].append(row)
    sources: dict[int, list[Record]] = defaultdict(list)
    for row in ask(connection, _RENDERINGS, key, dates=["published"]):
        sources[row.variant_id].append(row)
    for number in ids:
        row = quotes[number]
        yield CollectedQuote(
            id=row.id,
            text=row.text,
            speaker=row.speaker,
            speaker_slug=row.speaker_slug,
            speaker_type=row.speaker_type,
            gender=row.gender,
            party=row.party,
            wikidata=row.wikidata,
            first_published=row.first_published,
            last_published=row.last_published,
            outlets=row.outlets,
            confidence=row.confidence,
            remarks=remarks_of(row),
            variants=tuple(_variant(row, one, sources[one.id]) for one in variants[number]),
        )


def _variant(quote: Record, row: Record, sources: Sequence[Record]) -> Collected:
    canonical = row.relation == "canonical"
    return Collected(
        id=row.id,
        text=row.text,
        relation=row.relation,
        difference=() if canonical else diff(quote.text, row.text),
        warnings=told(row.relation, quote.text, row.text),
        sources=tuple(_source(quote, one) for one in sources),
    )


def _source(quote: Record, row: Record) -> Source:
    return Source(
        rendering_id=row.id,
        quotation_id=row.quotation_id,
        article_id=row.article_id,
        outlet=row.outlet,
        title=row.title,
        url=row.url,
        file=row.source,
        published=row.published,
        text=row.text,
        start=row.rendering_start,
        end=row.rendering_end,
        names=row.speaker if row.speaker_slug != quote.speaker_slug else None,
        confidence=row.confidence,
        why=why_of(row),
        provenance=row.provenance,
    )
