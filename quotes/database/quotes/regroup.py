"""Clustering anew what stands in quotes already: speakers changed, or words are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import batches
from quotes.database.engine.models import FormerQuote, Quote, Rendering, Variant
from quotes.database.quotes.echoes import forget, settle
from quotes.database.quotes.renderings import StoredRenderings, cluster, forget_keys


def recluster(session: Session, moved: Mapping[int, int | None]) -> None:
    """Cluster anew the renderings of quotations (ids) whose speaker is another one now."""
    query = select(Rendering.id, Rendering.quotation_id)
    rows = [
        row
        for part in batches(moved)
        for row in session.execute(query.where(Rendering.quotation_id.in_(part)))
    ]
    silent = {row.id for row in rows if moved[row.quotation_id] is None}
    regroup(session, {row.id for row in rows}, silent)


@contextmanager
def redated(session: Session, articles: Collection[int]) -> Iterator[None]:
    """Inside, days and outlets of articles may change; their renderings are then clustered anew."""
    query = select(Rendering.id).where(Rendering.speaker_id.is_not(None))
    renderings = [
        key
        for part in batches(articles)
        for key in session.scalars(query.where(Rendering.article_id.in_(part)))
    ]
    forget_keys(session, renderings)  # by the days that the articles had
    near = forget(session, renderings)
    yield
    session.expire_all()
    near |= settle(session, renderings)
    regroup(session, renderings, ())
    cluster(session, [], [], near - {*renderings})


def regroup(session: Session, renderings: Collection[int], silent: Collection[int]) -> None:
    """Cluster renderings anew together with what they were clustered with.

    Those that are ``silent`` belong to no quote any more.
    """
    if not renderings:
        return
    left = {item.key for item in StoredRenderings(session).component(renderings)} - {*renderings}
    forget_keys(session, renderings)
    held: dict[int, int] = {}
    for part in batches(renderings):
        query = select(Rendering.variant_id, Rendering.id).where(Rendering.id.in_(part))
        rows = session.execute(query.where(Rendering.variant_id.is_not(None)))
        held.update((row.variant_id, row.id) for row in rows)
    for part in batches(silent):
        session.execute(
            update(Rendering)
            .where(Rendering.id.in_(part))
            .values(variant_id=None, relation=None, score=None)
        )
    cluster(session, {*renderings} - {*silent}, left, forget(session, silent))
    sweep(session, held)


def before_restating(session: Session, articles: Collection[int]) -> None:
    """Prepare for articles (ids) to get other statements, or lose some.

    What stands beside a statement is in its keys, so that of all in these articles they are
    forgotten; all have to be clustered anew afterwards.
    """
    query = select(Rendering.id).where(Rendering.variant_id.is_not(None))
    for part in batches(articles):
        inside = session.scalars(query.where(Rendering.article_id.in_(part)))
        forget_keys(session, inside.all())


def sweep(session: Session, held: Mapping[int, int]) -> None:
    """Delete those variants that hold no rendering any more, and the quotes that this empties.

    ``held`` maps variants to a rendering that they held: it is noted of a quote that goes.
    """
    for part in batches(held):
        empty = select(Variant.id).where(
            Variant.id.in_(part),
            ~select(Rendering.id).where(Rendering.variant_id == Variant.id).exists(),
        )
        gone = session.execute(select(Variant.id, Variant.quote_id).where(Variant.id.in_(empty)))
        for row in gone.all():
            session.execute(delete(Variant).where(Variant.id == row.id))
            emptied = delete(Quote).where(
                Quote.id == row.quote_id,
                ~select(Variant.id).where(Variant.quote_id == row.quote_id).exists(),
            )
            if session.scalar(emptied.returning(Quote.id)) is not None:
                session.add(FormerQuote(quote_id=row.quote_id, rendering_id=held[row.id]))
        session.flush()
