"""Storing what the normaliser decided: quotes keep their ids through every re-clustering."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quotes.database.bulk import batches, insert_rows
from quotes.database.models import (
    Article,
    Attribution,
    Quotation,
    Quote,
    Rendering,
    Variant,
)
from quotes.normaliser.fold import fold
from quotes.normaliser.model import Cluster, Update


def store_clusters(session: Session, changes: Update) -> None:
    """Write quotes, variants and relations so that they are what ``changes`` says.

    Rows that need no change are not written. Every quote that a cluster does not carry on is
    deleted; its id is never given again.
    """
    rows = _stored(session, changes)
    former = {key: row.quote_id for key, row in rows.items() if row.quote_id is not None}
    homes = _quotes(session, changes.clusters, rows, inherit(changes.clusters, former))
    variants = _variants(session, changes.clusters, rows, homes, set(former.values()))
    _renderings(session, changes.clusters, rows, variants)
    _sweep(session, set(former.values()), set(homes), set(variants.values()))


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


_Stored = Mapping[int, Any]
"""Rows by the id of their rendering."""


def _stored(session: Session, changes: Update) -> _Stored:
    """Return what is stored about the renderings, by id, before the update."""
    query = (
        select(
            Rendering.id,
            Rendering.text,
            Rendering.variant_id,
            Rendering.relation,
            Rendering.score,
            Variant.quote_id,
            Variant.fingerprint,
            Attribution.speaker_id,
            Article.published,
        )
        .join(Quotation, Quotation.id == Rendering.quotation_id)
        .join(Article, Article.id == Quotation.article_id)
        .join(Attribution, Attribution.quotation_id == Quotation.id)
        .outerjoin(Variant, Variant.id == Rendering.variant_id)
    )
    return {
        row.id: row
        for part in batches(changes.renderings)
        for row in session.execute(query.where(Rendering.id.in_(part)))
    }


def _quotes(
    session: Session, clusters: Sequence[Cluster], rows: _Stored, heirs: Mapping[int, int]
) -> list[int]:
    """Insert and update quotes; return the quote of each cluster."""
    stored = {
        row.id: row
        for part in batches(heirs.values())
        for row in session.execute(select(Quote.__table__).where(Quote.id.in_(part)))
    }
    wanted = [_quote(cluster, rows) for cluster in clusters]
    changed = [
        {"id": quote, **wanted[at]}
        for at, quote in heirs.items()
        if any(getattr(stored[quote], name) != value for name, value in wanted[at].items())
    ]
    if changed:
        session.execute(update(Quote), changed)
    fresh = [at for at in range(len(clusters)) if at not in heirs]
    added = insert_rows(session, Quote, [wanted[at] for at in fresh])
    ids = {**heirs, **dict(zip(fresh, added, strict=True))}
    return [ids[at] for at in range(len(clusters))]


def _quote(cluster: Cluster, rows: _Stored) -> dict[str, Any]:
    canonical = rows[cluster.canonical]
    dates = [day for member in cluster.members if (day := rows[member.key].published)]
    return {
        "speaker_id": canonical.speaker_id,
        "component": cluster.component,
        "text": canonical.text,
        "first_published": min(dates, default=None),
        "last_published": max(dates, default=None),
    }


def _variants(
    session: Session,
    clusters: Sequence[Cluster],
    rows: _Stored,
    homes: Sequence[int],
    former: set[int],
) -> dict[int, int]:
    """Insert and update the variants of the clusters; return the variant of each rendering."""
    wordings: dict[tuple[int, str], list[int]] = defaultdict(list)
    for cluster, quote in zip(clusters, homes, strict=True):
        for key in sorted(
            (member.key for member in cluster.members),
            key=lambda key: (key != cluster.canonical, rows[key].published or date.max, key),
        ):
            wordings[quote, rows[key].fingerprint or fingerprint(rows[key].text)].append(key)
    stored = {
        (row.quote_id, row.fingerprint): row
        for part in batches(former)
        for row in session.execute(select(Variant.__table__).where(Variant.quote_id.in_(part)))
    }
    texts = {wording: rows[keys[0]].text for wording, keys in wordings.items()}
    changed = [
        {"id": stored[wording].id, "text": text}
        for wording, text in texts.items()
        if wording in stored and stored[wording].text != text
    ]
    if changed:
        session.execute(update(Variant), changed)
    fresh = [wording for wording in wordings if wording not in stored]
    added = insert_rows(
        session,
        Variant,
        [{"quote_id": w[0], "fingerprint": w[1], "text": texts[w]} for w in fresh],
    )
    ids = {wording: row.id for wording, row in stored.items()}
    ids.update(zip(fresh, added, strict=True))
    return {key: ids[wording] for wording, keys in wordings.items() for key in keys}


def _renderings(
    session: Session, clusters: Sequence[Cluster], rows: _Stored, variants: Mapping[int, int]
) -> None:
    changed = []
    for cluster in clusters:
        for member in cluster.members:
            row = rows[member.key]
            now = (variants[member.key], member.relation, member.score)
            if (row.variant_id, row.relation, row.score) != now:
                names = ("id", "variant_id", "relation", "score")
                changed.append(dict(zip(names, (member.key, *now), strict=True)))
    if changed:
        session.execute(update(Rendering), changed)


def _sweep(session: Session, former: set[int], quotes: set[int], variants: set[int]) -> None:
    """Delete the variants and quotes that hold no rendering any more."""
    stale = [
        row.id
        for part in batches(former)
        for row in session.execute(select(Variant.id).where(Variant.quote_id.in_(part)))
        if row.id not in variants
    ]
    for part in batches(stale):
        session.execute(delete(Variant).where(Variant.id.in_(part)))
    for part in batches(former - quotes):
        session.execute(delete(Quote).where(Quote.id.in_(part)))


def fingerprint(text: str) -> str:
    """Return the digest that tells the wordings of a quote apart: equal folds, equal digests."""
    return hashlib.blake2b(fold(text).encode(), digest_size=16).hexdigest()
