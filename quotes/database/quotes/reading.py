"""Reading stored renderings, with all that the normaliser wants to know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, aliased

from quotes.database.engine.bulk import batches
from quotes.database.engine.models import Article, Attribution, Outlet, Rendering, Variant
from quotes.database.quotes.clusters import StoredRow
from quotes.normaliser import model
from quotes.normaliser.canonical import DISTANCE
from quotes.normaliser.thresholds import CONTEXT_GAP

TRANSCRIBED = case((Article.form == "transcript", "transcript"), else_=None)
PROVENANCE = func.coalesce(Article.provenance, Outlet.provenance, TRANSCRIBED)
"""Where the words of an article come from: as it says, else its outlet, else its form."""
FROM_SAID = case(dict(DISTANCE), value=PROVENANCE, else_=0)
"""How far that is from what was said, see ``canonical.DISTANCE``."""


def as_rendering(row: StoredRow) -> model.Rendering:
    """Return a stored rendering as the normaliser knows it."""
    return model.Rendering(
        key=row.key,
        speaker=str(row.speaker),
        text=row.text,
        published=row.published,
        outlet=row.outlet,
        article=row.article,
        start=row.start,
        before=row.before,
        after=row.after,
        confidence=row.confidence,
        provenance=row.provenance,
    )


def rows_of_speakers(session: Session, speakers: Collection[int]) -> Iterator[StoredRow]:
    """Yield all renderings that count to these speakers (ids)."""
    own = aliased(Rendering)
    for part in batches(speakers):
        # By way of their ids, or SQLite would go through the table once for every speaker.
        ids = select(own.id).where(own.speaker_id.in_(part))
        yield from read_rows(session, stored_rows().where(Rendering.id.in_(ids)))


def read_rows(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[StoredRow]:
    """Yield what a query of ``stored_rows`` finds, in order of ids."""
    found = session.execute(query.order_by(Rendering.id))
    return map(StoredRow._make, found)


def stored_rows() -> Select[*tuple[Any, ...]]:
    """Return a query for the fields of ``StoredRow`` of all renderings that count to a speaker."""
    other = aliased(Rendering)
    beside = (
        select(other.text)
        .where(other.article_id == Rendering.article_id)
        .correlate(Rendering)
        .limit(1)
    )
    near = Rendering.start - CONTEXT_GAP
    # By a sum, or SQLite would take the index that sorts by it and go through half the article.
    last = (other.start + 0).desc()
    before = beside.where(other.end.between(near, Rendering.start)).order_by(last)
    near = Rendering.end + CONTEXT_GAP
    after = beside.where(other.start.between(Rendering.end, near)).order_by(other.start)
    return (
        select(
            Rendering.id,
            Rendering.text,
            Rendering.start,
            func.substr(Article.content_hash, 1, 16).concat(Article.address),
            Outlet.slug,
            Article.published,
            Rendering.speaker_id,
            Rendering.variant_id,
            Rendering.relation,
            Rendering.score,
            Variant.quote_id,
            before.scalar_subquery(),
            after.scalar_subquery(),
            Attribution.joint_confidence,
            PROVENANCE,
        )
        .join(Article, Article.id == Rendering.article_id)
        .join(Attribution, Attribution.quotation_id == Rendering.quotation_id)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .outerjoin(Variant, Variant.id == Rendering.variant_id)
        .where(Rendering.speaker_id.is_not(None))
    )
