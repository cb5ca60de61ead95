"""Storing what the normaliser decided: quotes keep their ids through every re-clustering."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import (
    among,
    batches,
    change,
    found,
    insert_numbered,
    insert_tuples,
    update_tuples,
)
from quotes.database.engine.models import Ambiguity, FormerQuote, Quote, Rendering, Variant
from quotes.normaliser.canonical import texts_of
from quotes.normaliser.model import Cluster
from quotes.records import Provenance, Relation

_STORED_QUOTES = select(Quote.__table__).where(among(Quote.__table__.c.id))
_DOUBTS = delete(Ambiguity).where(among(Ambiguity.rendering_id))
_STORED_VARIANTS = select(Variant.__table__).where(among(Variant.__table__.c.quote_id))


class StoredRow(NamedTuple):
    """A rendering as it is stored: what the normaliser reads of it, and what it decided before.

    ``article`` is what is in the article, and its address; ``outlet`` is a slug: the order of
    arrival, which the ids tell, breaks no ties.
    """

    key: int
    text: str
    start: int
    article: str
    outlet: str | None
    published: date | None
    speaker: int
    variant: int | None
    relation: Relation | None
    score: float | None
    quote: int | None
    before: str | None
    after: str | None
    confidence: float
    provenance: Provenance | None


Rows = Mapping[int, StoredRow]
"""Rows by the id of their rendering."""


def store_clusters(session: Session, clusters: Sequence[Cluster], rows: Rows) -> None:
    """Write quotes, variants and relations so that they are what ``clusters`` says.

    ``rows`` holds all members as they are stored; they have no ambiguities yet. Rows that need no
    change are not written. Every quote that a cluster does not carry on is deleted; its id is never
    given again.
    """
    former = {
        member.key: quote
        for cluster in clusters
        for member in cluster.members
        if (quote := rows[member.key].quote) is not None
    }
    homes = _quotes(session, clusters, rows, inherit(clusters, former))
    variants = _variants(session, clusters, rows, homes, set(former.values()))
    _renderings(session, clusters, rows, variants)
    _sweep(session, former, set(homes), set(variants.values()))
    _ambiguities(session, clusters, homes)


def inherit(clusters: Sequence[Cluster], former: Mapping[int, int]) -> dict[int, int]:
    """Return which cluster (by position) carries on which former quote.

    ``former`` maps renderings to the quotes that held them. A quote goes to the cluster that holds
    most of its renderings; among equals the older quote, then the cluster whose first rendering is
    older, comes first. A cluster carries on one quote at most.
    """
    shared = Counter(
        (at, former[member.key])
        for at, cluster in enumerate(clusters)
        for member in cluster.members
        if member.key in former
    )
    ranked = sorted(
        shared,
        key=lambda pair: (-shared[pair], pair[1], clusters[pair[0]].members[0].key),
    )
    heirs: dict[int, int] = {}
    taken: set[int] = set()
    for at, quote in ranked:
        if at not in heirs and quote not in taken:
            heirs[at] = quote
            taken.add(quote)
    return heirs


def _quotes(
    session: Session, clusters: Sequence[Cluster], rows: Rows, heirs: Mapping[int, int]
) -> list[int]:
    """Insert and update quotes; return the quote of each cluster."""
    stored = {row.id: row for row in found(session, _STORED_QUOTES, heirs.values())}
    wanted = [_quote(cluster, rows) for cluster in clusters]
    changed = [
        {"id": quote, **wanted[at]}
        for at, quote in heirs.items()
        if any(getattr(stored[quote], name) != value for name, value in wanted[at].items())
    ]
    if changed:
        session.execute(update(Quote), changed)
    fresh = [at for at in range(len(clusters)) if at not in heirs]
    added = insert_numbered(session, Quote, _QUOTE, [_plain(wanted[at]) for at in fresh])
    ids = {**heirs, **dict(zip(fresh, added, strict=True))}
    return [ids[at] for at in range(len(clusters))]


_QUOTE = ("speaker_id", "component", "text", "first_published", "last_published")


def _plain(quote: Mapping[str, Any]) -> tuple[Any, ...]:
    values = (quote[name] for name in _QUOTE)
    return tuple(value.isoformat() if isinstance(value, date) else value for value in values)


def _quote(cluster: Cluster, rows: Rows) -> dict[str, Any]:
    canonical = rows[cluster.canonical]
    dates = [day for member in cluster.members if (day := rows[member.key].published)]
    return {
        "speaker_id": canonical.speaker,
        "component": cluster.component,
        "text": canonical.text,
        "first_published": min(dates, default=None),
        "last_published": max(dates, default=None),
    }


def _variants(
    session: Session,
    clusters: Sequence[Cluster],
    rows: Rows,
    homes: Sequence[int],
    former: set[int],
) -> dict[int, int]:
    """Insert and update the variants of the clusters; return the variant of each rendering."""
    wordings: dict[tuple[int, str], list[int]] = defaultdict(list)
    texts: dict[tuple[int, str], str] = {}
    for cluster, quote in zip(clusters, homes, strict=True):
        for member in cluster.members:
            wordings[quote, member.wording].append(member.key)
        texts |= {(quote, name): text for name, text in texts_of(cluster, rows).items()}
    stored = {
        (row.quote_id, row.fingerprint): row for row in found(session, _STORED_VARIANTS, former)
    }
    changed = [
        {"id": stored[wording].id, "text": text}
        for wording, text in texts.items()
        if wording in stored and stored[wording].text != text
    ]
    if changed:
        session.execute(update(Variant), changed)
    fresh = [wording for wording in wordings if wording not in stored]
    columns = ("quote_id", "fingerprint", "text")
    added = insert_numbered(session, Variant, columns, [(*w, texts[w]) for w in fresh])
    ids = {wording: row.id for wording, row in stored.items()}
    ids.update(zip(fresh, added, strict=True))
    return {key: ids[wording] for wording, keys in wordings.items() for key in keys}


def _renderings(
    session: Session, clusters: Sequence[Cluster], rows: Rows, variants: Mapping[int, int]
) -> None:
    changed = []
    for cluster in clusters:
        for key, relation, score, _ in cluster.members:
            row, variant = rows[key], variants[key]
            if (row.variant, row.relation, row.score) != (variant, relation, score):
                changed.append((variant, relation, score, key))
    changed.sort(key=itemgetter(-1))  # in the order of the table
    update_tuples(session, Rendering, ("variant_id", "relation", "score"), changed)


def _sweep(
    session: Session, former: Mapping[int, int], quotes: set[int], variants: set[int]
) -> None:
    """Delete the variants and quotes that hold no rendering any more.

    Of a quote that goes, a rendering is noted that it held (``former`` has the quotes by those).
    """
    held = {quote: key for key, quote in sorted(former.items(), reverse=True)}
    stale = [row.id for row in found(session, _STORED_VARIANTS, held) if row.id not in variants]
    for part in batches(stale):
        session.execute(delete(Variant).where(Variant.id.in_(part)))
    gone = sorted(held.keys() - quotes)
    for part in batches(gone):
        session.execute(delete(Quote).where(Quote.id.in_(part)))
    noted = [(quote, held[quote]) for quote in gone]
    insert_tuples(session, FormerQuote, ("quote_id", "rendering_id"), noted)


def _ambiguities(session: Session, clusters: Sequence[Cluster], homes: Sequence[int]) -> None:
    """Store which fragments fit another quote, too."""
    quotes = {cluster.canonical: quote for cluster, quote in zip(clusters, homes, strict=True)}
    rows = {(key, quotes[other]) for cluster in clusters for key, other in cluster.also}
    insert_tuples(session, Ambiguity, ("rendering_id", "quote_id"), sorted(rows))


def part_speakers(session: Session) -> None:
    """Take renderings out of quotes of other speakers than they count to now.

    What is one quote's is one speaker's then, so that speakers can be stored one after the other.
    """
    owner = (
        select(Quote.speaker_id)
        .join(Variant, Variant.quote_id == Quote.id)
        .where(Variant.id == Rendering.variant_id)
    )
    session.execute(
        update(Rendering)
        .where(Rendering.variant_id.is_not(None))
        .where(Rendering.speaker_id.is_distinct_from(owner.scalar_subquery()))
        .values(variant_id=None, relation=None, score=None)
        .execution_options(synchronize_session=False)
    )


def sweep_empty(session: Session) -> None:
    """Delete the variants, and then the quotes, that hold no rendering."""
    for table, member in ((Variant, Rendering.variant_id), (Quote, Variant.quote_id)):
        held = select(member).where(member == table.id).exists()
        session.execute(delete(table).where(~held).execution_options(synchronize_session=False))


def forget_ambiguities(session: Session, renderings: Collection[int]) -> None:
    """Delete what is stored about other quotes that these renderings (ids) fit, too."""
    change(session, _DOUBTS, renderings)
